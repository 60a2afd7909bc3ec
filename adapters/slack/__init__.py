"""Slack: its payloads become requests, replies become Block Kit."""
