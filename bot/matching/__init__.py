"""From what somebody typed to the entries they may mean."""
