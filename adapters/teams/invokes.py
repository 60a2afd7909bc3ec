"""The bodies of invokes: what a press and the search box bring, and what answers them.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/overview
https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/search-commands/respond-to-search
"""

from collections.abc import Mapping
from typing import Any

from adapters.payloads import text_at
from adapters.teams.incoming import command_at
from adapters.teams.render import CARD_TYPE, PRESS, Names, card, cut
from bot.messages import Offer, Outcome, Reply

SEARCH = "lookUp"
TERM = "term"
"""The id of the search command and the name of its one parameter, as the manifest has them."""
PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"
ERROR_TYPE = "application/vnd.microsoft.error"
PREVIEW = 120

Body = dict[str, Any]


def pressed_command(value: object) -> str:
    """The command of an Action.Execute; empty where it is none of ours."""
    action = value.get("action") if isinstance(value, Mapping) else None
    if not isinstance(action, Mapping) or text_at(action, "verb") != PRESS:
        return ""
    return command_at(action.get("data"))


def card_answer(reply: Reply, names: Names) -> Body:
    """A card that takes the place of the one that was pressed, for whoever pressed it."""
    return {"statusCode": 200, "type": CARD_TYPE, "value": card(reply, names)}


def card_error(message: str) -> Body:
    """A press that nothing can be done with."""
    value = {"code": "BadRequest", "message": message}
    return {"statusCode": 400, "type": ERROR_TYPE, "value": value}


def searched_words(value: object) -> str | None:
    """What stands in the search box; None where it is another command's."""
    if not isinstance(value, Mapping) or text_at(value, "commandId") != SEARCH:
        return None
    parameters = value.get("parameters")
    for parameter in parameters if isinstance(parameters, list) else ():
        if isinstance(parameter, Mapping) and text_at(parameter, "name") == TERM:
            return text_at(parameter, "value")
    return ""


def search_answer(outcome: Outcome) -> Body:
    """What can be picked, or a line that says why there is nothing."""
    if not outcome.offers:
        return {"composeExtension": {"type": "message", "text": outcome.reply.plain_text}}
    attachments = [_result(offer) for offer in outcome.offers]
    return {
        "composeExtension": {
            "type": "result",
            "attachmentLayout": "list",
            "attachments": attachments,
        }
    }


def _result(offer: Offer) -> Body:
    preview = {"title": cut(offer.title, PREVIEW), "text": cut(offer.summary, PREVIEW)}
    return {
        "contentType": CARD_TYPE,
        "content": card(offer.reply),
        "preview": {"contentType": PREVIEW_TYPE, "content": preview},
    }
