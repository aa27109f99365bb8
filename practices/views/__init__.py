"""Pages of the cabinet around practices."""
