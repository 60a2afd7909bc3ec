"""What people see of what the bot sent them, whether it is a line or a card."""

from collections.abc import Mapping
from typing import Any

from tests.adapters.teams.fake_teams import Call
from tests.adapters.teams.judging import buttons, words

FRENCH = (
    "aide", "confidentialité", "conseil", "définir", "dire", "glossaire", "liste", "table ronde",
    "vérifier",
)  # fmt: skip


def seen(call: Call) -> str:
    """All that a person reads of a message, without its buttons."""
    return call.text or words(call.card)


def is_french(card: Mapping[str, Any]) -> bool:
    """Whether the buttons say French commands; all of them have to be of one language."""
    commands = list(buttons(card))
    french = [command for command in commands if command.startswith(FRENCH)]
    assert commands
    assert french in ([], commands)
    return bool(french)


def texts(value: Any) -> list[str]:
    """Every text in a card or message, however deep; names of properties are none."""
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []
