"""Patterns in groups, by a word that a text has to have: almost all are passed over together."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.wording.patterns import Pattern

T = TypeVar("T")
Grouped = Sequence[tuple[frozenset[str] | None, Sequence[T]]]
"""Things, by words of which a text has to have one for any of them; None where it needs none."""


def grouped(things: Iterable[tuple[Pattern, T]]) -> Grouped[T]:
    """By the rarest of what the pattern of each needs."""
    groups: dict[frozenset[str] | None, list[T]] = {}
    for pattern, thing in things:
        needed = pattern.needed[0].words if pattern.needed else None
        groups.setdefault(needed, []).append(thing)
    return tuple((words, tuple(group)) for words, group in groups.items())
