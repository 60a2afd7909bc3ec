"""How a command ends that cannot do what it was asked to: with a status, and why in words."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click


def fail(status: int, what: str, problems: list[str]) -> NoReturn:
    """Says what is wrong, and ends."""
    click.echo("\n".join([what, *(f"  {problem}" for problem in problems)]), err=True)
    sys.exit(status)


@contextmanager
def said_why() -> Iterator[None]:
    """What stops a server, a worker or a look at the database is said, and chooses the status."""
    from adapters.delivery.runner import AnotherDelivererError
    from adapters.settings import SettingsError
    from adapters.store.engine import StoreError
    from bot.knowledge import KnowledgeError

    try:
        yield
    except SettingsError as error:
        fail(2, "The settings need a change:", error.problems)
    except StoreError as error:
        fail(2, "The database cannot be used:", [str(error)])
    except KnowledgeError as error:
        fail(1, "The content cannot be used:", list(map(str, error.problems)))
    except AnotherDelivererError as error:
        fail(1, "Nothing was delivered:", [str(error)])
