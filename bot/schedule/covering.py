"""How the pieces of a phrase cover its words: every word belongs to one, none is left over."""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple

from bot.schedule.days import DAYS
from bot.schedule.grammar import Grammar, Reading, compiled
from bot.schedule.hours import HOURS
from bot.schedule.pieces import (
    Clock,
    Days,
    Filler,
    PartOfDay,
    Piece,
    Relative,
    Repeats,
    Wrong,
    Zone,
)
from bot.schedule.repeats import REPEATS
from bot.schedule.tokens import Token

_MOST_COVERS = 60
_MOST_STEPS = 2000
"""Enough for any phrase; only nonsense has more ways to be read."""
_DAY = (Days, Repeats, Relative)


def _same(piece: Piece) -> Piece:
    return piece


_PIECES: Grammar = {
    "zone_piece": (
        ("zone", lambda name: Zone(name, shy=True)),
        ("zone TIME", Zone),
        ("IN zone TIME?", Zone),
        ("at zone", lambda at, name: Zone(name) if at == "fr" else None),
        ("HEURE_DE zone", Zone),
        ("OPEN zone CLOSE", Zone),
        ("OPEN zone TIME CLOSE", Zone),
        ("OPEN HEURE_DE zone CLOSE", Zone),
        ("IN stranger", lambda _: Wrong("zone")),
        ("IN stranger stranger", lambda *_: Wrong("zone")),
        ("IN? stranger TIME", lambda _: Wrong("zone")),
        ("IN? stranger stranger TIME", lambda *_: Wrong("zone")),
        ("OPEN stranger CLOSE", lambda _: Wrong("zone")),
        ("HEURE_DE stranger", lambda _: Wrong("zone")),
        ("HEURE_DE LE? stranger stranger", lambda *_: Wrong("zone")),
    ),
    "filler": (
        ("FILLER", Filler),
        ("COMMA", Filler),
        ("WHOSE", Filler),
        ("AND", lambda: Wrong("several")),
        ("OR", lambda: Wrong("several")),
    ),
    "piece": tuple(
        (name, _same)
        for name in (
            "repeats last_day week_days date nth after past_day relative_day week start "
            "clock part_of_day zone_piece limits filler"
        ).split()
    ),
}
GRAMMAR = compiled(HOURS, DAYS, REPEATS, _PIECES)


class Placed(NamedTuple):
    """A piece and the places where its words begin and end."""

    piece: Piece
    start: int
    end: int


Cover = tuple[Placed, ...]


class Covering:
    """All ways to cover a stretch of some tokens with pieces."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._reading = Reading(GRAMMAR, tokens)
        self._reached: list[set[int]] = [{place} for place in range(len(tokens) + 1)]
        for place in reversed(range(len(tokens))):
            for _, end in self.pieces(place):
                self._reached[place] |= self._reached[end]

    def covers(self, start: int, end: int) -> list[Cover]:
        """The covers of a stretch, those of the fewest pieces first."""
        steps = count()
        return sorted(islice(self._covers(start, end, None, steps), _MOST_COVERS), key=_weight)

    def furthest(self, start: int) -> int:
        """How far pieces reach from a place on, whatever comes after them."""
        return max(self._reached[start])

    def pieces(self, place: int) -> list[tuple[Piece, int]]:
        """The pieces that begin at a place."""
        return self._reading.find("piece", place)

    def months(self, place: int) -> list[int]:
        """The places after the names of months that begin at a place."""
        return [end for _, end in self._reading.find("month", place)]

    def _covers(
        self, start: int, end: int, before: Piece | None, steps: Iterator[int]
    ) -> Iterator[Cover]:
        if next(steps) > _MOST_STEPS:
            return
        if start == end:
            yield ()
            return
        for piece, last in self.pieces(start):
            if last <= end and end in self._reached[last] and _fits(before, piece):
                for rest in self._covers(last, end, piece, steps):
                    yield (Placed(piece, start, last), *rest)


def _fits(before: Piece | None, piece: Piece) -> bool:
    """A number by itself is an hour only after a day; the bare name of a zone comes after all."""
    if isinstance(piece, Clock) and piece.bare:
        return isinstance(before, _DAY)
    if isinstance(piece, Zone) and piece.shy:
        return isinstance(before, Clock | PartOfDay | Filler | Repeats)
    return True


def _weight(cover: Cover) -> tuple[int, int]:
    pieces = [placed.piece for placed in cover if not isinstance(placed.piece, Filler)]
    return len(pieces), sum(isinstance(piece, Wrong) for piece in pieces)
