"""Every part as Block Kit: escaped once, cut where it has to be, and nothing in it is live."""

import re
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.render import BUTTONS_IN_A_ROW, MOST_SECTIONS, escape, render
from bot.messages import Bullets, Button, Heading, Link, Mention, Moment, Note, Part, Reply, Text
from tests.adapters.slack.judging import buttons, faults, heading, unescape, words

URL = "https://example.org/a?b=1&c=<2>"
SHARER, CHANNEL = "U0FAKE", "C0FAKE"
AT = datetime(2026, 3, 9, 10, tzinfo=timezone(timedelta(hours=-4)))

# A part with some text in each of its places, and what of the text has to be seen.
PARTS = [
    pytest.param(lambda text: Heading(text), 150, id="heading"),
    pytest.param(lambda text: Text(text), 3000, id="text"),
    pytest.param(lambda text: Text("x", text), 2900, id="label"),
    pytest.param(lambda text: Text(text, "x"), 2900, id="labelled text"),
    pytest.param(lambda text: Bullets((text, "x")), 2900, id="bullets"),
    pytest.param(lambda text: Bullets(("x",), text), 2900, id="label of bullets"),
    pytest.param(lambda text: Note(text), 2000, id="note"),
    pytest.param(lambda text: Mention(f"{text} {{name}}", f"slack:T1/{SHARER}"), 2900, id="byline"),
    pytest.param(lambda text: Moment(text, AT), 2900, id="moment"),
]

NASTY = [
    "<!channel> <!here> <@U1> <https://evil.test|ok> & @everyone",
    "*bold* _italic_ ~gone~ `code` ```block```",
    "> quote\n> another\n1. list\n• list",
    ":smile: :+1::skin-tone-3: :-)",
    "&lt;b&gt; &amp;amp; &nbsp; &#60;",
    "http://evil.test www.evil.test #general @here a@b.test",
    "« é ’ “ — » 🙂 👩🏽‍⚕️ \u202e right to left",
    "a|b<c|d>e",
    "<",
    "&",
    ">",
]


def of(*parts: Part) -> dict:
    return render(Reply(parts))


def judge(message: dict) -> None:
    assert faults(message, {URL}, {SHARER, CHANNEL}) == []


@pytest.mark.parametrize(("part", "room"), PARTS)
@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_shown_as_it_is_and_nothing_in_it_is_live(part, room: int, text: str):
    message = of(part(text))
    judge(message)
    assert text in words(message)


@pytest.mark.parametrize("text", [text for text in NASTY if "|" not in text])
def test_the_words_of_a_link_are_words(text: str):
    message = of(Link(text, URL))
    judge(message)
    assert text in words(message)


@pytest.mark.parametrize("text", NASTY)
def test_the_label_of_a_button_is_words(text: str):
    message = of(Button(text[:70], "define manel"))
    judge(message)
    (label,) = buttons(message).values()
    assert unescape(label).rstrip("…") in text


def test_a_link_has_one_bar_between_its_address_and_its_words():
    message = of(Link("a|https://evil.test", URL))
    judge(message)
    assert message["blocks"][0]["text"]["text"].count("|") == 1


def test_marks_of_the_knowledge_base_are_no_markup():
    """Slack makes text bold or struck between marks; a mark in zero-width spaces marks nothing."""
    for mark in "*_~`":
        (block,) = of(Note(f"a {mark}b{mark} c"))["blocks"]
        assert not re.search(rf"{re.escape(mark)}b{re.escape(mark)}", block["elements"][0]["text"])


@pytest.mark.parametrize(("part", "room"), PARTS)
@pytest.mark.parametrize("letter", ["x", "é", "🙂", "&", "<", ">", "*", " x", "\u200b"])
def test_what_is_too_long_is_cut_between_characters(part, room: int, letter: str):
    judge(of(part(letter * 13_000)))


@pytest.mark.parametrize(("part", "room"), PARTS)
def test_what_fits_is_not_cut(part, room: int):
    text = "x" * room
    assert text in words(of(part(text)))


