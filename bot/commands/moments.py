"""When something happened: what it does, what to say instead, what a witness could do."""

from bot.commands.call import Call, language_note, source_note
from bot.commands.finding import find
from bot.knowledge.entries import Scenario
from bot.knowledge.folding import fold
from bot.messages import Bullets, Button, Heading, Match, Note, Outcome, Part, Reply, Text


def say(call: Call) -> Outcome:
    """The scenario that comes closest to what happened, with lines to say."""
    if not fold(call.argument):
        return Outcome(
            Reply(
                (
                    Text(call.say("say.usage", example=call.typed(call.say("usage.say")))),
                    *_examples(call),
                )
            )
        )
    found = find(call.knowledge, "scenario", call.argument)
    parts: tuple[Part, ...]
    matches = tuple(
        Match("scenario", hit.id, call.pick(call.knowledge.scenarios[hit.id].title), hit.score)
        for hit in found.hits
    )
    match found.result:
        case "answer":
            scenario = call.knowledge.scenarios[found.hits[0].id]
            return Outcome(Reply(_card(call, scenario)), "answer", matches)
        case "choices":
            buttons = (call.button(match.title, "say", match.id) for match in matches)
            parts = (Text(call.say("say.choices")), *buttons, _methods(call))
            return Outcome(Reply(parts), "choices", matches)
        case "nothing":
            parts = (Text(call.say("say.nothing")), *_examples(call), _methods(call))
            return Outcome(Reply(parts), "nothing")


def close(call: Call) -> Outcome:
    """Puts away what is on the screen."""
    return Outcome(
        Reply((Text(call.say("close.done", help=call.typed(call.say("command.help")))),)),
        closes=True,
    )


def contacts(call: Call) -> Text:
    """Where to turn in this organization, as its admin wrote it down."""
    support = call.knowledge.resources["re-support"]
    text = call.pick(support.where) if support.where else call.pick(support.about)
    if support.url:
        text = f"{text} {support.url}"
    return Text(text, call.say("label.support"))


def _card(call: Call, scenario: Scenario) -> tuple[Part, ...]:
    witness = scenario.bystander
    terms = [call.knowledge.glossary[term] for term in scenario.related[:2]]
    return (
        *_opening(call, scenario),
        Heading(call.pick(scenario.title)),
        Text(call.pick(scenario.setting)),
        Text(call.pick(scenario.said), call.say("say.said")),
        Text(call.pick(scenario.why), call.say("say.why")),
        Text(call.pick(scenario.instead), call.say("say.instead")),
        Bullets(tuple(map(call.pick, witness.anyone)), call.say("say.anyone")),
        Text(call.pick(witness.lead), call.say("say.lead")),
        Text(call.pick(witness.indirect), call.say("say.indirect")),
        *([Text(call.pick(scenario.note), call.say("label.note"))] if scenario.note else ()),
        source_note(call, scenario),
        *language_note(call, scenario.title, scenario.why, scenario.instead),
        *(call.button(call.title(term.name), "define", term.id) for term in terms),
        _methods(call),
        *([call.button(call.say("close.button"), "close")] if scenario.care else ()),
    )


def _opening(call: Call, scenario: Scenario) -> tuple[Part, ...]:
    """A content note; where somebody may be unsafe, safety and contacts come before all else."""
    if scenario.care is None:
        return ()
    note = Note(call.say(f"care.{scenario.care}"))
    if scenario.care != "harassment":
        return (note,)
    return (note, Text(call.say("say.safety"), call.say("label.safety")), contacts(call))


def _examples(call: Call) -> tuple[Button, ...]:
    return tuple(
        call.button(call.pick(call.knowledge.scenarios[example].title), "say", example)
        for example in ("sc-idea-echo", "sc-minutes", "sc-emotional")
        if example in call.knowledge.scenarios
    )


def _methods(call: Call) -> Button:
    return call.button(call.say("say.methods"), "checklist", "five-ds")
