"""The content that a command works with: what ships, and an organization's own on top of it."""

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.cli.ending import fail

if TYPE_CHECKING:
    from bot.knowledge import Knowledge


def overlay() -> Path | None:
    """The folder of an organization's own content, where one is named."""
    folder = os.environ.get("ALLY_KNOWLEDGE")
    if folder and not Path(folder).is_dir():
        fail(2, "A setting cannot be used:", [f"ALLY_KNOWLEDGE: {folder} is not a folder"])
    return Path(folder) if folder else None


def load_knowledge(broken: int = 1) -> "Knowledge":
    """The content; with an organization's own where ALLY_KNOWLEDGE names it.

    `broken` is how the command ends where it cannot be used.
    """
    from adapters.content import load_for_once
    from bot.knowledge import KnowledgeError

    gc.disable()  # what is loaded stays: looking for garbage in it takes a third of the time
    try:
        return load_for_once(overlay(), _own_folder() / "cache")
    except KnowledgeError as error:
        fail(broken, "The content cannot be used:", list(map(str, error.problems)))
    finally:
        gc.freeze()
        gc.enable()


def _own_folder() -> Path:
    """Where this program keeps its own files for this user."""
    return Path(click.get_app_dir("ally-nudge", force_posix=True))
