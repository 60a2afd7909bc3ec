"""Text as it is compared: no capitals, no accents, no punctuation."""

import re
import unicodedata

_SPELLED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})
_PLUS = re.compile(r"(?<=\w)\+")
_BREAK = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Lower-case words with single spaces: "L'Équité, GBA+" becomes "l equite gba plus"."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_SPELLED)
    if not text.isascii():
        text = "".join(char for char in text if not unicodedata.combining(char))
    return _BREAK.sub(" ", _PLUS.sub(" plus", text)).strip()
