"""What an admin uploads to a platform: `ally slack manifest` and `ally teams package`."""

import json
import os
from pathlib import Path

import click

from adapters.cli.ending import fail
from adapters.cli.loading import load_knowledge


@click.group()
def slack() -> None:
    """What a Slack admin needs."""


@slack.command()
@click.option("--url", help="The https address of the server; by default ALLY_PUBLIC_URL.")
@click.option("--socket", is_flag=True, help="For Socket Mode: no public address.")
@click.option("--mentions/--no-mentions", default=True, help="Answer @mentions in channels.")
@click.option("--direct/--no-direct", default=True, help="Answer direct messages.")
@click.option("--nudges/--no-nudges", help="Make wording nudges possible; by default not.")
def manifest(url: str | None, socket: bool, mentions: bool, direct: bool, nudges: bool) -> None:
    """Print the app manifest to create the Slack app from."""
    from adapters.slack.manifest import manifest as make

    address = (url or os.environ.get("ALLY_PUBLIC_URL", "")).rstrip("/")
    if not socket and not address.startswith("https://"):
        raise click.UsageError(
            "where will the server be? give --url https://…, set ALLY_PUBLIC_URL, or use --socket"
        )
    made = make("" if socket else address, mentions=mentions, direct=direct, nudges=nudges)
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))


@click.group()
def teams() -> None:
    """What a Teams admin needs."""


@teams.command()
@click.option(
    "--url",
    envvar="ALLY_PUBLIC_URL",
    default="",
    help="The https address of the server; by default ALLY_PUBLIC_URL.",
)
@click.option(
    "--app-id",
    envvar="TEAMS_APP_ID",
    default="",
    help="The Microsoft App ID of the Azure Bot; by default TEAMS_APP_ID.",
)
@click.option(
    "--targeted/--no-targeted",
    envvar="TEAMS_TARGETED",
    help="Private answers in channels, and slash commands; by default TEAMS_TARGETED.",
)
@click.option(
    "--nudges/--no-nudges",
    help="Make wording nudges possible: asks teams to let it read their channels. Default: no.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default="ally-nudge-teams.zip",
    show_default=True,
    help="The file to write.",
)
def package(url: str, app_id: str, targeted: bool, nudges: bool, out: Path) -> None:
    """Write the app package to upload to Teams."""
    from importlib.metadata import version

    from adapters.teams.manifest import MESSAGES_PATH
    from adapters.teams.package import package as make
    from adapters.teams.package import problems

    address, bot = url.strip().rstrip("/"), app_id.strip().lower()
    if wrong := problems(address, bot):
        fail(2, "The package cannot be made yet:", wrong)
    content = load_knowledge()
    made = make(address, bot, version("ally-nudge"), content, targeted=targeted, nudges=nudges)
    try:
        out.write_bytes(made)
    except OSError as error:
        fail(2, f"{out} cannot be written:", [f"{error.strerror or error}; choose another --out"])
    click.echo(
        f"{out} is written. Next:\n"
        f"  1. Azure Bot, Configuration: set the messaging endpoint to {address}{MESSAGES_PATH}, "
        "and add the Microsoft Teams channel.\n"
        "  2. Teams admin center, Teams apps, Manage apps: upload the file. To try it yourself "
        "first: Teams, Apps, Manage your apps, Upload an app."
    )
