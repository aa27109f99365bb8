"""Addresses that people choose themselves."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 3
_ADDRESS = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Words of the portal itself, and names of offices that no single teacher may speak for.
_RESERVED = (
    "admin administrator api cabinet edit index info login logout media moderator new null "
    "page pages photo portal portrait preview profile root search static support system "
    "teacher teachers test undefined user users webmaster www "
    "administraciya centr dir direktor glava imc kurmanaevka metodist ministerstvo otdel "
    "otdel-obrazovaniya pedagog pedagogi poisk portal-imc redaktor rono shkola uchitel zavuch"
)
RESERVED = frozenset(_RESERVED.split())


def validate_page_address(value: str) -> None:
    """Latin letters, digits and single hyphens, from a letter on; no word of the portal itself."""
    if not _ADDRESS.fullmatch(value) or len(value) < SHORTEST:
        raise ValidationError(
            _("Small Latin letters, digits and hyphens; three characters at least, a letter first.")
        )
    if value in RESERVED:
        raise ValidationError(_("The portal keeps this word for itself. Choose another one."))


def validate_outside_url(value: str) -> None:
    """A page of the web that everybody may open: with a name, without a password in the address."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        has_login = parts.username is not None or parts.password is not None
    except ValueError as error:
        raise ValidationError(_("This is no address of a page.")) from error
    if parts.scheme not in ("http", "https") or has_login or not _is_public_name(host):
        raise ValidationError(_("Give the address of a public page, from https:// on."))


def _is_public_name(host: str) -> bool:
    """Whether ``host`` is a name of the web, and no number or name of an inner network."""
    try:
        ip_address(host)
    except ValueError:
        ending = host.rpartition(".")[2]
        return "." in host.strip(".") and ending not in ("local", "localhost", "internal", "lan")
    return False
