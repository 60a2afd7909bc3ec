"""What a delivery says."""

from datetime import UTC, datetime

from adapters.delivery.means import Post
from bot.commands.posts import reminder_post
from bot.knowledge import Knowledge
from bot.language import Language
from bot.messages import Reply


def compose(post: Post, knowledge: Knowledge, language: Language) -> Reply:
    """The message; raises ValueError for what nothing can be said of."""
    if post.kind != "reminder":
        raise ValueError(f"nothing is said of a {post.kind}")
    now = datetime.now(UTC)
    return reminder_post(knowledge, language, now, post.words, post.entry, post.schedule)
