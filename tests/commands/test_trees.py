"""The checks: every way through them ends where it has to, and every end puts safety first."""

from itertools import product

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.entries import Tree
from bot.messages import LANGUAGES, Button, Heading, Language, Outcome, Text
from tests.conftest import Ask

# After Kim Goodwin's chart: four questions, eight ways, four ends.
GOODWIN = {
    "yes": "not",
    "no clearly-me yes": "probably",
    "no clearly-me no said-yes": "not",
    "no clearly-me no did-not-ask": "probably",
    "no clearly-me no said-no": "stop",
    "no same-or-unsure": "probably",
    "no they-do": "definitely",
    "no known-expert": "stop",
}
# The three questions of UN Women, with ends of our own.
UNWOMEN = {
    "no-or-unsure": "ask-first",
    "yes yes-or-unsure": "invite",
    "yes no no": "listen",
    "yes no yes": "go",
}
CHECKS = {"check": ("goodwin", GOODWIN), "before": ("unwomen", UNWOMEN)}
WAYS = [
    pytest.param(command, tree, way, end, id=f"{command} {way}")
    for command, (tree, ways) in CHECKS.items()
    for way, end in ways.items()
]


def ways(tree: Tree) -> dict[str, str]:
    """Every way through a tree as its content has it."""
    found = {}

    def walk(node: str, way: tuple[str, ...]) -> None:
        if node in tree.ends:
            found[" ".join(way)] = node
        else:
            for answer in tree.questions[node].answers:
                walk(answer.to, (*way, answer.key))

    walk(tree.start, ())
    return found


@pytest.mark.parametrize("command", CHECKS)
def test_these_are_all_the_ways(command: str, knowledge: Knowledge) -> None:
    tree, table = CHECKS[command]
    assert ways(knowledge.trees[tree]) == table


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("command", "tree_id", "way", "end_id"), WAYS)
def test_a_way_ends_where_it_has_to(
    command: str, tree_id: str, way: str, end_id: str, language: Language,
    knowledge: Knowledge, ask: Ask,
) -> None:  # fmt: skip
    tree = knowledge.trees[tree_id]
    end = tree.ends[end_id]

    def pick(text: object) -> str:
        return getattr(text, language) or text.en  # type: ignore[attr-defined]

    reply = ask(f"{command} {way}", language).reply
    assert reply.parts[0] == Heading(pick(end.label))
    for part in (
        Text(pick(end.advice), knowledge.say("label.now", language)),
        Text(pick(end.line), knowledge.say("label.line", language)),
        Text(pick(tree.safety), knowledge.say("label.safety", language)),
    ):
        assert part in reply.parts
    assert pick(tree.credit) in reply.plain_text
    assert all(pick(note) in reply.plain_text for note in tree.notes)


@pytest.mark.parametrize(("command", "tree_id", "way", "end_id"), WAYS)
def test_pressing_leads_there_step_by_step(
    command: str, tree_id: str, way: str, end_id: str, knowledge: Knowledge, ask: Ask
) -> None:
    tree = knowledge.trees[tree_id]
    outcome, node, said = ask(command, "en"), tree.start, ()
    for number, key in enumerate(way.split(), start=1):
        question = tree.questions[node]
        ask_text = Text(question.ask.en, knowledge.say("check.question", "en", number=number))
        assert ask_text in outcome.reply.parts
        said = (*said, key)
        (answer,) = [answer for answer in question.answers if answer.key == key]
        button = Button(answer.label.en, " ".join((command, *said)))
        assert button in outcome.reply.buttons
        before, outcome, node = outcome, ask(button.command, "en"), answer.to
        labels = {button.label: button.command for button in outcome.reply.buttons}
        assert ask(labels[knowledge.say("check.back", "en")], "en") == before
        if number > 1:
            restart = labels[knowledge.say("check.restart", "en")]
            assert ask(restart, "en") == ask(command, "en")
    assert node == end_id


def test_the_hardest_end_is_never_shown_without_safety_and_credit(
    knowledge: Knowledge, ask: Ask
) -> None:
    for way, end in GOODWIN.items():
        if end == "stop":
            said = ask(f"check {way}", "en").reply.plain_text
            assert "patient" in said
            assert "Goodwin" in said


@pytest.mark.parametrize("text", ["check YES", "Check Yes", "VERIFIER yes", "check   yes "])
def test_an_answer_may_be_typed(text: str, knowledge: Knowledge, ask: Ask) -> None:
    end = knowledge.trees["goodwin"].ends["not"]
    assert ask(text, "en").reply.parts[0] == Heading(end.label.en)


def is_stale(outcome: Outcome, knowledge: Knowledge, language: Language) -> bool:
    return outcome.reply.parts[0] == Text(knowledge.say("check.stale", language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "check yes yes",
        "check no maybe",
        "check no clearly-me gone",
        "check no no",
        "check said-yes",
        "before yes no yes yes",
        "before yes gone",
        "check " + "no " * 500,
    ],
    ids=lambda text: text[:30],
)
def test_a_step_that_does_not_exist_offers_to_start_over(
    text: str, language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(text, language)
    assert is_stale(outcome, knowledge, language)
    (again,) = outcome.reply.buttons
    assert ask(again.command, language) == ask(text.split()[0], language)


@pytest.mark.parametrize(
    "text",
    [
        "check is Bob mansplaining",
        "check if my boss is mansplaining",
        "check he keeps explaining my job to me",
        "check @Bob",
        "check <@U123>",
        "am I mansplaining or is he",
        "vérifier si Paul mecsplique",
        "before he explains",
        "mansplaining check Bob",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_else_does_is_not_judged(
    text: str, language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(text, language)
    assert outcome.reply.parts[0] == Text(knowledge.say("check.own_words", language))
    assert outcome.matches == ()
    assert "Bob" not in outcome.reply.plain_text
    commands = [button.command for button in outcome.reply.buttons]
    assert len(commands) == 3
    assert all(ask(command, language).result in ("answer", "command") for command in commands)


@pytest.mark.parametrize(
    "text",
    [
        "am I mansplaining?",
        "Am I mansplaining ?",
        "was i mansplaining",
        "est-ce que je mecsplique?",
        "est-ce que je mecsplique ?",
        "suis-je en train de mecspliquer?",
        "suis-je en train de mecspliquer ?",
        "mansplaining check",
    ],
)
def test_asking_for_oneself_begins_the_check(text: str, ask: Ask) -> None:
    for language in LANGUAGES:
        assert ask(text, language) == ask("check", language)


def test_no_answer_is_kept_but_in_the_button(ask: Ask) -> None:
    for first, then in product(GOODWIN, repeat=2):
        ask(f"check {first}", person="test:a")
        assert ask(f"check {then}", person="test:a") == ask(f"check {then}", person="test:b")


def test_a_check_says_nothing_for_a_channel(knowledge: Knowledge, ask: Ask) -> None:
    for way in ("", *GOODWIN):
        reply = ask(f"check {way}", "en", channel="C").reply
        assert reply == ask(f"check {way}", "en").reply
