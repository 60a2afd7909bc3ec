"""The body of a request from Slack as plain values, read strictly.

A form with a field `payload` is an interaction; the letters "payload" anywhere else are just what
somebody typed. JSON is an event.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

MOST_FIELDS = 100


def parse(body: bytes, content_type: str) -> dict[str, Any]:
    """The values of a body; raises ValueError where it is neither a form nor a JSON object."""
    text = body.decode("utf-8")
    if content_type == "application/json":
        return _object(text)
    if content_type != "application/x-www-form-urlencoded":
        raise ValueError("neither a form nor JSON")
    form: dict[str, Any] = dict(
        parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    )
    if not form:
        raise ValueError("an empty form")
    return _object(form["payload"]) if "payload" in form else form


def is_ssl_check(body: bytes) -> bool:
    """Whether Slack only asks if the certificate is in order; such a request is not signed."""
    if len(body) > 1000:
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("utf-8", errors="replace"))


def is_known_type(payload: Mapping[str, Any]) -> bool:
    """Whether a payload says what it is: a command, an interaction or an event."""
    return bool(text_at(payload, "command") or text_at(payload, "type"))


def text_at(payload: Mapping[str, Any], *path: str) -> str:
    """The text at a path of keys, or an empty one where there is none."""
    value: Any = payload
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value
