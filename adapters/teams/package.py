"""The package that a Teams admin uploads: the manifest, its translations and two icons in a zip.

The same input gives the same bytes: no clock, and nothing compressed. The icons show somebody who
speaks, and somebody beside them with a line to say; each PNG was drawn from the SVG of its name.
"""

import json
import re
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from adapters.teams.manifest import manifest, translated, translation, translation_file
from bot.knowledge import Knowledge

_ICONS = Path(__file__).parent / "icons"
_ADDRESS = re.compile(r"https://([a-z0-9-]+\.)+[a-z0-9-]+(:[0-9]{1,5})?(/[\w.~-]+)*", re.I | re.A)
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I | re.A)
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first instant that a zip can write down."""


def problems(address: str, bot: str) -> list[str]:
    """What is wrong with what a package is to be made from, and what to do."""
    found = []
    if not _ADDRESS.fullmatch(address):
        found.append(
            "where will the server be? give --url https://… or set ALLY_PUBLIC_URL; "
            "it has to be an https address that can be reached from the internet"
        )
    if not _GUID.fullmatch(bot):
        found.append(
            "which bot is it? give --app-id or set TEAMS_APP_ID to the Microsoft App ID of your "
            "Azure Bot, such as 00000000-0000-0000-0000-000000000000"
        )
    return found


def package(
    address: str,
    bot: str,
    released: str,
    knowledge: Knowledge,
    *,
    targeted: bool = False,
    nudges: bool = False,
) -> bytes:
    """The zip for the bot with the app id `bot`; `released` is the version of this program."""
    named = (address, bot, teams_version(released), knowledge)
    make = partial(manifest, *named, targeted=targeted, nudges=nudges)
    files = {"manifest.json": _json(make())}
    for language in translated():
        files[translation_file(language)] = _json(translation(make(language=language)))
    for icon in ("color.png", "outline.png"):
        files[icon] = (_ICONS / icon).read_bytes()
    zipped = BytesIO()
    with ZipFile(zipped, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _OLDEST)
            entry.create_system = 3  # or it would tell on which system it was made
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return zipped.getvalue()


def teams_version(released: str) -> str:
    """A version of ours as Teams takes it: three numbers and nothing else."""
    numbers = re.findall(r"\d+", re.split(r"[^\d.]", released)[0])
    return ".".join([*numbers, "0", "0"][:3])


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
