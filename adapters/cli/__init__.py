"""The `ally` program. Thin: it reads arguments, calls, prints, and chooses the exit status.

0 done; 1 found something wrong and said so; 2 wrong usage or settings. What is heavy is imported
by the command that needs it.
"""

import click

from adapters.cli import asking, editing, platforms, running, wording


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ally-nudge")
def main() -> None:
    """Ally Nudge: a hand in the moment to be an ally to the women you work with."""


for command in (
    asking.chat,
    asking.ask,
    asking.say,
    asking.when,
    wording.wording,
    running.migrate,
    running.serve,
    running.work,
    running.deliver,
    editing.knowledge,
    platforms.slack,
    platforms.teams,
):
    main.add_command(command)
