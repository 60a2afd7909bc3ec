"""Everything that touches the world: settings, terminal, server and chat platforms."""
