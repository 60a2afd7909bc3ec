"""The bot as people meet it in Teams: a real server against a Teams on loopback."""
