"""The checks: one question at a time, to an end with something to do and something to say.

The answers so far are the argument of the next button and nowhere else, so any process can serve
the next step and nothing is kept.
"""

from bot.commands.call import Call, language_note, source_note
from bot.knowledge.entries import End, Question, Tree
from bot.knowledge.folding import fold
from bot.messages import Button, Heading, Note, Outcome, Part, Reply, Text


def check(call: Call) -> Outcome:
    """Am I mansplaining? After Kim Goodwin."""
    return _walk(call, "check", "goodwin")


def before(call: Call) -> Outcome:
    """The three questions before explaining, after UN Women."""
    return _walk(call, "before", "unwomen")


def _walk(call: Call, command: str, tree_id: str) -> Outcome:
    tree = call.knowledge.trees[tree_id]
    path: tuple[str, ...] = ()
    node = tree.start
    for word in call.argument.lower().split():
        question = tree.questions.get(node)
        chosen = [answer for answer in question.answers if answer.key == word] if question else []
        if not chosen:
            return _astray(call, command, tree, path)
        node = chosen[0].to
        path = (*path, word)
    if node in tree.questions:
        parts = _question(call, command, tree, tree.questions[node], path)
    else:
        parts = _end(call, command, tree, tree.ends[node], path)
    return Outcome(Reply(parts))


def _question(
    call: Call, command: str, tree: Tree, question: Question, path: tuple[str, ...]
) -> tuple[Part, ...]:
    opening = (Text(call.pick(tree.intro)),) if not path else ()
    texts = (tree.title, tree.intro, question.ask, question.hint)
    return (
        Heading(call.pick(tree.title)),
        *opening,
        Text(call.pick(question.ask), call.say("check.question", number=len(path) + 1)),
        *([Note(call.pick(question.hint))] if question.hint else ()),
        *language_note(call, *texts, *(answer.label for answer in question.answers)),
        *(
            call.button(call.pick(answer.label), command, " ".join((*path, answer.key)))
            for answer in question.answers
        ),
        *_ways_back(call, command, path),
    )


def _end(call: Call, command: str, tree: Tree, end: End, path: tuple[str, ...]) -> tuple[Part, ...]:
    return (
        Heading(call.pick(end.label)),
        Text(call.say("check.by_answers")),
        Text(call.pick(end.advice), call.say("label.now")),
        Text(call.pick(end.line), call.say("label.line")),
        Text(call.pick(tree.safety), call.say("label.safety")),
        *(Note(call.pick(note)) for note in tree.notes),
        Note(f"{call.pick(tree.credit)} {source_note(call, tree).text}"),
        *language_note(call, end.label, end.advice, end.line, tree.safety, tree.credit),
        *_ways_back(call, command, path),
        *(
            call.button(call.title(call.knowledge.glossary[term].name), "define", term)
            for term in tree.related[:3]
        ),
    )


def _ways_back(call: Call, command: str, path: tuple[str, ...]) -> tuple[Button, ...]:
    if not path:
        return ()
    back = call.button(call.say("check.back"), command, " ".join(path[:-1]))
    if len(path) == 1:
        return (back,)
    return (back, call.button(call.say("check.restart"), command))


def _astray(call: Call, command: str, tree: Tree, path: tuple[str, ...]) -> Outcome:
    """An answer that the tree does not have: an old button, or a question about somebody else."""
    known = {answer.key for question in tree.questions.values() for answer in question.answers}
    stale = path or any(word in known for word in fold(call.argument).split())
    if stale:
        parts: tuple[Part, ...] = (
            Text(call.say("check.stale")),
            call.button(call.say("check.restart"), command),
        )
    else:
        parts = (
            Text(call.say("check.own_words")),
            call.button(call.pick(tree.title), command),
            call.button(call.say("say.button"), "say"),
            call.button(call.title(call.knowledge.glossary["five-ds"].name), "define", "five-ds"),
        )
    return Outcome(Reply(parts))
