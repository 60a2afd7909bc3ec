"""One module for each platform: how people's words come from there, and how replies look there."""
