"""The knowledge base on disk: found, loaded, and loaded again when an editor changed it."""

from dataclasses import dataclass, field
from pathlib import Path

import knowledge as shipped
from bot.knowledge import Knowledge
from bot.knowledge.load import load

SHIPPED = Path(shipped.__file__).parent


@dataclass
class Content:
    """The last good knowledge of a folder, with an organization's own on top."""

    overlay: Path | None = None
    folder: Path = SHIPPED
    knowledge: Knowledge = field(init=False)
    _seen: frozenset[tuple[str, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Loads it; raises KnowledgeError where it cannot be used."""
        self._seen = self._state()
        self.knowledge = load(self.folder, self.overlay)

    def refresh(self) -> bool:
        """Loads again what has changed; whether it did.

        Raises KnowledgeError once for each broken state and keeps the last good knowledge.
        """
        state = self._state()
        if state == self._seen:
            return False
        self._seen = state
        self.knowledge = load(self.folder, self.overlay)
        return True

    def _state(self) -> frozenset[tuple[str, int, int]]:
        folders = [self.folder, *([self.overlay] if self.overlay else [])]
        found = set()
        for folder in folders:
            for path in folder.rglob("*.y*ml"):
                try:
                    stat = path.stat()
                except OSError:  # gone between listing and looking: the next state differs
                    continue
                found.add((str(path), stat.st_mtime_ns, stat.st_size))
        return frozenset(found)
