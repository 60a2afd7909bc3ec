"""What came over the wire as plain values, read strictly: nothing of it is trusted."""

import json
from collections.abc import Mapping
from typing import Any


def json_object(text: str) -> dict[str, Any]:
    """A JSON object; raises ValueError where the text is anything else."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def text_at(payload: Mapping[str, Any], *path: str) -> str:
    """The text at a path of keys, or an empty one where there is none."""
    value: Any = payload
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""
