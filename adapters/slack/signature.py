"""Whether a request comes from Slack: the signature over its raw body.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

MOST_SECONDS_APART = 300


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature that Slack puts into X-Slack-Signature."""
    message = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), message, sha256).hexdigest()


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether body and time stamp carry a right signature that is at most five minutes old."""
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now - int(timestamp)) > MOST_SECONDS_APART:
        return False
    # As bytes: comparing text refuses what is not ASCII with an exception.
    expected = sign(secret, timestamp, body).encode()
    return hmac.compare_digest(expected, signature.encode(errors="replace"))
