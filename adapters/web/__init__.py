"""The one HTTP server: health, and the doors of the platforms."""
