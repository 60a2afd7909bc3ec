"""A memory of what was seen lately, bounded in time and in size."""

from collections import OrderedDict


class Recent:
    """Tells the first time that something comes from every time after it.

    Kept in this process until it stops: at most `limit` marks, each for `seconds`.
    """

    def __init__(self, seconds: float, limit: int = 20_000) -> None:
        self._seconds = seconds
        self._limit = limit
        self._until: OrderedDict[str, float] = OrderedDict()

    def first_time(self, key: str, now: float) -> bool:
        """Whether `key` was not seen within the time; `now` in seconds, never going back."""
        while self._until:
            oldest = next(iter(self._until))
            if self._until[oldest] > now and len(self._until) < self._limit:
                break
            del self._until[oldest]
        if key in self._until:
            return False
        self._until[key] = now + self._seconds
        return True

    def has(self, key: str, now: float) -> bool:
        """Whether `key` was seen within the time; asking leaves no mark."""
        return self._until.get(key, now) > now

    def forget(self, key: str) -> None:
        """Let the next time be the first again."""
        self._until.pop(key, None)
