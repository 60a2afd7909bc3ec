"""The knowledge base on disk: found, loaded, and loaded again when an editor changed it."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import knowledge as shipped
from bot.knowledge import Knowledge
from bot.knowledge.library import build, dump

SHIPPED = Path(shipped.__file__).parent

State = frozenset[tuple[str, int, int]]


@dataclass
class Content:
    """The last good knowledge of a folder, with an organization's own on top."""

    overlay: Path | None = None
    folder: Path = SHIPPED
    knowledge: Knowledge = field(init=False)
    _seen: State = field(init=False)

    def __post_init__(self) -> None:
        """Loads it; raises KnowledgeError where it cannot be used."""
        self._seen = state(self.folder, self.overlay)
        self.knowledge = _load(self.folder, self.overlay)

    def refresh(self) -> bool:
        """Loads again what has changed; whether it did.

        Raises KnowledgeError once for each broken state and keeps the last good knowledge.
        """
        seen = state(self.folder, self.overlay)
        if seen == self._seen:
            return False
        self._seen = seen
        self.knowledge = _load(self.folder, self.overlay)
        return True


def load_for_once(overlay: Path | None, cache: Path, folder: Path = SHIPPED) -> Knowledge:
    """The knowledge for a program that answers one question and ends.

    Reading and checking all files would take longer than the answer. What was found good is kept
    in `cache` under the names, sizes and times of the files, and is taken from there while they
    stay the same. Raises KnowledgeError where the content cannot be used.
    """
    seen = sha256(repr(sorted(state(folder, overlay))).encode()).hexdigest()
    kept = cache / f"content-{seen[:32]}.json"
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return build(json.loads(kept.read_text(encoding="utf-8")))
    knowledge = _load(folder, overlay)
    with suppress(OSError):
        _keep(kept, json.dumps(dump(knowledge), ensure_ascii=False))
    return knowledge


def state(folder: Path, overlay: Path | None) -> State:
    """What the files of both folders look like from outside; changes when one of them does."""
    found = set()
    for root in filter(None, (folder, overlay)):
        for path in root.rglob("*.y*ml"):
            try:
                stat = path.stat()
            except OSError:  # gone between listing and looking: the next state differs
                continue
            found.add((str(path), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def _load(folder: Path, overlay: Path | None) -> Knowledge:
    # they read YAML and try every rule, which kept content does not need
    from bot.commands.rule_checks import wrong_rules
    from bot.knowledge.load import load

    return load(folder, overlay, wrong_rules)


def _keep(kept: Path, text: str) -> None:
    """Put the file there whole or not at all, in place of older ones."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    for older in kept.parent.glob("content-*.json"):
        older.unlink(missing_ok=True)
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_text(text, encoding="utf-8")
    written.replace(kept)