def test_a_long_text_is_shown_whole_in_several_sections():
    text = "\n".join(f"{number}: a line of *some* words & more" for number in range(120))[:4100]
    message = of(Text(text, "Ready"))
    judge(message)
    assert len(message["blocks"]) == 2
    assert words(message) == f"*Ready*\n{text}"


def test_a_text_without_lines_is_split_between_words():
    text = " ".join(f"word{number}" for number in range(450))
    message = of(Text(text))
    judge(message)
    assert words(message).split() == text.split()


def test_a_text_without_words_is_split_anywhere():
    text = "".join(chr(0x4E00 + number) for number in range(4000))
    assert words(of(Text(text))).replace("\n", "") == text


def test_a_label_that_leaves_no_room_stands_above():
    message = of(Text("x" * 2995, "A label"))
    judge(message)
    assert words(message) == "*A label*\n" + "x" * 2995


LONG_TEXT = st.text("ab \n&*:🙂", min_size=2500, max_size=4100)


@settings(max_examples=100, deadline=None)
@given(LONG_TEXT, st.just("") | st.just("Label"))
def test_nothing_but_a_space_is_lost_between_sections(text: str, label: str):
    message = of(Text(text, label))
    judge(message)
    seen = words(message).removeprefix("*Label*\n" if label else "")
    if len(message["blocks"]) < MOST_SECTIONS:  # else it may have been cut
        assert "".join(seen.split()) == "".join(text.split())
        assert seen.count("\n") >= text.count("\n")


@pytest.mark.parametrize("before", range(8))
@pytest.mark.parametrize("sign", ["&", "<", ">"])
def test_no_entity_is_cut_in_two(before: int, sign: str):
    for limit in range(20, 40):
        text = escape("x" * before + sign * 20, limit)
        assert len(text) <= limit
        assert text.endswith("…")
        assert re.fullmatch(r"x*(&(amp|lt|gt);)*…", text)


@pytest.mark.parametrize(
    ("text", "limit", "escaped"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a & b", 9, "a &amp; b"),
        ("a & b", 8, "a &amp;…"),
        ("a & b", 6, "a…"),
        ("", 3, ""),
    ],
)
def test_a_text_is_escaped_and_then_measured(text: str, limit: int, escaped: str):
    assert escape(text, limit) == escaped


def test_a_text_is_escaped_once():
    message = of(Heading("&lt;"), Text("&lt;", "&lt;"), Note("&lt;"), Button("&lt;", "x"))
    assert "&amp;amp;" not in str(message)
    assert heading(message) == "&lt;"


