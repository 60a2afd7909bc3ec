"""What the ids of Teams tell, and the keys that are made of them."""

_CHANNEL, _BOT = "19:", "28:"


def is_person(id: str) -> bool:
    """Whether an id is a person's: none of a channel or group, and none of a bot."""
    return bool(id) and not id.startswith((_CHANNEL, _BOT))


def workspace_key(tenant: str) -> str:
    """The key of an organization in what is remembered."""
    return f"teams:{tenant}"


def key_of(tenant: str, id: str) -> str:
    """The key of a person or a channel in what is remembered."""
    return f"{workspace_key(tenant)}/{id}"


def id_in(key: str) -> str:
    """The id of the person or channel that a key is of."""
    return key.partition("/")[2]


def tenant_in(key: str) -> str:
    """The organization that a key is of or in."""
    return key.partition("/")[0].partition(":")[2]
