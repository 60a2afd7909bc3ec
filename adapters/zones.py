"""The rules of time zones: those of the package, which are newer than many systems'."""

import zoneinfo


def use_packaged_zones() -> None:
    """From now on read no zone from the system's files, which can be years old."""
    zoneinfo.reset_tzpath(to=())
