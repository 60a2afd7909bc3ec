"""Whether a pattern fits somewhere in a text. The work for one place has a bound of its own."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from bot.wording.languages import NO_NAMES
from bot.wording.patterns import WIDEST_GAP, WIDEST_LEAP, Pattern, Step
from bot.wording.words import HIDDEN, Words

Found = tuple[int, int, int, int]
"""The first and last word of what is found, and of everything that was looked at for it."""

Taken = list[tuple[int, int]]
"""Steps, and the places of their words."""
FEW = 5
"""Places that are sooner looked at than chosen from."""


def possible(pattern: Pattern, present: frozenset[str]) -> bool:
    """Whether a text with some words, wherever they are, has those that a pattern needs."""
    for needed in pattern.needed:  # noqa: SIM110 (asked of very many patterns)
        if needed.words.isdisjoint(present):
            return False
    return True


def places(pattern: Pattern, words: Words, word: str) -> Sequence[int]:
    """Where a word of the anchor is, as far as the rarest of what the pattern needs is near."""
    there = words.index.get(word, ())
    if len(there) < FEW:
        return there
    rarest, near = len(there), None
    for needed in pattern.needed:
        if len(where := words.places(needed.words)) < rarest:
            rarest, near = len(where), (needed, where)
    if near is None:
        return there
    needed, where = near
    found: set[int] = set()
    for at in where:
        first = bisect_left(there, at - needed.furthest)
        found.update(there[first : bisect_right(there, at - needed.nearest, first)])
    return sorted(found)


def around(pattern: Pattern, words: Words, first: int, last: int) -> bool:
    """Whether a pattern fits around what was found, from its first word to its last."""
    anchor = pattern.steps[pattern.anchor]
    if anchor.marks and not words.stands(anchor.marks, first, last):
        return False
    for needed in pattern.needed:
        place = first if needed.furthest < 0 else last
        if not words.has(needed.words, place + needed.nearest, place + needed.furthest):
            return False
    before = _walk(pattern, words, first, -1)
    return before is not None and _walk(pattern, words, last, 1) is not None


def match(pattern: Pattern, words: Words, place: int) -> Found | None:
    """Whether a pattern fits with its anchor at a place, and where."""
    for needed in pattern.needed:
        if not words.has(needed.words, place + needed.nearest, place + needed.furthest):
            return None
    if not _fits(pattern.steps[pattern.anchor], words, place):
        return None
    first = last = begin = end = place
    # The first or last step of what is found may be a word that is missing
    if pattern.anchor > 0:
        if (before := _walk(pattern, words, place, -1)) is None:
            return None
        first = min((at for step, at in before if step >= pattern.first), default=place)
        begin = before[-1][1] if before else place
    if pattern.anchor < len(pattern.steps) - 1:
        if (after := _walk(pattern, words, place, 1)) is None:
            return None
        last = max((at for step, at in after if step <= pattern.last), default=place)
        end = after[-1][1] if after else place
    return first, last, begin, end


def _walk(pattern: Pattern, words: Words, place: int, way: int) -> Taken | None:
    """Steps and their places, from the anchor to one end; None where the pattern does not fit."""
    steps, count = pattern.steps, len(words.folded)
    number, at, sentence = pattern.anchor + way, place + way, words.sentences[place]
    straight: Taken = []
    while 0 <= number < len(steps) and not (step := steps[number]).loose:
        if not (0 <= at < count and words.sentences[at] == sentence and _fits(step, words, at)):
            return None
        straight.append((number, at))
        number, at = number + way, at + way
    if not 0 <= number < len(steps):
        return straight
    branched = _branch(steps, words, number, at, sentence, way, set())
    return None if branched is None else straight + branched


def _branch(
    steps: Sequence[Step],
    words: Words,
    number: int,
    at: int,
    sentence: int | None,
    way: int,
    seen: set[tuple[int, int, int | None]],
) -> Taken | None:
    """The same from a step on, with its word at a place of a sentence, or of any: a step may be
    missing or stand for several words, and the nearest that fits is taken.
    """
    if not 0 <= number < len(steps):
        return []
    step = steps[number]
    if step.loose:
        if (number, at, sentence) in seen:
            return None
        seen.add((number, at, sentence))
        if not step.optional:
            where = sentence if step.gap else None
            for after in _reached(steps[number + way], words, at, way, step):
                more = _branch(steps, words, number + way, after, where, way, seen)
                if more is not None:
                    return more
            return None
    if 0 <= at < len(words.folded) and _fits(step, words, at):
        there = words.sentences[at]
        if sentence is None or sentence == there:
            more = _branch(steps, words, number + way, at + way, there, way, seen)
            if more is not None:
                return [(number, at), *more]
    return _branch(steps, words, number + way, at, sentence, way, seen) if step.optional else None


def _reached(following: Step, words: Words, at: int, way: int, gap: Step) -> Iterator[int]:
    """Where the step after a gap may be, the nearest first."""
    widest = WIDEST_GAP if gap.gap else WIDEST_LEAP
    if following.optional or not following.sought:
        yield from range(at, at + way * (widest + 1), way)
        return
    where = words.places(following.sought)
    number = bisect_left(where, at) if way > 0 else bisect_right(where, at) - 1
    while 0 <= number < len(where) and abs(where[number] - at) <= widest:
        yield where[number]
        number += way


def _fits(step: Step, words: Words, place: int) -> bool:
    return _is(step, words, place) and (not step.marks or words.stands(step.marks, place, place))


def _is(step: Step, words: Words, place: int) -> bool:
    word = words.folded[place]
    if word in step.words or (step.endings and word.endswith(step.endings)):
        return True
    for look in step.looks:
        match look:
            case "any" if word != HIDDEN:
                return True
            case "Name" if word not in NO_NAMES and words.capital(place):
                return True
            case "number" if word.isdecimal():
                return True
    return False
