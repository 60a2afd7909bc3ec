"""Sends what is due: the weekly tips of channels and the reminders of people."""
