"""Connects what must follow every change, whoever made it."""


def connect() -> None:
    """Called once when the app is ready."""
    from core import (
        languages,  # noqa: F401 - registers what happens before a page is shown
        notifications,
        tasks,
    )
    from core.page_cache import changes, lists, recorder
    from core.services import cards, private_files, translations

    notifications.connect()
    cards.connect_signals()
    private_files.connect_signals()
    translations.connect_signals()
    recorder.connect()
    lists.connect()
    changes.connect()
    tasks.connect_signals()
