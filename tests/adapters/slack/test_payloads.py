"""Bodies as values: what a form and JSON say, and what is neither."""

import pytest

from adapters.payloads import text_at
from adapters.slack.payloads import is_ssl_check, parse
from tests.adapters.slack.serving import FORM, JSON


@pytest.mark.parametrize(
    ("body", "values"),
    [
        pytest.param(b"text=a+b%20c&command=%2Fally", {"text": "a b c", "command": "/ally"}),
        pytest.param("text=é".encode(), {"text": "é"}, id="raw"),
        pytest.param(b"text=", {"text": ""}, id="empty"),
        pytest.param(b"text=define+payload", {"text": "define payload"}, id="the word payload"),
        pytest.param(b"text=payload%3D1", {"text": "payload=1"}, id="payload and a sign"),
        pytest.param(b"channel_name=payload-team", {"channel_name": "payload-team"}, id="channel"),
        pytest.param(b'text=%7B"a"%3A1%7D', {"text": '{"a":1}'}, id="braces"),
        pytest.param(b"payload=%7B%22type%22%3A%22x%22%7D", {"type": "x"}, id="interaction"),
    ],
)
def test_a_form_is_read(body: bytes, values: dict[str, str]):
    assert parse(body, FORM) == values


def test_json_is_read():
    assert parse('{"type": "é", "payload": [1]}'.encode(), JSON) == {"type": "é", "payload": [1]}


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"", FORM, id="empty form"),
        pytest.param(b"", JSON, id="empty JSON"),
        pytest.param(b"[]", JSON, id="array"),
        pytest.param(b"1", JSON, id="number"),
        pytest.param(b"{", JSON, id="half"),
        pytest.param(b"payload=", FORM, id="empty payload"),
        pytest.param(b"payload=[]", FORM, id="payload is an array"),
        pytest.param(b"text=%ff", FORM, id="not UTF-8 when decoded"),
        pytest.param(b"\xff", FORM, id="not UTF-8"),
        pytest.param(b"\xff", JSON, id="JSON not in UTF-8"),
        pytest.param(b"a=1&" * 101, FORM, id="too many fields"),
        pytest.param(b'{"a":' * 50_000, JSON, id="too deep"),
        pytest.param(b"{}", "text/plain", id="text"),
        pytest.param(b"{}", "", id="nothing"),
        pytest.param(b"text=x", "multipart/form-data", id="multipart"),
    ],
)
def test_what_is_neither_is_refused_in_one_way(body: bytes, content_type: str):
    with pytest.raises(ValueError, match=r".*"):
        parse(body, content_type)


@pytest.mark.parametrize(
    ("body", "checks"),
    [
        (b"ssl_check=1&token=x", True),
        (b"token=x&ssl_check=1", True),
        (b"ssl_check=0", False),
        (b"text=ssl_check%3D1", False),
        (b"ssl_check=1&x=" + 1000 * b"x", False),
        (b'{"ssl_check": 1}', False),
        (b"", False),
        (b"\xff\xfe", False),
    ],
)
def test_a_check_of_the_certificate_is_told_from_anything_else(body: bytes, checks: bool):
    assert is_ssl_check(body) is checks


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("team", "id"), "T1"),
        (("user",), "U1"),
        (("team",), ""),
        (("team", "id", "x"), ""),
        (("user", "id"), ""),
        (("number",), ""),
        (("list", "0"), ""),
        (("none", "id"), ""),
        (("absent",), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else ".".join(value),
)
def test_a_text_is_found_or_empty(path: tuple[str, ...], text: str):
    payload = {"team": {"id": "T1"}, "user": "U1", "number": 5, "list": ["x"], "none": None}
    assert text_at(payload, *path) == text
