"""A text with kinder words in it: capitals, number and the words around them kept right."""

import re
from collections.abc import Sequence

from bot.wording.findings import Finding

_WORD_AFTER = re.compile(
    r"(['’]|[ \t]+(?:(?:also|always|often|never|still|just|usually|really|only|sometimes|already)\b"
    r"[ \t]+)?)([^\W\d_]+)(?=[ \t]+(been|got|had|gone)\b)?",
    re.I,
)
_VERB_BEFORE = re.compile(r"\b(is|was|has|does)(n['’]t)?([ \t]+)$", re.I)
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.I)
_SOUNDS_LIKE_A_VOWEL = re.compile(
    r"(?!uni(?!m|n)|us[aeiu]|eu|one\b|once\b)[aeiou]|hour|hono|hones|heir", re.I
)
_FRENCH_VOWEL = re.compile(r"[aeiouâàéèêëîïôûù]|h(?=omm|onn|umain|abit)", re.I)
_ELIDED = re.compile(r"\b(d|s|qu|lorsqu|puisqu|jusqu)['’]$", re.I)
_ELIDED_ARTICLE = re.compile(r"\bl['’]$", re.I)
_WITH_ARTICLE = re.compile(r"(?:la|le|les)\s", re.I)
_ELIDING = re.compile(r"\b(d|qu|lorsqu|puisqu|jusqu)e\s+$", re.I)
_DOUBLED = re.compile(
    r"\s*(?:[/,]|\b(?:and|or|nor|et|ou|ni)\b)\s*(?:(?:the|your|les|vos)\s+)?", re.I
)
_WHOLE = {"s": "si"}
_THEY = frozenset(("they", "them", "their", "theirs", "themselves", "themself"))
_SINGULAR = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.I)
_SECOND_VERB = re.compile(
    r"[^.!?\n]{0,200}?\b(?:and|or|but)[ \t]+(?:then[ \t]+)?[a-z]{2,}[^s\W]s\b", re.I
)
_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn": "aren",
    "wasn": "weren",
    "hasn": "haven",
    "doesn": "don",
}
_UNCHANGED = frozenset(
    """always sometimes perhaps yes this thus plus minus less unless afterwards besides as us its
    his hers theirs ours yours""".split()
)


def rewritten(text: str, found: Sequence[Finding]) -> str:
    """The text with the first alternative of each finding; the findings are in order.

    Pronouns stay as they are where they cannot all be changed: half of them reads worse than none.
    """
    parts: list[str] = []
    place = 0
    last, ended = "", 0
    for finding in found if _agree(text, found) else _without_pronouns(found):
        before = text[place : finding.start]
        instead = fitted(finding)[0]
        place = finding.end
        doubled = instead.lower() == last and _DOUBLED.fullmatch(text, ended, finding.start)
        last, ended = instead.lower(), finding.end
        if doubled:  # "your wife or girlfriend" becomes "your partner"
            continue
        after = ""
        if finding.language == "fr":
            if article := _WITH_ARTICLE.match(instead) and _ELIDED_ARTICLE.search(before):
                before = before[: article.start()]  # "l'homme" becomes "la personne"
                instead = _like(article[0], instead)
            before = _with_elision(before, instead)
        elif instead.lower() != "they":
            before = _with_article(before, instead)
        elif verb := _VERB_BEFORE.search(before):  # "is he", of a question
            before = before[: verb.start()] + _plural(verb[1]) + (verb[2] or "") + verb[3]
        else:
            after, place = _with_verb(text, place)
        parts += [before, instead, after]
    return "".join((*parts, text[place:]))


def _agree(text: str, found: Sequence[Finding]) -> bool:
    """Whether no pronoun and no second verb would be left in the singular."""
    pronouns = {(one.start, one.end) for one in found if _is_pronoun(one)}
    return not pronouns or (
        all(word.span() in pronouns for word in _SINGULAR.finditer(text))
        and not any(_SECOND_VERB.match(text, end) for _, end in pronouns)
    )


def _without_pronouns(found: Sequence[Finding]) -> Sequence[Finding]:
    return [one for one in found if not _is_pronoun(one)]


def _is_pronoun(finding: Finding) -> bool:
    return finding.language == "en" and finding.instead[0].lower() in _THEY


def fitted(finding: Finding) -> tuple[str, ...]:
    """The alternatives with the capitals of what was written."""
    return tuple(_like(finding.text, instead) for instead in finding.instead)


def _like(written: str, instead: str) -> str:
    letters = [char for char in written if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return instead.upper()
    if letters and letters[0].isupper():
        return instead[:1].upper() + instead[1:]
    return instead


def _with_article(before: str, instead: str) -> str:
    """ "an ombudsman" becomes "a …" where what comes now sounds so."""
    article = _ARTICLE.search(before)
    if article is None:
        return before
    fitting = "an" if _SOUNDS_LIKE_A_VOWEL.match(instead) else "a"
    if len(instead) > 1 and instead.isupper():
        fitting = fitting.upper()
    elif article[1][0].isupper():
        fitting = fitting.capitalize()
    return before[: article.start()] + fitting + article[2]


def _with_elision(before: str, instead: str) -> str:
    """ "s'il" becomes "si cette personne", "de gens" "d'êtres humains": by what comes now."""
    vowel = _FRENCH_VOWEL.match(instead)
    if not vowel and (short := _ELIDED.search(before)):
        whole = _WHOLE.get(short[1].lower(), short[1] + "e")
        return before[: short.start()] + _like(short[1], whole) + " "
    if vowel and (whole_word := _ELIDING.search(before)):
        return before[: whole_word.start()] + whole_word[1] + "'"
    return before


def _with_verb(text: str, place: int) -> tuple[str, int]:
    """What follows "they" instead of "he": "is late" becomes "are late"; and where it ends."""
    word = _WORD_AFTER.match(text, place)
    if word is None:
        return "", place
    between, verb, participle = word.groups()
    if between not in "'’":
        return between + _plural(verb), word.end()
    if verb.lower() != "s":
        return word[0], word.end()
    short = "ve" if participle else "re"
    return between + (short.upper() if verb.isupper() else short), word.end()


def _plural(verb: str) -> str:
    """A verb as it follows "they"."""
    small = verb.lower()
    if small in _UNCHANGED:
        return verb
    if small in _VERBS:
        return _like(verb, _VERBS[small])
    if len(small) < 4 or not small.endswith("s") or small.endswith("ss"):
        return verb
    if len(small) > 4 and small.endswith("ies"):
        return verb[:-3] + _like(verb, "y")[-1]
    return verb[:-2] if re.search(r"(ss|sh|ch|x|zz|[^s]o)es$", small) else verb[:-1]
