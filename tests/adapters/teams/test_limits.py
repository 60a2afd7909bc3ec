"""Everything the bot can say, as Teams gets it, keeps Teams' limits."""

import json
from collections.abc import Iterator
from typing import Any

from adapters.teams.render import render
from bot.knowledge import Knowledge
from tests.adapters.teams.judging import faults
from tests.walk import reachable


def messages(knowledge: Knowledge) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each reachable reply looks like in Teams, each look once, with what leads to it."""
    seen = set()
    for request, outcome in reachable(knowledge):
        aside = (outcome.aside.written, outcome.aside.refused) if outcome.aside else ()
        offers = (offer.reply for offer in outcome.offers)
        for reply in (outcome.reply, *aside, *offers):
            message = render(reply)
            look = json.dumps(message)
            if look not in seen:
                seen.add(look)
                yield request.text, message


def test_everything_that_can_be_said_keeps_teams_limits(knowledge: Knowledge):
    links = {resource.url for resource in knowledge.resources.values() if resource.url}
    judged = [(text, faults(message, links)) for text, message in messages(knowledge)]
    assert len(judged) > 1000
    assert [(text, found) for text, found in judged if found] == []
