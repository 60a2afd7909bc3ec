"""What patterns lead to, by the words that it is sought by; almost all is passed over together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.wording.fitting import possible
from bot.wording.patterns import Pattern


class Sought(Protocol):
    """Something that a pattern leads to."""

    @property
    def pattern(self) -> Pattern:
        """Where it is."""


T = TypeVar("T", bound=Sought)
Grouped = Sequence[tuple[frozenset[str] | None, Sequence[T]]]
"""Things, by words of which a text has to have one for any of them; None where it needs none."""
ByWord = Mapping[str, Grouped[T]]
"""By each word that their patterns may be anchored at."""


def by_word(things: Iterable[T]) -> ByWord[T]:
    """Things, ready to be sought in any text."""
    found: dict[str, list[T]] = {}
    for thing in things:
        for word in thing.pattern.steps[thing.pattern.anchor].words:
            found.setdefault(word, []).append(thing)
    groups: dict[tuple[int, ...], Grouped[T]] = {}
    ready: dict[str, Grouped[T]] = {}
    for word, own in found.items():  # the words of a class lead to the same ones
        same = tuple(map(id, own))
        if same not in groups:
            groups[same] = _grouped(own)
        ready[word] = groups[same]
    return ready


def sought(things: ByWord[T], present: frozenset[str]) -> list[tuple[str, T]]:
    """Those that a text with some words may have, each with the word that leads to it."""
    return [
        (word, thing)
        for word in present & things.keys()
        for needed, own in things[word]
        if needed is None or not needed.isdisjoint(present)
        for thing in own
        if possible(thing.pattern, present)
    ]


def _grouped(things: Iterable[T]) -> Grouped[T]:
    """By the rarest of what the pattern of each needs."""
    groups: dict[frozenset[str] | None, list[T]] = {}
    for thing in things:
        needed = thing.pattern.needed
        groups.setdefault(needed[0].words if needed else None, []).append(thing)
    return tuple((words, tuple(group)) for words, group in groups.items())
