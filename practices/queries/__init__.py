"""What pages of practices ask the database."""
