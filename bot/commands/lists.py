"""Checklists, and the count of a panel."""

from bot.commands.call import Call, language_note, share_button, source_note
from bot.commands.finding import find
from bot.commands.paging import asked, paged
from bot.knowledge.entries import Checklist, Item
from bot.knowledge.folding import fold
from bot.messages import Bullets, Heading, Match, Note, Outcome, Part, Reply, Text

TOKEN_SHARE = 0.15
"""Below this share a group is likeliest to be treated as tokens (Gutiérrez y Muhs et al. 2012)."""
AIM = 0.5
"""The share of women speakers that the Lancet Group aims for at its own events (2019)."""
MOST_SPEAKERS = 1000

_NUMBERS = {
    word: number
    for number, words in enumerate(
        "no zero none aucune/one un une/two deux/three trois/four quatre/five cinq/six/seven sept/"
        "eight huit/nine neuf/ten dix/eleven onze/twelve douze".split("/")
    )
    for word in words.split()
}

_BETWEEN = frozenset(
    "of out in on the our this all total is are there panel panels speaker speakers panelist "
    "panelists people woman women has have with sur de d du la le les notre ce parmi total tout en "
    "personne personnes femme femmes conferenciers panelistes il y a avec".split()
)


def checklist(call: Call) -> Outcome:
    """A short list for a situation."""
    wanted, number = asked(call.argument)
    if not fold(wanted):
        return _all(call, number)
    found = find(call.knowledge, "checklist", wanted)
    matches = tuple(
        Match("checklist", hit.id, call.title(call.knowledge.checklists[hit.id].name), hit.score)
        for hit in found.hits
    )
    match found.result:
        case "answer":
            chosen = call.knowledge.checklists[found.hits[0].id]
            return Outcome(Reply(_card(call, chosen)), "answer", matches)
        case "choices":
            buttons = (call.button(match.title, "checklist", match.id) for match in matches)
            text = Text(call.say("define.choices", query=call.echo))
            return Outcome(Reply((text, *buttons)), "choices", matches)
        case "nothing":
            text = Text(call.say("checklist.nothing", query=call.echo))
            more = call.button(call.say("checklist.all"), "checklist")
            return Outcome(Reply((text, more)), "nothing")


def panel(call: Call) -> Outcome:
    """Whether a panel is a manel, whether it is token, whether it meets the aim."""
    numbers = _count(call.argument)
    if len(numbers) != 2 or numbers[0] > numbers[1] or not 0 < numbers[1] <= MOST_SPEAKERS:
        text = Text(call.say("panel.usage", example=call.typed(call.say("usage.panel"))))
        example = call.button(call.say("panel.example"), "panel", call.say("panel.example_numbers"))
        return Outcome(Reply((text, example, _more_on_panels(call))))
    women, everyone = numbers
    share = women / everyone
    verdict = _verdict(share)
    percent = round(100 * share)
    needed = -(-everyone // 2) - women
    parts = (
        Heading(call.say(f"panel.{verdict}")),
        Text(call.say("panel.count", women=women, everyone=everyone, percent=percent)),
        Text(call.say(f"panel.{verdict}_next", needed=needed), call.say("label.next")),
        Note(call.say("panel.ask_them")),
        Note(call.say("panel.source")),
        _more_on_panels(call),
        call.button(call.title(call.knowledge.glossary["manel"].name), "define", "manel"),
        *share_button(call, "panel", call.say("panel.numbers", women=women, everyone=everyone)),
    )
    return Outcome(Reply(parts))


def _verdict(share: float) -> str:
    if not share:
        return "manel"
    if share < TOKEN_SHARE:
        return "token"
    return "below" if share < AIM else "aim"


def _count(text: str) -> list[int]:
    """The numbers of "2 women of 9"; none where a word is left that may change what they mean."""
    words = [word for word in fold(text).split() if word not in _BETWEEN]
    if not all(word in _NUMBERS or (word.isdecimal() and len(word) <= 6) for word in words):
        return []
    return [_NUMBERS[word] if word in _NUMBERS else int(word) for word in words]


def _more_on_panels(call: Call) -> Part:
    name = call.title(call.knowledge.checklists["manel"].name)
    return call.button(name, "checklist", "manel")


def _all(call: Call, number: int) -> Outcome:
    lists = call.knowledge.checklists.values()
    lines = [call.title(entry.name) for entry in lists]
    buttons = [call.button(call.title(entry.name), "checklist", entry.id) for entry in lists]
    rows = paged(call, "checklist", "", number, lines, buttons)
    return Outcome(Reply((Heading(call.say("checklist.heading")), *rows)))


def _card(call: Call, entry: Checklist) -> tuple[Part, ...]:
    terms = [call.knowledge.glossary[term] for term in entry.related[:3]]
    return (
        Heading(call.title(entry.name)),
        Text(call.pick(entry.intro)),
        Bullets(tuple(_line(call, item) for item in entry.items)),
        *([Text(call.pick(entry.note), call.say("label.note"))] if entry.note else ()),
        source_note(call, entry),
        *language_note(call, entry.intro, *(item.text for item in entry.items)),
        *(call.button(call.title(term.name), "define", term.id) for term in terms),
        *share_button(call, "checklist", entry.id),
    )


def _line(call: Call, item: Item) -> str:
    text = call.pick(item.text)
    return f"{call.title(item.name)}: {text}" if item.name else text
