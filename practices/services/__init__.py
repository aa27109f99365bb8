"""Changes of state of practices."""
