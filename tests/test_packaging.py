"""The wheel: everything that is needed travels in it, and works where nothing else is."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest

from adapters.content import SHIPPED

ROOT = Path(__file__).parent.parent
SECONDS = 60

pytestmark = pytest.mark.skipif(
    not (find_spec("hatchling") and find_spec("pip")),
    reason="building a wheel without a network needs hatchling and pip here",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    pip("install", "--no-deps", "--no-compile", "--target", str(folder), str(wheel))
    return folder


def pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index")
    subprocess.run(
        [sys.executable, "-m", "pip", arguments[0], *quiet, *arguments[1:]],
        check=True,
        timeout=SECONDS,
        capture_output=True,
        cwd=ROOT,
    )


def content(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.y*ml"))


def test_all_content_is_in_the_wheel(installed: Path) -> None:
    assert len(content(SHIPPED)) > 50
    assert content(installed / "knowledge") == content(SHIPPED)
    for name in content(SHIPPED):
        assert (installed / "knowledge" / name).read_bytes() == (SHIPPED / name).read_bytes()


def test_all_code_is_in_the_wheel_and_no_test(wheel: Path) -> None:
    packed = set(ZipFile(wheel).namelist())
    for package in ("bot", "adapters"):
        for path in (*(ROOT / package).rglob("*.py"), *(ROOT / package).rglob("*.png")):
            assert path.relative_to(ROOT).as_posix() in packed
    tops = {name.partition("/")[0] for name in packed}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "bot",
        "adapters",
        "knowledge",
    }


def test_the_program_and_the_license_are_in_the_wheel(wheel: Path) -> None:
    files = ZipFile(wheel)
    texts = {Path(name).name: name for name in files.namelist() if ".dist-info/" in name}
    assert "ally = adapters.cli:main" in files.read(texts["entry_points.txt"]).decode()
    assert "LICENSE" in texts
    metadata = files.read(texts["METADATA"]).decode()
    assert "Requires-Python: >=3.11" in metadata
    assert "Provides-Extra: slack" in metadata


def test_it_answers_where_it_was_installed(installed: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "import bot; assert bot.__file__.startswith(sys.path[0]), bot.__file__\n"
        "from adapters.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(installed), "knowledge", "check"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("0 errors")
