"""What people can say to the bot: one module per family of commands, one table of them all."""
