"""When something is to happen: phrases of time, what repeats, and what is due."""
