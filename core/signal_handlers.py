"""Connects what must follow every change, whoever made it."""


def connect() -> None:
    """Called once when the app is ready."""
    from core.services import cards

    cards.connect_signals()
