"""Checklists, and the count of a panel."""

import pytest

from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, Bullets, Button, Heading, Language, Outcome, Text
from tests.conftest import Ask

# --- the count of a panel


def verdict(outcome: Outcome, knowledge: Knowledge, language: Language = "en") -> str:
    (heading,) = [part.text for part in outcome.reply.parts if isinstance(part, Heading)] or [""]
    for name in ("manel", "token", "below", "aim"):
        if heading == knowledge.say(f"panel.{name}", language):
            return name
    return "usage"


@pytest.mark.parametrize(
    ("text", "women", "everyone", "says"),
    [
        ("0 of 5", 0, 5, "manel"),
        ("0 of 1", 0, 1, "manel"),
        ("1 of 9", 1, 9, "token"),
        ("1 of 7", 1, 7, "token"),
        ("3 of 20", 3, 20, "below"),  # 15 % is the edge, and not under it
        ("149 of 1000", 149, 1000, "token"),
        ("2 of 9", 2, 9, "below"),
        ("4 of 9", 4, 9, "below"),
        ("499 of 1000", 499, 1000, "below"),
        ("1 of 2", 1, 2, "aim"),
        ("5 of 9", 5, 9, "aim"),
        ("9 of 9", 9, 9, "aim"),
        ("1 of 1", 1, 1, "aim"),
    ],
)
def test_the_share_of_women_decides(
    text: str, women: int, everyone: int, says: str, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(f"panel {text}", "en")
    assert verdict(outcome, knowledge) == says
    percent = round(100 * women / everyone)
    count = knowledge.say("panel.count", "en", women=women, everyone=everyone, percent=percent)
    assert Text(count) in outcome.reply.parts
    needed = next(more for more in range(1001) if women + more >= everyone / 2)
    assert (
        Text(
            knowledge.say(f"panel.{says}_next", "en", needed=needed),
            knowledge.say("label.next", "en"),
        )
        in outcome.reply.parts
    )


@pytest.mark.parametrize(
    "text",
    [
        "panel 2 of 9",
        "panel 2/9",
        "panel 2 / 9",
        "panel 2 out of 9",
        "Panel: 2 women of 9 speakers",
        "panel two of nine",
        "PANEL TWO OF NINE",
        "panel 2 9",
        "is it a manel 2 of 9",
        "panel 02 of 09",
    ],
)
def test_numbers_may_be_written_in_many_ways(text: str, ask: Ask) -> None:
    assert ask(text, "en").reply == ask("panel 2 of 9", "en").reply


@pytest.mark.parametrize(
    "text",
    [
        "table ronde 2 sur 9",
        "table ronde deux sur neuf",
        "Table ronde : deux femmes sur neuf",
        "panel deux femmes sur neuf personnes",
        "tribune 2/9",
    ],
)
def test_numbers_may_be_written_in_french(text: str, ask: Ask) -> None:
    assert ask(text, locale="fr-CA").reply == ask("table ronde 2 sur 9").reply


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("panel no women of five", "manel"),
        ("panel none of 5", "manel"),
        ("panel zero of five", "manel"),
        ("panel aucune sur cinq", "manel"),
        ("panel zéro sur 5", "manel"),
        ("panel une sur douze", "token"),
        ("panel one of twelve", "token"),
    ],
)
def test_nobody_and_one_are_numbers_too(
    text: str, says: str, knowledge: Knowledge, ask: Ask
) -> None:
    assert verdict(ask(text, "en"), knowledge) == says


@pytest.mark.parametrize(
    "text",
    [
        "panel",
        "panel 5",
        "panel of nine",
        "panel 9 of 2",
        "panel 2 of 0",
        "panel 0 of 0",
        "panel 1 2 3",
        "panel 2.5 of 9",
        "panel lots of people",
        "panel ½ of 9",
        "panel 5 of 1001",
        "panel 999999 of 9999999",
        f"panel {'9' * 3000} of {'9' * 3500}",
        "panel x of y",
        "panel ------",
        "panel twenty of thirty",
        "panel twenty-one of 30",
        "panel vingt et un sur 30",
        "panel one hundred of 200",
    ],
    ids=lambda text: text[:30],
)
def test_what_cannot_be_counted_is_asked_for_again(
    text: str, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask(text, "en")
    assert verdict(outcome, knowledge) == "usage"
    assert outcome.reply == ask("panel", "en").reply
    example = outcome.reply.buttons[0]
    assert verdict(ask(example.command), knowledge) == "below"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_says_what_to_do_next_and_guesses_nobody(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    for text in ("0/5", "1/9", "2/9", "5/9"):
        outcome = ask(f"panel {text}", language)
        said = outcome.reply.plain_text
        assert knowledge.say("panel.ask_them", language) in said
        assert knowledge.say("panel.source", language) in said
        assert outcome.reply.buttons[0].command.endswith(" manel")


# --- checklists


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_checklist_is_found_by_its_names_and_shown_whole(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    for entry in knowledge.checklists.values():
        names = [entry.id, entry.name.en, entry.name.fr or entry.id]
        for name in (*names, *entry.aliases.en, *entry.aliases.fr):
            outcome = ask(f"checklist {name}", language)
            assert (outcome.result, outcome.matches[0].id) == ("answer", entry.id), name
            (lines,) = [part.items for part in outcome.reply.parts if isinstance(part, Bullets)]
            assert len(lines) == len(entry.items)
            for line, item in zip(lines, entry.items, strict=True):
                assert (getattr(item.text, language) or item.text.en) in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_situation_all_checklists_are_shown(
    language: Language, knowledge: Knowledge, ask: Ask
) -> None:
    outcome = ask("checklist", language)
    (lines,) = [part.items for part in outcome.reply.parts if isinstance(part, Bullets)]
    assert len(lines) == len(knowledge.checklists)
    reached = set()
    for _ in range(len(lines)):
        *rows, more = outcome.reply.buttons
        reached |= {ask(button.command, language).matches[0].id for button in rows}
        outcome = ask(more.command, language)
    assert reached == set(knowledge.checklists)


def test_a_situation_without_a_checklist_is_said_back(knowledge: Knowledge, ask: Ask) -> None:
    outcome = ask("checklist zzqx", "en")
    assert outcome.result == "nothing"
    assert outcome.reply.parts[0] == Text(knowledge.say("checklist.nothing", "en", query="zzqx"))
    assert outcome.reply.buttons == (Button(knowledge.say("checklist.all", "en"), "checklist"),)


@pytest.mark.parametrize(
    ("situation", "entry"),
    [
        ("meeting", "meeting"),
        ("panel", "manel"),
        ("hiring", "hiring"),
        ("feedback", "feedback"),
        ("réunion", "meeting"),
        ("embauche", "hiring"),
        ("rétroaction", "feedback"),
        ("sponsorship", "sponsorship"),
    ],
)
def test_a_situation_leads_to_its_checklist(situation: str, entry: str, ask: Ask) -> None:
    outcome = ask(f"checklist {situation}")
    assert entry in [match.id for match in outcome.matches]
    assert outcome.matches[0].kind == "checklist"


@pytest.mark.parametrize(
    ("situation", "one_of"),
    [
        ("mentoring", {"mentor-functions", "mentoring-safely"}),
        ("mentorat", {"mentor-functions", "mentoring-safely"}),
        ("bystander", {"bystander-steps", "five-ds", "bystander-ladder"}),
    ],
)
def test_a_situation_with_several_checklists_leads_to_one_of_them(
    situation: str, one_of: set[str], ask: Ask
) -> None:
    assert {match.id for match in ask(f"checklist {situation}").matches} & one_of
