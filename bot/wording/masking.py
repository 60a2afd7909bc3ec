"""What of a text is not its author's own words: code, addresses, mentions, quotations.

Everything is found in one pass: what has no end is no beginning, and is known to have none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

Range = tuple[int, int]
"""Offsets in code points, the end exclusive."""

# Whatever has its own end in sight, or none to look for.
_PLAIN = re.compile(
    r"""
      ^[ \t]*+(?:>>>|(?:&gt;){3})[\s\S]*               # all that follows is somebody else's
    | ^[ \t]*+(?:>|&gt;)[^\n]*                         # a line that is
    | <(?:[@#!][^<>\n]{1,200}|(?:https?|mailto):[^<>\s|]{1,2000}+(?:\|[^<>\n]{0,500}+)?)>
    | \b(?:https?://|www\.)[^\s<>"»”]+                 # addresses of pages
    | (?<![\w.@-])(?:[\w-]{1,63}\.){1,4}(?-i:com|org|net|ca|fr|io|edu|gov|info|app|dev)
      (?:/[^\s<>"»”]*|(?![\w-]))
    | (?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4} # of people
    | (?<![\w/])(?:~|\.{1,2})?(?:/[\w.@+-]{1,100}){2,20}/? # paths
    | (?<![\w/.])(?:~|\.{1,2})/[\w.@+-]{1,100}
    | \b(?:feature|feat|fix|bugfix|hotfix|release|chore|docs|refs|origin|src|lib|tests?|bin)
      (?:/[\w.@+-]{1,100}){1,20}                       # and branches
    | (?<![\w.])[\w.]{1,100}\(\)                       # calls, properties
    | \b\w{1,60}\.(?:length|map|filter|forEach|push|append|keys|values|items)\b
    | \$[a-z_]\w{0,60}                                 # variables, options
    | (?<!\S)--[a-z]{1,30}(?:-[a-z]{1,30}){1,9}(?![\w-])
    | (?<!\w)(?:[A-Za-z]:|\\\\\w)[\w.$-]{0,60}\\[^\s"]{1,300}
    | (?<![\w-])[\w-]{1,60}\.(?:py|js|ts|sh|md|txt|csv|ya?ml|json|html?|pdf|docx?|xlsx?|pptx?|sql
      |ini|cfg|log|png|jpe?g)\b
    | (?<![\w:]):[a-z0-9_+'-]{1,60}:(?![\w:])          # :emoji:
    | (?<![\w@])@[\w.\u00a0-]{1,80}                    # mentions; hard spaces hold a name together
    | (?<![\w#])\#[\w-]{1,80}                          # channels and tags
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
_HINT = re.compile(r"[>&/\\:@#$]|\.\w|\(\)|--")
"""Without one of these there is nothing of the kind."""
# What begins something that has to end: longest first. 'til, 'em and '90s begin nothing.
_OPENING = re.compile(
    r"```|``|`|(?<!\w)\"|“|„|«|‹|<<"
    r"|(?<!\w)['‘](?=\w)(?!(?:till?|cause|cuz|em|bout|n|tis|twas|round|\d0s)\b)",
    re.IGNORECASE,
)
_SINGLE_END = re.compile(r"(?<=[^\s'’])['’](?![\w'’])")
_CLOSING = {"“": ["”"], "„": ["“", "”"], "«": ["»"], "‹": ["›"], "<<": [">>"], '"': ['"']}
_LONGEST_QUOTE = 600
"""Characters; a mark that has its partner further away is no quotation mark."""


def masked(text: str) -> list[Range]:
    """The ranges that nothing is to be found in, in order, without overlaps."""
    found: list[Range] = []
    end = 0
    for start, stop in sorted((*_plain(text), *_enclosed(text))):
        if stop <= end:
            continue
        if found and start <= end:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
        end = stop
    return found


def _plain(text: str) -> Iterator[Range]:
    if _HINT.search(text):
        for found in _PLAIN.finditer(text):
            yield found.span()


def _enclosed(text: str) -> Iterator[Range]:
    """Code between backticks and words between quotation marks."""
    place = 0
    singles: list[int] | None = None
    while opening := _OPENING.search(text, place):
        mark, place = opening[0], opening.end()
        if mark in "'‘":
            if singles is None:
                singles = [found.end() for found in _SINGLE_END.finditer(text)]
            stop = _single_end(text, place, singles)
        elif "`" in mark:
            stop = _code_end(text, mark, place)
        else:
            stop = _quote_end(text, mark, place)
        if stop is not None:
            yield opening.start(), stop
            place = stop


def _code_end(text: str, mark: str, start: int) -> int | None:
    """Where code ends; only a block may go over several lines."""
    stop = text.find(mark, start)
    if stop < 0:
        return len(text) if mark == "```" else None
    if mark != "```" and "\n" in text[start:stop]:
        return None
    return stop + len(mark)


def _quote_end(text: str, mark: str, start: int) -> int | None:
    limit = start + _LONGEST_QUOTE
    closing = _CLOSING[mark]
    ends = [place for close in closing if (place := text.find(close, start, limit)) >= 0]
    if not ends or (closing == [mark] and "\n\n" in text[start : min(ends)]):
        return None
    return min(ends) + len(closing[0])


def _single_end(text: str, start: int, ends: list[int]) -> int | None:
    """The next single mark that may end a quotation; an apostrophe within a word never does."""
    place = bisect_right(ends, start)
    if place == len(ends) or ends[place] - start > _LONGEST_QUOTE:
        return None
    return None if "\n" in text[start : ends[place]] else ends[place]
