"""Every part as an Adaptive Card: literal, cut where it has to be, and nothing in it is live."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.teams.render import MOST_ACTIONS, card, cut, fitting, render, summary
from bot.messages import Bullets, Button, Heading, Link, Mention, Note, Part, Reply, Text
from tests.adapters.teams.judging import buttons, faults, heading, opened, words
from tests.conftest import Walked

URL = "https://example.org/a?b=1&c=2"
MOST_BYTES = 28 * 1024

# A part with some text in each of its places, but for headings and links, which know markdown.
PARTS = [
    pytest.param(lambda text: Text(text), id="text"),
    pytest.param(lambda text: Text("x", text), id="label"),
    pytest.param(lambda text: Text(text, "x"), id="labelled text"),
    pytest.param(lambda text: Bullets((text, "x")), id="bullets"),
    pytest.param(lambda text: Bullets(("x",), text), id="label of bullets"),
    pytest.param(lambda text: Note(text), id="note"),
    pytest.param(lambda text: Mention("{name}", "test:W/1", text), id="byline"),
    pytest.param(lambda text: Mention(f"{text} {{name}}", "x"), id="words of a byline"),
]

NASTY = [
    "[x](https://evil.test) ![x](https://evil.test)",
    "*b* **b** ***b*** a*b*c",
    "_i_ __i__ a_b_c",
    "~~s~~ `c` ```c```",
    "# h",
    "> q",
    "- l",
    "1. l",
    "12) l",
    "a\n- l\n- l",
    "<b>x</b> & @everyone <at>Somebody</at>",
    "<https://evil.test>",
    "&lt;b&gt; &amp;amp; &nbsp; &#60;",
    "http://evil.test www.evil.test a@b.test",
    "{{DATE(2026-01-01T00:00:00Z)}} ${evil}",
    "\\*b\\* \\[x\\](y) \\",
    "« é ’ “ — » 🙂 👩🏽‍⚕️ \u202e right to left",
    "| a | b |\n|---|---|",
    "---",
    "<",
    "*",
]


ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def of(*parts: Part) -> dict[str, Any]:
    return render(Reply(parts))


def shown(message: dict[str, Any]) -> dict[str, Any]:
    """The card of a message."""
    return dict(message["attachments"][0]["content"])


def judge(message: dict[str, Any]) -> None:
    assert faults(message, {URL}) == []


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_shown_as_it_is_and_nothing_in_it_is_live(part: Any, text: str):
    message = of(part(text))
    judge(message)
    assert text in words(shown(message))


@pytest.mark.parametrize("part", PARTS)
def test_only_a_heading_a_link_and_a_name_know_markup_at_all(part: Any):
    kinds = {element["type"] for element in shown(of(part("*b*")))["body"]}
    assert kinds == {"RichTextBlock"}


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://evil.test)",
        "*b*",
        "`c`",
        "&lt;b&gt;",
        "{{DATE(2026-03-09)}}",
        "a_b_c",
        "_i_",
        "# h",
        "- l",
        "+ l",
        "1. l",
        "> q",
        "a < b & c",
    ],
)
def test_a_heading_is_literal_though_it_knows_markdown(text: str):
    """Phones show the backslashes (https://github.com/microsoft/AdaptiveCards/pull/7474); that is
    better than a live link, and no heading that ships needs one.
    """
    message = of(Heading(text), Text("x"))
    judge(message)
    assert heading(shown(message)) == text


def test_no_heading_that_ships_has_a_backslash(walked: list[Walked]):
    replies = [reply for _, outcome in walked for reply in _replies(outcome)]
    headings = {part.text for reply in replies for part in reply.parts if isinstance(part, Heading)}
    assert len(headings) > 100
    assert [text for text in headings if re.search(r"[*`<{\n\\]|^\d+\)", text)] == []


@pytest.mark.parametrize("text", NASTY)
def test_the_label_of_a_button_is_words(text: str):
    message = of(Text("x"), Button(text, "define manel"))
    judge(message)
    assert buttons(shown(message)) == {"define manel": text}


@pytest.mark.parametrize("command", NASTY)
def test_a_command_is_carried_by_a_button_as_it_is(command: str):
    (action,) = shown(of(Text("x"), Button("Press", command)))["actions"]
    assert (action["type"], action["verb"]) == ("Action.Execute", "press")
    assert action["data"] == {"command": command}
    fallback = {"type": "Action.Submit", "title": "Press", "data": {"command": command}}
    assert action["fallback"] == fallback


def test_a_link_leads_to_its_address_and_nowhere_else():
    for label in ("Read on", "a](https://evil.test)", "[a", "a\\", "](", "*a*", "a|b"):
        for address in (URL, "https://example.org/a_(b)"):
            card_ = shown(of(Heading("x"), Link(label, address)))
            assert opened(card_) == [address]
            assert label in words(card_)


# People who are mentioned.

SAM = "test:W/29:1SAM"
BYLINE = Mention("{name} set this up. To stop: weekly off", SAM, "a colleague")


def named(name: str, *parts: Part) -> dict[str, Any]:
    return render(Reply((Heading("Manel"), *(parts or (BYLINE,)))), {SAM: name})


@pytest.mark.parametrize(
    "name", ["Sam", "Sam Lee", "Lee, Sam (she/her)", "Zoë d’Arc", "Anne-Marie O'Neil", "吉田", "🙂"]
)
def test_who_is_known_by_name_is_linked(name: str):
    message = named(name)
    judge(message)
    (mention,) = shown(message)["msteams"]["entities"]
    assert mention == {
        "type": "mention",
        "text": f"<at>{name}</at>",
        "mentioned": {"id": "29:1SAM", "name": name},
    }
    assert f"{name} set this up. To stop: weekly off" in words(shown(message))
    for text in (message["summary"], shown(message)["fallbackText"]):
        assert f"{name} set this up." in text
        assert "<at>" not in text


MARKED_UP = [name for name in NASTY if re.search(r"[]*_~`#>&{\\|/]|^\d", name)]


@pytest.mark.parametrize("name", [*MARKED_UP, "Sam & Co", "</at>", "Sam | HR", "sam@evil.test"])
def test_a_name_with_markup_in_it_is_literal_and_not_linked(name: str):
    message = named(name)
    judge(message)
    assert "msteams" not in shown(message)
    assert f"{' '.join(name.split())} set this up" in words(shown(message))


def test_nobody_is_linked_twice_and_a_name_is_not_endless():
    message = named("Sam", BYLINE, Mention("{name} and {name}", SAM))
    judge(message)
    assert len(shown(message)["msteams"]["entities"]) == 1
    assert "Sam and Sam" in words(shown(message))
    long = named("Sam" * 2000)
    judge(long)
    assert len(words(shown(long))) < 200


@pytest.mark.parametrize("unnamed", ["", "a colleague"])
@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_nothing_of_a_key_is_ever_shown(name: str, unnamed: str):
    message = named(name, Mention("Set up by {name} here", SAM, unnamed), Mention("{name}", SAM))
    judge(message)
    assert "1SAM" not in json.dumps(message)
    assert " ".join(f"Set up by {unnamed} here".split()) in words(shown(message))


def test_an_unknown_name_is_not_that_of_somebody_else():
    message = named("Sam", Mention("By {name}", "test:other/29:1SAM", "a colleague"))
    assert "By a colleague" in words(shown(message))
    assert "msteams" not in shown(message)


@settings(max_examples=200, deadline=None)
@given(ANY_NAME, ANY_NAME)
def test_whatever_somebody_is_called_the_card_is_taken(name: str, text: str):
    message = named(name, Mention(f"{text} {{name}} {text}", SAM, "a colleague"))
    judge(message)
    assert "1SAM" not in "".join(words(shown(message)))


# What a card and a message are made of.


@pytest.mark.parametrize(
    "parts",
    [(Heading("Manel"), Text("Men only.")), (Text("x"), Button("Press", "help"))],
    ids=["heading", "button"],
)
def test_a_message_is_a_card_with_a_line_for_notifications(parts: tuple[Part, ...]):
    message = of(*parts)
    judge(message)
    assert message.keys() == {"type", "summary", "attachments"}
    assert message["type"] == "message"
    (attachment,) = message["attachments"]
    assert attachment.keys() == {"contentType", "content"}
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert attachment["content"] == card(Reply(parts))
    assert attachment["content"]["version"] == "1.5"


def test_a_card_begins_with_its_heading():
    (block, *_) = shown(of(Heading("Manel"), Text("Men only.")))["body"]
    assert (block["type"], block["style"], block["text"]) == ("TextBlock", "heading", "Manel")


def test_without_a_button_there_are_no_actions():
    assert "actions" not in shown(of(Text("x")))


@pytest.mark.parametrize("number", [1, 5, 6, 7, 30])
def test_of_many_buttons_the_first_six_are_shown(number: int):
    offered = [Button(f"Press {n}", f"define {n}") for n in range(number)]
    message = of(Text("x"), *offered, Text("y"))
    judge(message)
    commands = [button.command for button in offered]
    assert list(buttons(shown(message))) == commands[:MOST_ACTIONS]
    assert words(shown(message)) == "x\ny"


def test_everything_is_said_to_those_who_see_no_card():
    reply = Reply(
        (
            Heading("Manel"),
            Text("Men only.", "What"),
            Bullets(("one", "two"), "List"),
            Note("Source"),
            Link("Read", URL),
            Mention("By {name}", "test:W/1", "Sam"),
            Button("More", "define more"),
        )
    )
    text = card(reply)["fallbackText"]
    for said in (
        "Manel",
        "What",
        "Men only.",
        "List",
        "one",
        "Source",
        "Read",
        URL,
        "By Sam",
        "More",
    ):
        assert said in text
    line = summary(reply)
    assert line.startswith("Manel · What: Men only. · List • one • two · Source · Read")
    assert "More" not in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("text", "limit", "cut_"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a bcd", 3, "a…"), ("", 3, ""), ("abc", 1, "…")],
)
def test_what_is_too_long_is_cut_and_says_so(text: str, limit: int, cut_: str):
    assert cut(text, limit) == cut_


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("letter", ["x", "é", "🙂", " x", "\u200b", "&", '"'])
def test_a_long_text_is_cut(part: Any, letter: str):
    found = faults(of(part(letter * 3990)), {URL})
    assert [fault for fault in found if "bytes" not in fault] == []
    assert shown(of(part(letter * 13_000)))["fallbackText"].endswith("…")


@pytest.mark.parametrize("part", PARTS)
def test_what_fits_is_not_cut(part: Any):
    text = "x" * 3900
    assert text in words(shown(of(part(text))))


@pytest.mark.parametrize("letter", ["x", "é", "🙂", "\u200b", "&", '"', "\n", "\\", "x y "])
def test_a_paragraph_of_four_thousand_characters_is_whole_and_small_enough(letter: str):
    text = (f"x{letter * 4000}"[:3999] + "x").strip()
    message = of(Heading("h"), Text(text, "Ready to copy"), Button("Press", "help"))
    judge(message)
    assert text in words(shown(message))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(10, 200))
def test_what_has_to_fit_is_the_beginning_and_fits(text: str, most: int):
    found = fitting(text, most)
    assert len(json.dumps(found, ensure_ascii=False).encode()) <= most
    if found != text:
        assert found.endswith("…")
        assert text.startswith(found[:-1])


def test_a_dialog_has_buttons_that_it_knows():
    (action,) = card(Reply((Text("x"), Button("Press", "help"))), in_dialog=True)["actions"]
    assert action == {"type": "Action.Submit", "title": "Press", "data": {"command": "help"}}


def test_a_summary_is_a_line_however_long_the_reply():
    line = summary(Reply((Heading("h"), *(Text("word " * 100) for _ in range(20)))))
    assert len(line) <= 400
    assert line.endswith("…")


def test_an_empty_line_in_a_text_does_not_make_an_empty_block():
    judge(of(Text("a\n\nb"), Text("a")))


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(
    str.strip
)
ANY_PART = st.one_of(
    st.builds(Text, ANY_TEXT, st.just("") | ANY_TEXT),
    st.builds(Bullets, st.lists(ANY_TEXT, min_size=1, max_size=4).map(tuple), ANY_TEXT),
    st.builds(Note, ANY_TEXT),
    st.builds(Mention, ANY_TEXT, ANY_TEXT, ANY_TEXT),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_PART, min_size=1, max_size=8))
def test_whatever_is_said_is_a_message_that_teams_takes(parts: list[Part]):
    judge(of(Heading("Manel"), *parts))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_no_character_is_lost(text: str):
    for part in (Text(text), Text("x", text), Note(text), Bullets((text,))):
        assert text in words(shown(of(part)))


def test_every_reply_that_can_be_reached_is_a_message_that_teams_takes(
    walked: list[Walked], knowledge: Any
):
    links = {resource.url for resource in knowledge.resources.values() if resource.url}
    replies = {reply for _, outcome in walked for reply in _replies(outcome)}
    assert len(replies) > 500
    for reply in replies:
        message = render(reply)
        found = faults(message, links)
        if not isinstance(reply.parts[0], Heading):  # a note of care comes before all else
            found = [fault for fault in found if "summary does not say" not in fault]
        assert found == [], message
        assert len(json.dumps(message).encode()) < MOST_BYTES
        assert heading(shown(message)) == next(
            (part.text for part in reply.parts if isinstance(part, Heading)), ""
        )


def _replies(outcome: Any) -> list[Reply]:
    aside = outcome.aside
    shown_ = (outcome.reply, aside and aside.written, aside and aside.refused)
    return [reply for reply in (*shown_, *(offer.reply for offer in outcome.offers)) if reply]
