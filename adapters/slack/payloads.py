"""The body of a request from Slack as plain values, read strictly.

A form with a field `payload` is an interaction; the letters "payload" anywhere else are just what
somebody typed. JSON is an event.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from adapters.payloads import json_object, text_at

MOST_FIELDS = 100


def parse(body: bytes, content_type: str) -> dict[str, Any]:
    """The values of a body; raises ValueError where it is neither a form nor a JSON object."""
    text = body.decode("utf-8")
    if content_type == "application/json":
        return json_object(text)
    if content_type != "application/x-www-form-urlencoded":
        raise ValueError("neither a form nor JSON")
    form: dict[str, Any] = dict(
        parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    )
    if not form:
        raise ValueError("an empty form")
    return json_object(form["payload"]) if "payload" in form else form


def is_ssl_check(body: bytes) -> bool:
    """Whether Slack only asks if the certificate is in order; such a request is not signed."""
    if len(body) > 1000:
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("utf-8", errors="replace"))


def is_known_type(payload: Mapping[str, Any]) -> bool:
    """Whether a payload says what it is: a command, an interaction or an event."""
    return bool(text_at(payload, "command") or text_at(payload, "type"))
