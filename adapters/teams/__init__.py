"""Ties the bot to Microsoft Teams."""
