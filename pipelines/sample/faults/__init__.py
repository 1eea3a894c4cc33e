"""What goes wrong on purpose, what only looks like it, and where both are written down."""
