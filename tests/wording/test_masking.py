"""What is not its author's own words is not looked at; everything else is."""

import pytest

from tests.wording.making import GUYS, found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("run `guys` again", id="code"),
        pytest.param("run ``a ` guys`` again", id="code with a backtick in it"),
        pytest.param("```\nfor guys in team:\n    pass\n```", id="block of code"),
        pytest.param("```python\nguys = 3```", id="block with a language"),
        pytest.param("see ```\nguys\n", id="block that has no end"),
        pytest.param("> thanks guys\nfine with me", id="quoted line"),
        pytest.param("&gt; thanks guys\nfine with me", id="quoted line, escaped"),
        pytest.param("  > > thanks guys", id="line quoted twice"),
        pytest.param("see\n>>> thanks\nyou guys\n\nmore guys", id="all that follows is quoted"),
        pytest.param("&gt;&gt;&gt; thanks\nyou guys", id="all that follows, escaped"),
        pytest.param('he said "thanks guys" to us', id="straight quotes"),
        pytest.param("he said “thanks guys” to us", id="curly quotes"),
        pytest.param("he said „thanks guys“ to us", id="low quotes"),
        pytest.param("he said « thanks guys » to us", id="guillemets"),
        pytest.param("he said «thanks guys» to us", id="guillemets without spaces"),
        pytest.param("he said ‹thanks guys› to us", id="single guillemets"),
        pytest.param("he said << thanks guys >> to us", id="guillemets as typed"),
        pytest.param("he wrote “thanks\n\nyou guys” to us", id="curly quotes over paragraphs"),
        pytest.param("he said 'thanks guys' to us", id="single quotes"),
        pytest.param("he said ‘thanks guys’ to us", id="single curly quotes"),
        pytest.param("he said 'don't worry guys' to us", id="apostrophe within single quotes"),
        pytest.param("he said « the “boss” was with the guys » to us", id="quotes within quotes"),
        pytest.param('he said "thanks\nguys" to us', id="quotes over a line"),
        pytest.param("https://example.com/guys?x=guys", id="address of a page"),
        pytest.param("www.guys.example/guys", id="address without a scheme"),
        pytest.param("it is on guys.com now", id="bare domain"),
        pytest.param("it is on example.org/the/guys now", id="bare domain with a path"),
        pytest.param("<https://example.com|the guys>", id="link with a label"),
        pytest.param("<mailto:guys@example.com|guys>", id="mail with a label"),
        pytest.param("write to guys@example.com", id="address of a person"),
        pytest.param("write to the.guys+x@example.com", id="address with a plus"),
        pytest.param("it is in ~/team/guys/notes", id="path"),
        pytest.param("it is in /srv/guys", id="path from the root"),
        pytest.param("it is in ~/guys", id="short path"),
        pytest.param("run ./guys again", id="program"),
        pytest.param("review fix/guys-page please", id="branch"),
        pytest.param("if guys.length is 0", id="property"),
        pytest.param("call team.guys() first", id="call"),
        pytest.param("echo $guys", id="variable"),
        pytest.param("try --count-guys", id="option"),
        pytest.param(r"it is in C:\team\guys", id="path with backslashes"),
        pytest.param("open guys.txt", id="file"),
        pytest.param("open the-guys.docx", id="file with a hyphen"),
        pytest.param("nice :guys: work", id="emoji code"),
        pytest.param("ask @guys", id="mention"),
        pytest.param("ask <@U123|guys>", id="mention with a label"),
        pytest.param("ask <!subteam^S1|@guys>", id="mention of a group"),
        pytest.param("see #guys", id="channel"),
        pytest.param("see <#C123|guys>", id="channel with a label"),
    ],
)
def test_what_is_not_ones_own_is_not_looked_at(text: str) -> None:
    assert found(GUYS, text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("don't forget, guys, it's Friday", id="apostrophes"),
        pytest.param("don’t forget, guys, it’s Friday", id="curly apostrophes"),
        pytest.param("the nurses' lounge, guys, is the doctors' now", id="possessives"),
        pytest.param("I'm here 'til the guys finish the nurses' round", id="'til is no quote"),
        pytest.param("tell 'em the guys have the nurses' keys", id="'em is no quote"),
        pytest.param("rock 'n' roll, guys", id="'n' is no quote"),
        pytest.param("music of the '90s for the guys in the nurses' lounge", id="'90s is no quote"),
        pytest.param('a 5" pipe for the guys and a 6" one', id="inches"),
        pytest.param('he said "thanks, guys', id="straight quote without an end"),
        pytest.param("he said “thanks, guys", id="curly quote without an end"),
        pytest.param("he said « thanks guys", id="guillemet without an end"),
        pytest.param("run `make guys", id="backtick without an end"),
        pytest.param("run `make\nguys` now", id="backtick on another line"),
        pytest.param('"thanks\n\nguys"', id="a quotation has no empty line"),
        pytest.param(f'"thanks {"x " * 400}guys "', id="a quotation has a length"),
        pytest.param('"hello" guys "hello"', id="between two quotations"),
        pytest.param("`x` guys `y`", id="between two pieces of code"),
        pytest.param("```x``` guys", id="after a block"),
        pytest.param("> a quote\nthanks guys", id="below a quoted line"),
        pytest.param("5 > 4 guys", id="greater than"),
        pytest.param("at 10:30 guys: come", id="a time is no emoji"),
        pytest.param("and/or guys", id="a stroke is no path"),
        pytest.param("we are late --guys, sorry", id="a dash is no option"),
        pytest.param("it was $20, guys", id="an amount"),
        pytest.param("x << 2 guys", id="guillemets as typed without an end"),
        pytest.param("come guys.Then we go", id="a full stop without a space"),
        pytest.param("_guys_", id="set off by underscores"),
        pytest.param("*guys*", id="set off by stars"),
        pytest.param("~guys~", id="struck out"),
        pytest.param("**guys**!", id="set off by two stars"),
        pytest.param("(guys)", id="in brackets"),
        pytest.param("hey-guys", id="with a hyphen"),
        pytest.param("guys😀", id="before an emoji"),
        pytest.param("hey\u00a0guys", id="after a space that does not break"),
    ],
)
def test_what_is_ones_own_is(text: str) -> None:
    assert found(GUYS, text) == ["guys"]


@pytest.mark.parametrize("text", ["guys_channel", "the_guys", "guysville", "disguys", "guys2"])
def test_a_longer_word_is_another_one(text: str) -> None:
    assert found(GUYS, text) == []
