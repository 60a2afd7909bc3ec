"""The signature of Slack's requests, by the example of Slack's documentation."""

import pytest

from adapters.slack.signature import is_signed, sign

# https://docs.slack.dev/authentication/verifying-requests-from-slack
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TIMESTAMP = "1531420618"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
    b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
    b"&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
    b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
HEADERS = {"X-Slack-Request-Timestamp": TIMESTAMP, "X-Slack-Signature": SIGNATURE}
NOW = float(TIMESTAMP)


def test_the_documented_request_has_the_documented_signature():
    assert sign(SECRET, TIMESTAMP, BODY) == SIGNATURE
    assert is_signed(SECRET, HEADERS, BODY, NOW)


@pytest.mark.parametrize("place", range(0, len(BODY), 40))
def test_one_changed_byte_is_noticed(place: int):
    changed = BODY[:place] + bytes([BODY[place] ^ 1]) + BODY[place + 1 :]
    assert not is_signed(SECRET, HEADERS, changed, NOW)


def test_another_secret_is_noticed():
    assert not is_signed(SECRET[:-1] + "6", HEADERS, BODY, NOW)


def test_another_time_is_noticed():
    headers = {**HEADERS, "X-Slack-Request-Timestamp": "1531420619"}
    assert not is_signed(SECRET, headers, BODY, NOW)


@pytest.mark.parametrize(
    ("apart", "signed"),
    [(-301, False), (-300, True), (0, True), (299.9, True), (300, True), (301, False)],
)
def test_it_holds_for_five_minutes(apart: float, signed: bool):
    assert is_signed(SECRET, HEADERS, BODY, NOW + apart) is signed


@pytest.mark.parametrize("name", HEADERS)
def test_both_headers_are_needed(name: str):
    assert not is_signed(SECRET, {**HEADERS, name: ""}, BODY, NOW)
    only_the_other = {other: HEADERS[other] for other in HEADERS if other != name}
    assert not is_signed(SECRET, only_the_other, BODY, NOW)


@pytest.mark.parametrize("timestamp", ["x", "1e9", "-1", "+1", " 1", "1.0", 40 * "9", "١", "²", ""])
def test_a_time_that_is_no_number_is_no_reason_to_fail(timestamp: str):
    headers = {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": sign(SECRET, timestamp, BODY),
    }
    assert is_signed(SECRET, headers, BODY, NOW) is False


@pytest.mark.parametrize("signature", ["", "v0=", "v1" + SIGNATURE[2:], "é", "\udcff", "🙂"])
def test_a_signature_of_other_letters_is_no_reason_to_fail(signature: str):
    headers = {**HEADERS, "X-Slack-Signature": signature}
    assert is_signed(SECRET, headers, BODY, NOW) is False
