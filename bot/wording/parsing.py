"""Patterns from their text. Thousands of them have the same steps, and share them."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from typing import TypeVar

from bot.wording.languages import SMALL_WORDS
from bot.wording.patterns import WIDEST_GAP, WIDEST_LEAP, Classes, Needed, Pattern, Step
from bot.wording.words import NAME, NAMED, NUMBER, small, without_accents

T = TypeVar("T", bound=Hashable)
MARKS = frozenset("^<,+!>")
_INDEXED = {"Name": NAME, "number": NUMBER}
_EVERYWHERE = SMALL_WORDS | {NAME, NAMED, NUMBER}
_PARTS = re.compile(r"\[|\]|\.{2,3}|[^\s\[\]]+?(?=\[|\]|\s|$|\.\.)")
_MARKS_OUTSIDE = re.compile(r"(?<!\S)([\^<,+!]+)\[")
"""Marks may stand before a bracket as well as behind it."""


class PatternError(ValueError):
    """A pattern that cannot be read."""


class Parser:
    """Reads patterns in which some classes of words are named."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes
        self._steps_of: dict[str, tuple[tuple[Step, ...], tuple[int, int]]] = {}
        self._patterns: dict[tuple[str, int], Pattern] = {}
        self._parts: dict[str, tuple[Step, ...]] = {}
        self._made: dict[Hashable, Hashable] = {}

    def pattern(self, text: str) -> Pattern:
        """Raises PatternError with what is wrong.

        What is sought first is a word of what is found; small words are the last choice, for
        almost every text has them.
        """
        steps, found = self._taken_apart(text)
        return self._anchored(text, _anchor(text, steps, found))

    def around(self, text: str, words: frozenset[str]) -> tuple[Pattern, ...]:
        """A pattern around some words: once for every step that may be one of them."""
        steps, _ = self._taken_apart(text)
        return tuple(
            self._anchored(text, place)
            for place, step in enumerate(steps)
            if step.certain and not step.words.isdisjoint(words)
        )

    def _same(self, thing: T) -> T:
        """What is equal to it and was made before."""
        return self._made.setdefault(thing, thing)  # type: ignore[return-value]

    def _shared(self, words: Iterable[str]) -> frozenset[str]:
        """A set is copied from another: one that grew takes up to four times the room."""
        return self._same(frozenset(set(map(self._same, words))))

    def _taken_apart(self, pattern: str) -> tuple[tuple[Step, ...], tuple[int, int]]:
        """The steps, and the first and the last of them that are what is found."""
        if pattern not in self._steps_of:
            self._steps_of[pattern] = self._read(pattern)
        return self._steps_of[pattern]

    def _read(self, pattern: str) -> tuple[tuple[Step, ...], tuple[int, int]]:
        steps: list[Step] = []
        first = last = None
        marked = _MARKS_OUTSIDE.sub(r"[\1", pattern).replace("]>", ">]")
        for part in _PARTS.findall(marked):
            if part == "[":
                if first is not None:
                    raise PatternError(f"{pattern!r} has two [")
                first = len(steps)
            elif part == "]":
                if first is None or last is not None:
                    raise PatternError(f"{pattern!r} has a ] without a [")
                last = len(steps) - 1
            else:
                if part not in self._parts:
                    self._parts[part] = tuple(self._steps(part, pattern))
                steps += self._parts[part]
        if (first is None) != (last is None) or not steps:
            raise PatternError(f"{pattern!r} has a [ without a ]")
        if {steps[0].gap, steps[0].leap, steps[-1].gap, steps[-1].leap} != {False}:
            raise PatternError(f"{pattern!r} begins or ends with ..")
        found = (0, len(steps) - 1) if first is None or last is None else (first, last)
        if found[1] < found[0]:
            raise PatternError(f"{pattern!r} has nothing between [ and ]")
        return tuple(steps), found

    def _anchored(self, text: str, anchor: int) -> Pattern:
        if (text, anchor) not in self._patterns:
            steps, found = self._taken_apart(text)
            needed = sorted(_needed(steps, anchor), key=_chance)
            same = self._same(tuple(map(self._same, needed)))
            self._patterns[text, anchor] = Pattern(steps, *found, anchor, same)
        return self._patterns[text, anchor]

    def _steps(self, part: str, pattern: str) -> Iterator[Step]:
        if part in ("..", "..."):
            yield Step(gap=part == "..", leap=part == "...", loose=True)
            return
        optional = part.endswith("?") and len(part) > 1
        bare = (part[:-1] if optional else part).lstrip("^<,+!").removesuffix(">")
        marks = self._same(frozenset(part) & MARKS)
        if bare == "{it}":
            yield Step(marks=marks, it=True)
            return
        words: set[str] = set()
        looks: set[str] = set()
        endings: set[str] = set()
        choices = bare.split("|")
        for choice in choices:
            name = choice.strip("{}")
            if choice == "*":
                looks.add("any")
            elif choice.startswith("*"):
                endings.add(choice[1:])
            elif choice in ("{Name}", "{number}"):
                looks.add(name)
            elif choice.startswith("{"):
                if name not in self._classes:
                    raise PatternError(f"{pattern!r} names {choice}, which is no class")
                words |= {one for word in self._classes[name] for one in spellings(word)}
            else:
                spelled = [spellings(word) for word in re.findall(r"\w+", choice)]
                if len(choices) == 1 and spelled:
                    for one in spelled:
                        yield self._step(one, set(), set(), optional, marks)
                    return
                if len(spelled) != 1 or not MARKS.isdisjoint(choice):
                    raise PatternError(f"{pattern!r}: {choice!r} is not one word")
                words |= spelled[0]
        yield self._step(words, looks, endings, optional, marks)

    def _step(
        self,
        words: Set[str],
        looks: Set[str],
        endings: Set[str],
        optional: bool,
        marks: frozenset[str],
    ) -> Step:
        sought = words | {_INDEXED[look] for look in looks - {"any"}}
        if endings or "any" in looks:
            sought = {NAMED} if "^" in marks else set()
        return Step(
            words=self._shared(words),
            looks=self._shared(looks),
            optional=optional,
            marks=marks,
            endings=tuple(sorted(endings)),
            sought=self._shared(sought),
            loose=optional,
        )


def spellings(word: str) -> frozenset[str]:
    """How a word may be typed: with its accents or with none."""
    typed = small(word)
    typed = word if typed == word else typed  # thousands of them; the entries have them already
    return frozenset({typed, without_accents(typed)})


def _anchor(pattern: str, steps: Sequence[Step], found: tuple[int, int]) -> int:
    if its := [place for place, step in enumerate(steps) if step.it]:
        return its[0]
    sought = [place for place in range(found[0], found[1] + 1) if steps[place].certain]
    if not sought:
        raise PatternError(f"{pattern!r} has no word that it could be found by")
    return min(sought, key=lambda place: not steps[place].words.isdisjoint(SMALL_WORDS))


def _needed(steps: Sequence[Step], anchor: int) -> Iterator[Needed]:
    """What has to be around a place where the anchor is."""
    for way in (-1, 1):
        nearest = furthest = 1
        place = anchor + way
        while 0 <= place < len(steps):
            step = steps[place]
            if step.sought and not step.optional:
                first, last = sorted((way * nearest, way * furthest))
                yield Needed(step.sought, first, last)
            nearest += not step.loose
            furthest += WIDEST_GAP if step.gap else WIDEST_LEAP if step.leap else 1
            place += way


def _chance(needed: Needed) -> tuple[bool, int]:
    """How probable it is that a text has it, roughly."""
    return not needed.words.isdisjoint(_EVERYWHERE), len(needed.words)
