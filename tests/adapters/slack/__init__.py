"""The Slack adapter: its units, and the whole server with only Slack itself faked."""
