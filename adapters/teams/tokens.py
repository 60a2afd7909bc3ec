"""Whether a request comes from the Bot Connector: the token it carries.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from collections.abc import Mapping
from typing import Any

import jwt

from adapters.payloads import text_at
from adapters.teams.keys import Keys

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
MOST_SECONDS_APART = 300


async def is_authentic(
    authorization: str, activity: Mapping[str, Any], app_id: str, keys: Keys
) -> bool:
    """Whether an Authorization header vouches for an activity sent to this bot.

    Whatever is wrong with a token, the answer is no; nothing of it is ever raised.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return False
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") != ALGORITHM:
            return False
        key = await keys.find(text_at(header, "kid"))
        if key is None:
            return False
        claims = jwt.decode(
            token,
            key.public,
            algorithms=[ALGORITHM],
            audience=app_id,
            issuer=ISSUER,
            leeway=MOST_SECONDS_APART,
            options={"require": ["aud", "exp", "iss"]},
        )
    except Exception:  # the library raises many kinds, and not only its own
        return False
    service_url = text_at(activity, "serviceUrl")
    return (
        bool(service_url)
        and claims.get("serviceurl") == service_url
        and text_at(activity, "channelId") in key.endorsements
    )
