"""What `ally ask` costs as a whole process, against its libraries alone."""

import subprocess
import sys
from compileall import compile_dir
from statistics import median
from time import perf_counter

import pytest

from tests.benchmarks.conftest import Figure
from tests.benchmarks.servers import ALLY, ROOT

pytestmark = pytest.mark.figures

LIBRARIES = (
    'import yaml, rapidfuzz, click; from pydantic import BaseModel; type("A", (BaseModel,), {})'
)
ROUNDS = 15


def seconds(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return perf_counter() - started


def test_one_question_costs_at_most_twice_its_libraries(figure: Figure) -> None:
    ask = [*ALLY, "ask", "what is a manel?"]
    libraries = [sys.executable, "-c", LIBRARIES]
    for folder in ("adapters", "bot", "knowledge"):  # as an installed program is, and libraries are
        compile_dir(ROOT / folder, quiet=2)
    seconds(ask), seconds(libraries)  # both warm
    pairs = [(seconds(ask), seconds(libraries)) for _ in range(ROUNDS)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    figure(f"ally ask: {ours:.3f} s, libraries alone {theirs:.3f} s", ours / theirs, at_most=2)
