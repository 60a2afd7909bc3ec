"""A small engine for grammars: patterns over words, each with a function that builds a value.

A pattern is a line of symbols. `UPPER` marks something and is dropped; `lower` has a value that is
handed to the function; a trailing `?` makes a symbol optional, with None in its place. A symbol is
the kind of a word, or the name of other patterns. What is found at a place is kept, so that the
work stays bounded however often it is asked for.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.schedule import zones
from bot.schedule.tokens import Token
from bot.schedule.vocabulary import lexicon, longest

Rule = tuple[str, Callable[..., Any]]
Grammar = Mapping[str, Sequence[Rule]]

TERMINALS = ("digits", "zone", "stranger")
"""Symbols that are no kind of word: a short number, a zone, a word that is not known."""
_LONGEST_NUMBER = 4
_LONGEST_ZONE = 7


@dataclass(frozen=True, slots=True)
class _Symbol:
    name: str
    optional: bool
    valued: bool


Compiled = Mapping[str, tuple[tuple[tuple[_Symbol, ...], Callable[..., Any]], ...]]


def compiled(*grammars: Grammar) -> Compiled:
    """Grammars made ready for reading."""
    return {
        name: tuple((_symbols(pattern), build) for pattern, build in rules)
        for grammar in grammars
        for name, rules in grammar.items()
    }


def _symbols(pattern: str) -> tuple[_Symbol, ...]:
    return tuple(
        _Symbol(word.rstrip("?"), word.endswith("?"), word[0].islower()) for word in pattern.split()
    )


class Reading:
    """Some tokens, and what has been found at each place of them."""

    def __init__(self, grammar: Compiled, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._grammar = grammar
        self._found: dict[tuple[str, int], list[tuple[Any, int]]] = {}
        self._words: dict[int, list[tuple[str, str, int]]] = {}

    def find(self, name: str, place: int) -> list[tuple[Any, int]]:
        """Every value of a symbol at a place, with the place after it; the longest first."""
        key = (name, place)
        if key not in self._found:
            found: list[tuple[Any, int]] = []
            self._found[key] = found
            rules = self._grammar.get(name)
            if rules is None:
                found.extend(self._terminal(name, place))
            else:
                seen = set()
                for symbols, build in rules:
                    for values, end in self._match(symbols, place):
                        value = build(*values)
                        if value is not None and (value, end) not in seen:
                            seen.add((value, end))
                            found.append((value, end))
                found.sort(key=lambda one: -one[1])
        return self._found[key]

    def _match(self, symbols: tuple[_Symbol, ...], place: int) -> Iterator[tuple[list[Any], int]]:
        if not symbols:
            yield [], place
            return
        symbol, rest = symbols[0], symbols[1:]
        for value, end in self.find(symbol.name, place):
            for values, last in self._match(rest, end):
                yield ([value, *values] if symbol.valued else values), last
        if symbol.optional:
            for values, last in self._match(rest, place):
                yield ([None, *values] if symbol.valued else values), last

    def _terminal(self, kind: str, place: int) -> Iterator[tuple[str, int]]:
        if kind == "digits":
            if place < len(self._tokens):
                text = self._tokens[place].text
                if text.isdecimal() and len(text) <= _LONGEST_NUMBER:
                    yield text, place + 1
        elif kind == "zone":
            yield from self._zones(place)
        elif kind == "stranger":
            if place < len(self._tokens) and self._tokens[place].word and not self._lexemes(place):
                yield self._tokens[place].text, place + 1
        else:
            yield from ((value, end) for found, value, end in self._lexemes(place) if found == kind)

    def _lexemes(self, place: int) -> list[tuple[str, str, int]]:
        """What the words from a place on may stand for."""
        if place not in self._words:
            self._words[place] = [
                (lexeme.kind, lexeme.value, end)
                for phrase, end in self._phrases(place, longest())
                for lexeme in lexicon().get(phrase, ())
            ]
        return self._words[place]

    def _zones(self, place: int) -> Iterator[tuple[str, int]]:
        """Official names, cities, regions; "et" and "he" only in capitals or after "am"."""
        for end in range(place + 1, min(place + _LONGEST_ZONE, len(self._tokens)) + 1):
            if self._tokens[end - 1].end - self._tokens[place].start > sum(
                token.end - token.start for token in self._tokens[place:end]
            ):
                break  # an official name has no gap in it
            spelled = "".join(token.text for token in self._tokens[place:end])
            if spelled in zones.official():
                yield zones.official()[spelled], end
        for phrase, end in self._phrases(place, _LONGEST_ZONE):
            if phrase in zones.names():
                short = len(phrase) == 1 and len(phrase[0]) == 2
                if not short or self._tokens[place].capitals or self._after_meridiem(place):
                    yield zones.names()[phrase], end

    def _after_meridiem(self, place: int) -> bool:
        return place > 0 and any(
            end == place
            for start in range(max(0, place - 2), place)
            for _, end in self.find("meridiem", start)
        )

    def _phrases(self, place: int, most: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """The first one, two, three … words from a place on; a hyphen between two is no word."""
        phrase: list[str] = []
        for end in range(place, min(len(self._tokens), place + 2 * most)):
            text = self._tokens[end].text
            if phrase and text == "-":
                continue
            phrase.append(text)
            yield tuple(phrase), end + 1
            if len(phrase) == most:
                return
