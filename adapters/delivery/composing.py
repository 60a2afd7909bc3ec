"""What a delivery says."""

from datetime import datetime

from adapters.delivery.means import Post
from bot.commands.posts import reminder_post, tip_post, word_post
from bot.knowledge import Knowledge
from bot.language import Language
from bot.messages import Reply


def compose(
    post: Post, knowledge: Knowledge, language: Language, at: datetime, prefix: str
) -> Reply:
    """The message; raises ValueError for what nothing can be said of."""
    match post.kind:
        case "tip":
            return tip_post(knowledge, language, at, prefix, post.entry, post.owner)
        case "word":
            return word_post(knowledge, language, at, prefix, post.channel, post.reason)
        case "reminder":
            return reminder_post(knowledge, language, at, post.words, post.entry, post.schedule)
