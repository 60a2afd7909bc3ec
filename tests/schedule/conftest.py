"""The zone data of the tzdata package, as the adapters set it, and a day to look from."""

import zoneinfo
from datetime import datetime

zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()

ZONE = "America/Toronto"
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=zoneinfo.ZoneInfo(ZONE))
"""A Wednesday; the clocks went forward three days before."""
