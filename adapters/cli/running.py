"""The server and what is beside it: `ally serve`, `work`, `deliver` and `migrate`."""

import sys
from typing import TYPE_CHECKING

import click

from adapters.cli.ending import fail, said_why

if TYPE_CHECKING:
    from adapters.settings import Settings


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    from adapters.delivery.preparing import migrate as bring_up_to_date
    from adapters.settings import read_settings
    from adapters.store.engine import connect

    with said_why():
        bring_up_to_date(connect(read_settings().database))
    click.echo("The database is up to date.")


@click.command()
@click.option("--deliver/--no-deliver", default=True, help="Whether to send what is due as well.")
def serve(deliver: bool) -> None:
    """Run the server for the chat platforms that are configured."""
    import asyncio

    from adapters import app
    from adapters.content import Content

    with said_why():
        settings = _configured()
        try:
            asyncio.run(app.serve(settings, Content(settings.ally_knowledge), deliver=deliver))
        except OSError as error:
            why = f"{error.strerror or error}; check HOST and PORT"
            fail(2, "The server cannot start:", [why])


@click.command()
def work() -> None:
    """Send what is due beside any number of others, on PostgreSQL, without a server."""
    import asyncio

    from adapters import app
    from adapters.content import Content

    with said_why():
        settings = _configured()
        asyncio.run(app.work(settings, Content(settings.ally_knowledge)))


@click.command()
@click.option("--now", help="The instant that it is, with its offset; by default the present one.")
def deliver(now: str | None) -> None:
    """Send what is due, once: where cron looks after the time, and for tests."""
    import asyncio
    from datetime import datetime

    from adapters import app
    from adapters.content import Content

    try:
        at = datetime.fromisoformat(now) if now else None
        if at and at.tzinfo is None:
            raise ValueError
    except ValueError:
        raise click.UsageError("--now is an instant such as 2026-03-09T12:00:00Z") from None
    with said_why():
        settings = _configured()
        asyncio.run(app.deliver_once(settings, Content(settings.ally_knowledge), at))


def _configured() -> "Settings":
    """The settings; where no platform is among them, it says how to begin, and ends."""
    from adapters import logs
    from adapters.app import NOT_CONNECTED
    from adapters.settings import read_settings

    settings = read_settings()
    if not (settings.slack or settings.teams):
        click.echo(NOT_CONNECTED, err=True)
        sys.exit(2)
    logs.configure(settings.ally_log_level)
    return settings
