"""Kinder wording on request: what was found, what could stand there instead, and why."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.commands.alarms import alarming
from bot.commands.call import Call, sentence, source_note
from bot.commands.moments import contacts
from bot.commands.words import parted, word
from bot.knowledge import Knowledge
from bot.knowledge.folding import fold
from bot.knowledge.wording_rules import WordingRule
from bot.memory import CountFalseAlarm
from bot.messages import Bullets, Button, Heading, Language, Note, Outcome, Part, Reply, Text
from bot.wording.findings import Finding, findings
from bot.wording.rewriting import fitted, rewritten
from bot.wording.rules import Rules, compile_rules
from bot.wording.silence import silenced
from bot.wording.words import vocabulary

OWN = "posted wording"
"""What a platform says, with the text of a message, where its author wants to have it looked at: a
command in words of no one language."""
THEIRS = "others wording"
"""What it says, with nothing, where somebody else wrote the message."""

MOST_SHOWN = 10
"""Findings that are listed; "and so many more" stands for the others."""
MOST_ALTERNATIVES = 3
MOST_BUTTONS = 5


def wording(call: Call) -> Outcome:
    """wording <text>; or why, or a false alarm, with the ids of rules."""
    name, rest = parted(call.knowledge, call.argument, ("why", "false_alarm"))
    named = [call.knowledge.wording[id] for id in rest.split() if id in call.knowledge.wording]
    if name and named and len(named) == len(rest.split()):
        return _why(call, named) if name == "why" else _false_alarm(call, named)
    if not fold(call.argument):
        example = call.typed(call.say("usage.wording"))
        return sentence(call, "wording.usage", example=example)
    return _looked_at(call)


def posted(call: Call) -> Outcome:
    """The text of a message, whatever it begins with."""
    if not fold(call.argument):
        return sentence(call, "wording.wordless")
    return _looked_at(call)


def _looked_at(call: Call) -> Outcome:
    found = found_in(call.knowledge, call.argument, call.language)
    if not found:
        if _grave(call):
            return Outcome(Reply(tuple(_heard(call))), "nothing")
        parts = (Text(call.say("wording.nothing")), *_cut(call), Note(call.say("wording.kept")))
        return Outcome(Reply(parts), "nothing")
    return Outcome(Reply(tuple(_shown(call, found))), "answer")


def _grave(call: Call) -> bool:
    """Whether a message leaves no room for talk of words."""
    text, signs = call.argument, rules(call.knowledge).signs
    return alarming(call.knowledge, text) or silenced(text, vocabulary(text), signs)


def _heard(call: Call) -> Iterator[Part]:
    """Neither praise nor advice for what is no matter of words, and where people can be reached."""
    yield Text(call.say("wording.grave"))
    yield Text(call.say("alarm.emergency"))
    yield contacts(call)


def theirs(call: Call) -> Outcome:
    """Only their author has words looked at; others get something to say to them."""
    parts = (
        Text(call.say("wording.theirs")),
        call.button(call.say("wording.theirs_button"), "say"),
    )
    return Outcome(Reply(parts))


def found_in(knowledge: Knowledge, text: str, language: Language | None) -> Sequence[Finding]:
    """What the rules find in a text; nothing where somebody may be in danger."""
    found = findings(text, rules(knowledge), language)
    return () if found and alarming(knowledge, text) else found


@lru_cache(maxsize=4)
def rules(knowledge: Knowledge) -> Rules:
    """All rules, made ready once."""
    entries = knowledge.wording.values(), knowledge.guards.values()
    return compile_rules(*entries, knowledge.classes.values())


def _shown(call: Call, found: Sequence[Finding]) -> Iterator[Part]:
    """The whole text with kinder words, each swap by itself, and what can be pressed."""
    swaps = [one for one in found if _mode(call, one) != "ask"]
    asks = [one for one in found if _mode(call, one) == "ask"]
    yield Heading(call.say("wording.heading"))
    text = rewritten(call.argument, swaps)
    if text != call.argument:
        yield Text(text, call.say("wording.ready"))
    if swaps:
        yield Bullets(tuple(lines(call, swaps)), call.say("wording.swaps"))
    if asks:
        yield Bullets(tuple(lines(call, asks)), call.say("wording.asks"))
    yield from _cut(call)
    yield Note(call.say("wording.kept"))
    ids = " ".join(dict.fromkeys(one.rule for one in found))
    yield _button(call, "why", ids)
    yield _button(call, "false_alarm", ids)


def lines(call: Call, found: Sequence[Finding], most: int = MOST_SHOWN) -> Iterator[str]:
    """What could stand instead of each; the same words once."""
    listed = {one.text.lower(): one for one in reversed(found)}
    ordered = sorted(listed.values(), key=lambda one: one.start)
    for one in ordered[:most]:
        instead = ", ".join(fitted(one)[:MOST_ALTERNATIVES])
        yield call.say("wording.swap", written=one.text, instead=instead)
    if (more := len(ordered) - most) > 0:
        yield call.say("wording.more", count=more)


def _cut(call: Call) -> tuple[Part, ...]:
    """Says so where a text is longer than what is read of it."""
    whole = call.request.text.rstrip().endswith(call.argument)
    return () if whole else (Note(call.say("wording.cut")),)


def _mode(call: Call, finding: Finding) -> str:
    return call.knowledge.wording[finding.rule].mode


def _why(call: Call, named: Sequence[WordingRule]) -> Outcome:
    """The reasons, each once with all the words it is for; their sources below them."""
    parts: list[Part] = [Heading(call.say("wording.why"))]
    shown = named[:MOST_SHOWN]
    for sources in dict.fromkeys(rule.sources for rule in shown):
        alike = [rule for rule in shown if rule.sources == sources]
        for why in dict.fromkeys(call.pick(rule.why) for rule in alike):
            known = (called(call, rule) for rule in alike if call.pick(rule.why) == why)
            parts.append(Text(why, ", ".join(dict.fromkeys(known))))
        parts.append(source_note(call, alike[0]))
    return Outcome(Reply((*parts, _button(call, "false_alarm", " ".join(r.id for r in named)))))


def called(call: Call, rule: WordingRule) -> str:
    """What a person knows a rule by."""
    return call.pick(rule.called) if rule.called else rule.sample


def _false_alarm(call: Call, named: Sequence[WordingRule]) -> Outcome:
    """Counts the rule, and nothing else; of several it asks which."""
    if len(named) > 1:
        spoken = word(call.knowledge, "false_alarm", call.language)
        buttons = tuple(
            call.button(called(call, rule), "wording", f"{spoken} {rule.id}")
            for rule in named[:MOST_BUTTONS]
        )
        return Outcome(Reply((Text(call.say("wording.which")), *buttons)))
    said = Text(call.say("wording.counted"))
    return Outcome(Reply((said,)), changes=(CountFalseAlarm(named[0].id),))


def _button(call: Call, name: str, ids: str) -> Button:
    spoken = word(call.knowledge, name, call.language)
    return call.button(call.say(f"wording.{name}_button"), "wording", f"{spoken} {ids}")
