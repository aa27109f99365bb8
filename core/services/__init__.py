"""State changes of the ground floor."""
