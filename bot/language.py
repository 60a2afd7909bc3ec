"""Which language to answer in: what can be told from a text and from a locale."""

from typing import Literal

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")

# Words that nobody writes in the other language, and that are in most sentences of their own.
_ENGLISH = frozenset(
    """a about after all am an and any anyone are be because been being but by can could did do does
    doing don for from get gets getting give got had has have he her him his how i if in is isn it
    its just keep keeps like made make mean means meaning meant my no not of off on or our out
    please said says she should so some somebody someone something that the their them there these
    they thing this those to told up was we were what when where which while who whose why will with
    without word would you your""".split()
)
_FRENCH = frozenset(
    """ai au aux avec avoir ca ce ceci cela ces cet cette chez comment d dans de des dire dit donc
    du elle elles en encore entre est et etait etre eu eux faire fait faut il ils je juste l la le
    les leur leurs lui m ma mais meme mes moi mon n ne nos notre nous ou par parce pas pendant
    personne peut plus pour pourquoi pouvez qu quand que quel quelle quelles quelqu quelque quels
    qui quoi s sa sans se ses si signifie son sont sur t ta tes toi ton toujours tous tout toute
    toutes tres tu un une vas veut vos votre vous y""".split()
)
# "on", "me", "or", "a" and the like are words of both.
_ONLY_ENGLISH = _ENGLISH - _FRENCH - {"a", "an", "on", "or", "me", "don", "no", "s", "t", "i"}
_ONLY_FRENCH = _FRENCH - _ENGLISH - {"s", "t", "m", "d", "y", "n", "il", "en", "ne", "son", "sur"}


def of_words(words: list[str]) -> Language | None:
    """The language of folded words (no accents, no capitals), or None where they do not tell."""
    english = sum(word in _ONLY_ENGLISH for word in words)
    french = sum(word in _ONLY_FRENCH for word in words)
    if english == french:
        return None
    most, least = max(english, french), min(english, french)
    if least and most < 2 * least + 1:
        return None
    return "en" if english > french else "fr"


def of_locale(locale: str) -> Language | None:
    """The language of a locale such as "fr-CA", or None where it is not one of ours."""
    match locale.replace("_", "-").partition("-")[0].lower():
        case "en":
            return "en"
        case "fr":
            return "fr"
    return None
