"""The rules of the house that no type can hold: who may import whom, and what the core never does.

An allow-list fails on surprises; a list of forbidden names only on what somebody thought of.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "bot").rglob("*.py"))
ADAPTERS = sorted((ROOT / "adapters").rglob("*.py"))

# Grows by review: nothing here reaches the world, but what reads the content.
ALLOWED = set(
    """bot Stemmer collections dataclasses datetime difflib functools hashlib heapq itertools math
    bisect pathlib pydantic pydantic_core rapidfuzz re string typing unicodedata yaml
    zoneinfo""".split()
)
# From the ground to the roof; an import never goes up.
FLOORS = {
    "messages": 0,
    "memory": 0,
    "language": 0,
    "knowledge": 1,
    "matching": 2,
    "schedule": 2,
    "wording": 2,
    "commands": 3,
    "dispatch": 4,
}
THE_READER = ROOT / "bot/knowledge/load.py"
PLATFORM_WORDS = re.compile(r"slack|teams|block\W?kit|adaptive\W?card", re.IGNORECASE)

# What asking in a terminal has no use for; each would cost a person tenths of a second.
HEAVY = ("aiohttp", "slack_bolt", "slack_sdk", "pydantic_settings", "sqlalchemy", "structlog")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            module = node.module or ""
            for alias in node.names:
                file = ROOT.joinpath(*module.split("."), f"{alias.name}.py")
                yield f"{module}.{alias.name}" if file.exists() else module


def faults(tree: ast.AST, may_read: bool) -> Iterator[str]:
    """What reaches for the clock, chance, the environment, a file or the screen."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in _CLOCK:
                yield f".{name}"
            case ast.Attribute(attr=name, value=ast.Name("datetime" | "date")) if name in _CLOCK:
                yield f".{name}"
            case ast.Attribute(value=ast.Name("os" | "sys" | "time" | "random" as name)):
                yield name
            case ast.Name("open" | "print" | "input" | "exec" | "eval" | "__import__" as name):
                yield name
            case ast.Import(names=names) if {a.name.partition(".")[0] for a in names} & _WORLD:
                yield "import"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in _WORLD:
                yield "import"
            case ast.Attribute(attr=name) if name in _FILES and not may_read:
                yield f".{name}"


_CLOCK = {"now", "today", "utcnow"}
_WORLD = {"random", "secrets", "os", "sys", "time", "socket", "subprocess", "logging", "uuid"}
_FILES = set("open read_text read_bytes write_text write_bytes glob rglob iterdir stat".split())


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_imports_only_what_it_may(path: Path) -> None:
    assert {name.partition(".")[0] for name in imports(path)} <= ALLOWED


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_inside_the_core_an_import_never_goes_up(path: Path) -> None:
    own = name_of(path).split(".")
    if own == ["bot"]:
        assert not list(imports(path))
        return
    for name in imports(path):
        room = name.split(".")
        if room[0] == "bot" and len(room) > 1:
            assert FLOORS[room[1]] <= FLOORS[own[1]], f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("package", [CORE, ADAPTERS], ids=["bot", "adapters"])
def test_no_two_modules_need_each_other(package: list[Path]) -> None:
    modules = {name_of(path): path for path in package}
    needs = {
        name: {target for target in imports(path) if target in modules} - {name}
        for name, path in modules.items()
    }
    assert set(TopologicalSorter(needs).static_order()) == set(modules)


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_has_no_clock_chance_file_or_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(faults(tree, may_read=path == THE_READER)) == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "date.today()",
        "datetime.datetime.utcnow()",
        "when = datetime.now",
        "open('x')",
        "print('x')",
        "import random",
        "from random import choice",
        "os.environ['X']",
        "from os import environ",
        "import time",
        "Path('x').read_text()",
        "Path('x').open()",
    ],
)
def test_the_check_sees_every_way_out_of_the_core(line: str) -> None:
    assert list(faults(ast.parse(line), may_read=False))


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_names_no_platform(path: Path) -> None:
    assert PLATFORM_WORDS.findall(path.read_text(encoding="utf-8")) == []


def test_only_what_wires_a_platform_imports_it_and_only_when_it_is_wanted() -> None:
    importers = {}
    for path in (*CORE, *ADAPTERS):
        if "slack" not in path.relative_to(ROOT).parts and any(
            name.startswith("adapters.slack") for name in imports(path)
        ):
            importers[name_of(path)] = path
    assert set(importers) <= {"adapters.app", "adapters.cli.platforms"}
    for name, path in importers.items():
        top = ast.parse(path.read_text(encoding="utf-8")).body
        at_start = [node for node in top if isinstance(node, ast.Import | ast.ImportFrom)]
        named = {getattr(node, "module", None) or node.names[0].name for node in at_start}
        assert not any(module.startswith("adapters.slack") for module in named), name


def test_the_core_and_the_content_never_import_an_adapter() -> None:
    for path in (*CORE, *(ROOT / "knowledge").rglob("*.py")):
        assert not any(name.partition(".")[0] == "adapters" for name in imports(path)), path


def test_the_content_is_data_and_nothing_else() -> None:
    assert [path.name for path in (ROOT / "knowledge").rglob("*.py")] == ["__init__.py"]
    assert list(ast.iter_child_nodes(ast.parse((ROOT / "knowledge/__init__.py").read_text()))) == []


@pytest.mark.parametrize(
    "arguments",
    [["ask", "manel"], ["ask", "--json", "manel"], ["say", "she was interrupted"]],
    ids=" ".join,
)
def test_asking_in_a_terminal_loads_nothing_of_the_server(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from adapters.cli import main\n"
        "main(standalone_mode=False)\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        cwd=ROOT,
    )
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "bot" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert "adapters.slack" not in done.stderr.split()
