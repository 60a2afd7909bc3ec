"""How Microsoft's servers on loopback answer: what they are told to, when they are told to."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.answering import give, until

__all__ = ["Answer", "give", "until"]


@dataclass
class Answer:
    """An answer: after a while, with a status and a body, or by hanging up."""

    status: int = 200
    body: str = "{}"
    delay: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hangs_up: bool = False

    @classmethod
    def error(cls, status: int, code: str = "", **more: Any) -> "Answer":
        """An error as the connector words it."""
        error = {"code": code or "ServiceError", "message": f"Somebody's words: {code}"}
        return cls(status, json.dumps({"error": error}), **more)

    @classmethod
    def data(cls, values: Any, status: int = 200, **more: Any) -> "Answer":
        return cls(status, json.dumps(values), **more)

    @classmethod
    def elsewhere(cls, address: str, status: int = 307) -> "Answer":
        """Go and ask somebody else."""
        return cls(status, "", headers={"Location": address})

    @property
    def accepts(self) -> bool:
        """Whether what was asked for is done."""
        return 200 <= self.status < 300