@pytest.mark.parametrize("number", [1, 4, 5, 6, 11, 25])
def test_buttons_stand_in_rows(number: int):
    shown = [Button(f"Press {n}", f"define {n}") for n in range(number)]
    message = of(Text("x"), *shown, Text("y"), *[Button("Last", "help")])
    judge(message)
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    assert [len(row) for row in rows] == [
        *[BUTTONS_IN_A_ROW] * (number // BUTTONS_IN_A_ROW),
        *[number % BUTTONS_IN_A_ROW] * bool(number % BUTTONS_IN_A_ROW),
        1,
    ]
    assert list(buttons(message)) == [*(button.command for button in shown), "help"]


def test_a_command_is_carried_by_a_button_as_it_is():
    command = "define <manel> & “co” é"
    assert list(buttons(of(Button("x", command)))) == [command]


def test_a_byline_calls_the_sharer_and_nobody_else():
    message = of(Text("x"), Mention("Shared by {name} <@U1>", f"slack:T1/{SHARER}"))
    judge(message)
    assert f"<@{SHARER}>" in message["blocks"][1]["elements"][0]["text"]


@pytest.mark.parametrize(
    ("key", "live"),
    [
        (f"slack:T1/{SHARER}", f"<@{SHARER}>"),
        ("slack:T1/W0FAKE", "<@W0FAKE>"),
        (f"slack:T1/{CHANNEL}", f"<#{CHANNEL}>"),
        ("slack:T1/G0FAKE", "<#G0FAKE>"),
    ],
)
def test_people_and_channels_are_named_as_slack_does(key: str, live: str):
    message = of(Mention("It is {name} & <co>", key, "somebody"))
    assert faults(message, (), {key.rpartition("/")[2]}) == []
    said = f"It is {live} &amp; &lt;co&gt;"
    assert message["blocks"][0]["elements"][0]["text"] == said
    assert message["text"] == said


def test_who_has_no_key_has_no_name():
    message = of(Mention("Set up by {name}", "", "a <colleague>"))
    judge(message)
    assert words(message) == unescape(message["text"]) == "Set up by a <colleague>"


def test_the_key_of_somebody_named_is_only_words_elsewhere():
    key = f"slack:T1/{SHARER}"
    message = of(Text(f"{key} <@{SHARER}>"), Mention("By {name}", key))
    judge(message)
    assert message["text"] == f"{key} &lt;@{SHARER}&gt;\nBy <@{SHARER}>"


def test_an_instant_is_shown_on_the_clock_of_each_reader():
    message = of(Moment("Monday, 9 March 2026, 10:00 (New York) <b>", AT))
    judge(message)
    assert message["blocks"][0]["text"]["text"] == (
        "Monday, 9 March 2026, 10:00 (New York) &lt;b&gt; · "
        "<!date^1773064800^{date_short_pretty} {time}|2026-03-09 14:00 UTC>"
    )
    assert unescape(message["text"]) == "Monday, 9 March 2026, 10:00 (New York) <b>"


@pytest.mark.parametrize(
    "live",
    [
        "<!date^1773064800^{date_short_pretty} {time}>",
        "<!date^1773064800^{date_short_pretty} {time}^https://evil.test|x>",
        "<!date^soon^{date_short_pretty} {time}|x>",
        "<!here|2026-03-09 14:00 UTC>",
        "<#C0ELSE>",
        "<@U0ELSE>",
    ],
)
def test_nothing_else_that_is_live_gets_past_the_judge(live: str):
    message = of(Note("x"))
    message["blocks"][0]["elements"][0]["text"] = live
    assert faults(message, {URL}, {SHARER, CHANNEL}) != []


def test_no_name_is_cut_in_two():
    for before in range(3880, 3910):
        text = of(Text("x" * before), Mention("{name}", f"slack:T1/{SHARER}"))["text"]
        assert len(text) <= 3900
        assert re.fullmatch(rf"x+(\n<@{SHARER}>|…)", text)


def test_the_text_beside_the_blocks_says_all_of_it():
    reply = Reply(
        (
            Heading("Manel"),
            Text("Men only.", "What"),
            Bullets(("one", "two"), "List"),
            Note("Source"),
            Link("Read", URL),
            Button("More", "define more"),
        )
    )
    text = unescape(render(reply)["text"])
    for said in ("Manel", "What", "Men only.", "List", "one", "two", "Source", "Read", URL, "More"):
        assert said in text


def test_the_text_beside_the_blocks_is_cut_too():
    message = of(*(Text("&" * 2500) for _ in range(4)))
    assert len(message["text"]) <= 4000
    assert re.fullmatch(r"(&amp;|\n)*…", message["text"])


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
ANY_PART = st.one_of(
    st.builds(Heading, ANY_TEXT),
    st.builds(Text, ANY_TEXT, st.just("") | ANY_TEXT),
    st.builds(Bullets, st.lists(ANY_TEXT, min_size=1, max_size=4).map(tuple), ANY_TEXT),
    st.builds(Note, ANY_TEXT),
    st.builds(Link, ANY_TEXT, st.just(URL)),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ANY_PART, min_size=1, max_size=8))
def test_whatever_is_said_is_a_message_that_slack_takes(parts: list[Part]):
    judge(of(*parts))


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT.filter(lambda text: "\u200b" not in text))
def test_no_character_is_lost(text: str):
    for part in (Text(text), Text("x", text), Note(text), Bullets((text,))):
        assert text in words(of(part))
