"""The `ally` program as a process of its own, with no settings of the machine it runs on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROGRAM = [sys.executable, "-c", "from adapters.cli import main; main(prog_name='ally')"]
SECONDS = 30


def environment(**changed: str) -> dict[str, str]:
    """This environment without settings of the bot's; UTF-8 is read strictly, as on a desktop."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ALLY_", "SLACK_", "TEAMS_", "PYTHON"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8:strict", **changed}


def ally(
    *arguments: str | bytes, said: bytes = b"", folder: Path = ROOT, **changed: str
) -> subprocess.CompletedProcess[bytes]:
    """Run it to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=said,
        capture_output=True,
        timeout=SECONDS,
        cwd=folder,
        env=environment(**changed),
        check=False,
    )
