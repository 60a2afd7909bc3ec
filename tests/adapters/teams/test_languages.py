"""The language of an answer: of the words where they tell, else of the person's own Teams."""

from typing import Any

import pytest

from bot.knowledge import Knowledge
from tests.adapters.teams.judging import heading, words
from tests.adapters.teams.people import Kind, Person
from tests.adapters.teams.seeing import is_french, seen
from tests.adapters.teams.serving import Bot

KINDS: list[Kind] = ["personal", "channel", "groupChat"]
IMAGE = {"contentType": "image/png", "contentUrl": "https://smba.trafficmanager.net/image"}
LOCALES = {
    "fr-FR": True,
    "fr-CA": True,
    "fr": True,
    "FR-ca": True,
    "fr_CA": True,
    "en-US": False,
    "en-CA": False,
    "de-DE": False,
    "xx-YY": False,
    "frisian": False,
    "-": False,
    "": False,
}
COMMON = {locale: LOCALES[locale] for locale in ("fr-FR", "fr-CA", "en-US", "xx-YY", "")}
SILENT = {"a word": "manel", "emoji": "🙂", "a mention alone": "", "an unknown word": "zzqqx"}
"""What is said, where the words do not tell the language."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", SILENT.values(), ids=list(SILENT))
@pytest.mark.parametrize(("locale", "french"), COMMON.items())
async def test_where_the_words_do_not_tell_the_locale_does(
    bot: Bot, locale: str, french: bool, said: str, kind: Kind
):
    person = Person(bot, kind, locale=locale)
    (call,) = await person.says(said)
    assert is_french(call.card) is french


@pytest.mark.parametrize("locale", [None, 5, ["fr"], {"fr": 1}, True], ids=str)
async def test_no_locale_means_english(person: Person, locale: Any):
    (call,) = await person.after(person.message("manel", locale=locale, entities=[]))
    assert not is_french(call.card)
    entities = [{"type": "clientInfo", "locale": locale}, {"type": "clientInfo"}]
    (call,) = await person.after(person.message("manel", locale=None, entities=entities))
    assert not is_french(call.card)


async def test_the_locale_of_an_image_tells(person: Person):
    (call,) = await person.after(
        person.message("", text=None, attachments=[IMAGE], locale="fr-FR", entities=[])
    )
    assert is_french(call.card)


async def test_one_of_the_two_places_that_say_the_locale_is_enough(person: Person):
    client = {"type": "clientInfo", "locale": "fr-CA"}
    for more in (
        {"locale": "fr-CA", "entities": None},
        {"locale": "fr-CA", "entities": [{"type": "clientInfo"}]},
        {"locale": None, "entities": [client]},
        {"locale": None, "entities": [5, {"type": "x", "locale": "en-US"}, client]},
    ):
        (call,) = await person.after(person.message("manel", **more))
        assert is_french(call.card)


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("what is a manel?", False),
        ("define manel", False),
        ("help", False),
        ("hello", False),
        ("définir manel", True),
        ("qu'est-ce qu'un manel?", True),
        ("vérifier", True),
        ("aide", True),
        ("bonjour", True),
        ("BONJOUR", True),
        ("check", False),
    ],
)
async def test_the_words_come_before_the_locale(bot: Bot, text: str, french: bool):
    person = Person(bot, locale="en-US" if french else "fr-CA")
    (call,) = await person.says(text)
    assert is_french(call.card) is french


@pytest.mark.parametrize("text", ["hepatitis c", "plan b, then plan c"])
async def test_a_letter_is_of_no_language(bot: Bot, text: str):
    for locale, french in (("en-US", False), ("fr-CA", True)):
        assert is_french(await Person(bot, locale=locale).presses(text)) is french


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
@pytest.mark.parametrize(
    ("text", "locale", "language"),
    [("vérifier", "en-US", "fr"), ("check", "fr-CA", "en"), ("check", "en-US", "en")],
)
async def test_what_others_read_meanwhile_is_in_the_same_language(
    bot: Bot, knowledge: Knowledge, kind: Kind, text: str, locale: str, language: Any
):
    _, sent, line = await Person(bot, kind, locale=locale).says(text)
    assert seen(sent).startswith(knowledge.say("aside.origin", language))
    assert line.text == knowledge.say("aside.written", language)


async def test_each_person_has_their_own_language(bot: Bot):
    english, french = Person(bot), Person(bot, locale="fr-FR")
    for _ in range(2):
        assert not is_french((await english.says("manel"))[0].card)
        assert is_french((await french.says("manel"))[0].card)


async def test_a_press_stays_in_the_language_of_its_card(bot: Bot, knowledge: Knowledge):
    person = Person(bot, locale="en-US")
    card = await person.presses("vérifier")
    assert heading(card) == knowledge.trees["goodwin"].title.fr
    card = await person.presses("vérifier no known-expert")
    assert heading(card) == knowledge.trees["goodwin"].ends["stop"].label.fr
    assert is_french(card)
    (call,) = await person.submits("vérifier no")
    assert is_french(call.card)


async def test_a_press_without_words_that_tell_is_in_the_language_of_its_presser(bot: Bot):
    for locale, french in LOCALES.items():
        card = await Person(bot, locale=locale).presses("manel")
        assert is_french(card) is french


@pytest.mark.parametrize(("locale", "french"), LOCALES.items())
async def test_the_search_box_is_in_the_language_of_the_person(
    bot: Bot, knowledge: Knowledge, locale: str, french: bool
):
    found = await Person(bot, locale=locale).looks_up("manel")
    label = knowledge.say("label.why", "fr" if french else "en")
    assert label in words(found["attachments"][0]["content"])
