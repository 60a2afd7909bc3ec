"""What is remembered for the person, channel and workspace of a request: a frozen snapshot."""

from dataclasses import dataclass

from bot.messages import Language


@dataclass(frozen=True, slots=True)
class Memory:
    """Settings that hold for this request; None where nobody set them."""

    language: Language | None = None
    """The person's own setting."""
    workspace_language: Language | None = None


NOTHING = Memory()
