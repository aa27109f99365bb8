"""Signing in: wrong passwords for one account are counted."""

from __future__ import annotations

import hashlib
import logging

from django.core.cache import cache

logger = logging.getLogger("portal.sign_in")

ATTEMPTS = 10
WINDOW_SECONDS = 15 * 60


def _key(email: str) -> str:
    # The address itself does not stand in the cache.
    return f"sign-in:{hashlib.sha256(email.strip().lower().encode()).hexdigest()}"


def take_attempt(*, email: str) -> bool:
    """Count one attempt to sign in to an account; False when there were too many lately.

    Counted before the password is looked at, so that attempts at the same time do not slip through.
    Without its cache the portal lets everybody try: the proxy has a limit of its own.
    """
    key = _key(email)
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:
        return True
    if number == ATTEMPTS + 1:
        logger.warning("An account is closed for a while: too many attempts to sign in.")
    return number <= ATTEMPTS


def forget_attempts(*, email: str) -> None:
    """Begin anew after the right password."""
    cache.delete(_key(email))
