"""The HTML of messages, whatever is in it: read as text, whole, and in no time."""

from html import escape
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.markup import own_words

SOON_SECONDS = 0.2
SIGNS = "<>&;/!-=\"'` \n\u00a0a"
TAGS = "p br div code codeblock pre blockquote at span emoji script".split()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_escaped_comes_back_word_for_word(text: str):
    assert own_words(f"<div><p>{escape(text)}</p></div>").split() == text.split()


@given(
    st.lists(st.sampled_from([*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "x"]))
)
def test_tags_in_any_order_are_read(pieces: list[str]):
    words = own_words("".join(pieces))
    assert "<" not in words
    assert words.count("x") <= pieces.count("x")


@given(st.text(SIGNS, max_size=60))
def test_odd_signs_are_read(html: str):
    assert isinstance(own_words(html), str)


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<p>", "<blockquote>", "<code>", "&amp;", "<!--", "a"]
)
def test_a_long_message_is_read_soon(piece: str):
    started = perf_counter()
    own_words(piece * (200_000 // len(piece)))
    assert perf_counter() - started < SOON_SECONDS


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<blockquote>theirs", ""),
        ("mine</blockquote></blockquote> as well", "mine\nas well"),
        ("<code>guys", "`guys"),
        ("</code>mine", "mine"),
        ("<pre>a  b\n c</pre>d", "```\na  b\n c\n```\nd"),
        ('<at id="0">Mary  Ann</at> and <at>Bob</at>', "@Mary\u00a0Ann and @Bob"),
    ],
)
def test_what_is_open_or_closed_only_once_loses_nothing_of_theirs(html: str, words: str):
    assert own_words(html) == words
