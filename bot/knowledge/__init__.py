"""What the bot knows: loaded once from YAML into frozen values, checked whole."""

from bot.knowledge.library import Knowledge, KnowledgeError, Problem

__all__ = ["Knowledge", "KnowledgeError", "Problem"]
