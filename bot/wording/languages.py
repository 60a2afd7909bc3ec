"""Which of the two languages a stretch of words is in, as far as its small words tell."""

from collections.abc import Sequence

from bot.messages import LANGUAGES, Language

_SMALL: dict[Language, frozenset[str]] = {
    "en": frozenset(
        """the and is are was were be been to of we you he she they it for in with that this these
        those have has had not do does did can could will would should my your our his her their
        what when where who how there here from by at as if but or so all more need please thanks
        hello hi hey just get got any some every each good great i'm don't let us them him me i an
        about into out up down over new day week team who's it's re s ll ve
        a d on am son plus no not was said call like such than then too very also because before
        after while only again someone anyone everyone which keep stop why each both every either
        neither nobody nothing something anything everything somebody anybody everybody whoever
        whichever whatever
        whenever whether until unless because since though although though during under between
        without within against whose own""".split()
    ),
    "fr": frozenset(
        """le la les des et est sont de du un une pour dans que qui nous vous je tu il elle ils
        elles au aux sur pas ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos
        leur leurs avec sans mais ou où donc ne se plus très bien merci bonjour salut être avoir
        fait faut peut doit était a ont ai d l j c qu n s on y en par chez tout tous toute toutes si
        comme quand""".split()
    ),
}
_TOO_SHORT = frozenset("c d j l n s y".split())
"""Both languages have them: "plan C", "guys n gals"."""

SMALL_WORDS = _SMALL["en"] | _SMALL["fr"]

CALENDAR = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays january february april june july august september october
    november december""".split()
)
"""They have a capital and are no names; March and May may be."""

NO_NAMES = (
    SMALL_WORDS
    | CALENDAR
    | frozenset(
        """ask tell call send give bring take make put see look read write email text page book
        check find remind remember meet join show share help use try hire invite welcome thank sorry
        got get give go come let looking seeking hiring wanted need needs dear attention reminder
        note update urgent today tomorrow yesterday tonight last next first second new old yes yeah
        nope ok okay well oh ah wow hmm fyi also another other many most few several such two three
        four five six then our
        demande demandez appelle appelez écris écrivez envoie envoyez prends prenez regarde regardez
        lis lisez vois voyez trouve trouvez rappel rappelle rappelez merci svp attention urgent hier
        demain aujourd oui non ok nouveau nouvelle dernier dernière prochain prochaine premier
        première chaque plusieurs quelques deux trois quatre cinq six notre""".split()
    )
)
"""Words that often begin a sentence, and with a capital are no names yet."""


_OWN: dict[Language, frozenset[str]] = {
    "en": _SMALL["en"] - _SMALL["fr"] - _TOO_SHORT,
    "fr": _SMALL["fr"] - _SMALL["en"] - _TOO_SHORT,
}
"""The small words that only one of them has."""


def spoken(words: Sequence[str]) -> Language | None:
    """The language of some words; None where they don't tell."""
    english, french = (sum(map(_OWN[language].__contains__, words)) for language in LANGUAGES)
    if english == french:
        return None
    return "en" if english > french else "fr"
