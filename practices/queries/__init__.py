"""What pages ask about practices."""
