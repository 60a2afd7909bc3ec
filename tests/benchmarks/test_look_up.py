"""What a look-up costs, on the shipped glossary and on 10,000 made-up terms."""

from collections.abc import Callable
from itertools import product
from statistics import median
from time import perf_counter

import pytest
from rapidfuzz import fuzz, process

from bot.commands.finding import find, index
from bot.knowledge import Knowledge
from bot.matching.index import Findable, Index, build
from bot.matching.search import search
from tests.benchmarks.conftest import Figure
from tests.evaluation.scoring import cases

pytestmark = pytest.mark.figures

STARTS = "bal cor den fel gam hol jun kel lim mar nov ost pel quin ram sol tam ulm ver wex".split()
MIDDLES = "a e i o u ae io or".split()
ENDS = "nance bor cide dine ette form gon hale nique ject".split()


def milliseconds(ask: Callable[[str], object], queries: list[str]) -> float:
    """The median over queries of the best of three."""
    taken = []
    for query in queries:
        best = 1.0
        for _ in range(3):
            started = perf_counter()
            ask(query)
            best = min(best, perf_counter() - started)
        taken.append(1000 * best)
    return median(taken)


def made_up(count: int) -> list[str]:
    """Names of two words out of 1,600, every one different."""
    words = ["".join(parts) for parts in product(STARTS, MIDDLES, ENDS)]
    size = len(words)
    return [f"{words[n % size]} {words[(n // size * 211 + n * 7) % size]}" for n in range(count)]


@pytest.fixture(scope="module")
def many(knowledge: Knowledge) -> tuple[Index, list[str]]:
    names = made_up(10_000)
    findables = (Findable(name.replace(" ", "-"), (name,)) for name in names)
    return build(index(knowledge, "term").lexicon, findables), names


def queries(names: list[str]) -> list[str]:
    """Every kind of query over made-up names, as many of each: 140 in all."""
    kinds: tuple[Callable[[str], str], ...] = (
        lambda name: name,
        lambda name: f"what does {name} mean?",
        lambda name: name[:2] + name[3] + name[2] + name[4:],
        lambda name: f"what does {name[:-2]}{name[-1]}{name[-2]} mean?",
        lambda name: " ".join(reversed(name.split())),
        lambda name: name.split()[0],
        lambda name: "the weather in montreal is nice",
    )
    return [kind(name) for name in names[::500] for kind in kinds]


def test_an_exact_name(knowledge: Knowledge, figure: Figure) -> None:
    find(knowledge, "term", "manel")
    names = [
        name for term in knowledge.glossary.values() for name in term.name.model_dump().values()
    ]
    took = milliseconds(lambda query: find(knowledge, "term", query), names)
    figure("exact name, median ms", took, at_most=0.1)


def test_all_kinds_of_look_ups(knowledge: Knowledge, figure: Figure) -> None:
    find(knowledge, "term", "manel")
    texts = [
        case.text
        for name in ("lookups_en", "lookups_fr", "out_of_domain")
        for case in cases("tuning", name)
    ]
    took = milliseconds(lambda query: find(knowledge, "term", query), texts)
    figure("all kinds on the shipped glossary, median ms", took, at_most=0.5)


def test_ten_thousand_terms(many: tuple[Index, list[str]], figure: Figure) -> None:
    ten_thousand, names = many
    took = milliseconds(lambda query: search(ten_thousand, query), queries(names))
    figure("all kinds at 10,000 terms, median ms", took, at_most=3)


def test_ten_thousand_terms_against_rapidfuzz(
    many: tuple[Index, list[str]], figure: Figure
) -> None:
    ten_thousand, names = many
    asked = queries(names)
    ours = milliseconds(lambda query: search(ten_thousand, query), asked)
    theirs = milliseconds(lambda query: process.extractOne(query, names, scorer=fuzz.WRatio), asked)
    figure(
        f"10,000 terms: {ours:.2f} ms, extractOne(WRatio) {theirs:.2f} ms, times as fast",
        theirs / ours,
        at_least=5,
    )
