"""What the bot knows how to do: pure functions from a request to a reply."""
