"""Reading YAML without its surprises, and finding the line of a mistake.

Plain YAML keeps the last of two equal keys, reads `no` as a truth value and `2026-03-08` as a
date. Here the first is refused, and so is everything that would not arrive as it was written.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML's nodes, with every scalar taken as text: what it means is decided here."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node; nothing here depends on it, and working it out takes half the time."""
        return "tag:yaml.org,2002:str"


_SURPRISE = re.compile(
    r"(?P<truth>y|n|yes|no|on|off)"
    r"|(?P<nothing>~|null|)"
    r"|(?P<date>\d{4}-\d{1,2}-\d{1,2}.*)"
    r"|(?P<number>[-+]?[\d_]+(\.\d*)?(e[-+]?\d+)?|[-+]?\.\d+|0[xo][\da-f]+|\d+(:\d\d)+|\.inf|\.nan)",
    re.IGNORECASE,
)
_ADVICE = {
    "truth": "put {word} in quotes, or write true or false",
    "nothing": "the value is missing; write it or remove the line",
    "date": 'put the date in quotes: "{word}"',
    "number": 'put the number in quotes: "{word}"',
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with how a file is written."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain values, with its text, so that a mistake can be placed."""

    value: Any
    text: str
    mistakes: tuple[Mistake, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read in it, or it cannot be read."""
        return not self.text

    def line(self, path: tuple[int | str, ...] = ()) -> int:
        """The line of the value at this path, or of the nearest value around it."""
        node = _composed(self.text) if self.text else None
        line = _line(node) if node else 1
        for step in path:
            match node:
                case yaml.SequenceNode(value=items) if isinstance(step, int) and step < len(items):
                    node = items[step]
                    line = _line(node)
                case yaml.MappingNode(value=pairs):
                    found = [(key, item) for key, item in pairs if key.value == step]
                    if not found:
                        return line
                    key, node = found[0]
                    line = _line(key)
                case _:
                    return line
        return line


def read(text: str) -> Document:
    """A YAML text as plain values: strings, true and false, lists and mappings."""
    mistakes: list[Mistake] = []
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "this is not YAML"
        return Document(
            None, "", (Mistake(mark.line + 1 if mark else 1, f"cannot read it: {what}"),)
        )
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        return Document(None, "", (Mistake(1, f"cannot read it: {what}"),))
    if node is None:
        return Document([], "", ())
    value = _value(node, mistakes, set())
    if not mistakes:
        _composed.cache_clear()
    return Document(value, text, tuple(mistakes))


@lru_cache(maxsize=1)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a text. They take far more room than the values, and are seldom needed again."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _value(node: yaml.Node, mistakes: list[Mistake], seen: set[int]) -> Any:
    if id(node) in seen:  # an alias points back at a node; it may even contain itself
        mistakes.append(Mistake(_line(node), "no anchors and aliases (& and *); write it out"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, mistakes)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, mistakes, seen) for item in node.value]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            mistakes.append(Mistake(_line(key_node), "a key has to be a plain word"))
            continue
        key = key_node.value
        if key in mapping:
            mistakes.append(Mistake(_line(key_node), f"{key} stands here twice; keep one"))
        mapping[key] = _value(value_node, mistakes, seen)
    return mapping


def _scalar(node: yaml.ScalarNode, mistakes: list[Mistake]) -> str | bool:
    word: str = node.value
    if node.style:  # quoted or folded: it is what it says (the C parser calls plain "")
        return word
    if word in ("true", "false"):
        return word == "true"
    if surprise := _SURPRISE.fullmatch(word):
        advice = _ADVICE[surprise.lastgroup or "number"]
        mistakes.append(Mistake(_line(node), advice.format(word=word)))
    return word
