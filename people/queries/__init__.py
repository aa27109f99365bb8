"""What screens read about organisations and people."""
