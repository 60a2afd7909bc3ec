"""What is stored, where, and for how long."""
