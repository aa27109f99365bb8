"""State changes of the public site."""
