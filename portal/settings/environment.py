"""The one reader of the environment: it collects every mistake and names them together."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from environs import Env, EnvValidationError, ValidationError

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env(eager=False)
_mistakes = ""
try:
    env.read_env(BASE_DIR / ".env", recurse=False)
except UnicodeError:
    _mistakes = (
        "The portal cannot start: the file .env is not a text in UTF-8. Save it as UTF-8, "
        "in Notepad with “Save as” and its field “Encoding”."
    )


class WrongSettingsError(ImproperlyConfigured):
    """The environment lacks something or says it wrongly; the text is for the operator."""


def seal() -> None:
    """End the reading; a start with mistakes stops here and says all of them."""
    global _mistakes
    try:
        env.seal()
    except EnvValidationError as error:
        # Django asks for the settings a second time, to report: it hears the same again.
        Env.__init__(env, eager=False)
        found = sorted((error.error_messages or {}).items())
        lines = [
            f"  {name}: {'; '.join(dict.fromkeys(str(text).rstrip('.') for text in texts))}."
            for name, texts in found
        ]
        _mistakes = _mistakes or (
            "The portal cannot start: settings in the environment are missing or wrong.\n"
            + "\n".join(lines)
            + "\nThe table of settings in README.md says what each one means."
        )
    if _mistakes:
        raise WrongSettingsError(_mistakes)


def data_folder() -> Path:
    """The folder of all that the portal writes, made when it is not there yet."""
    given = env.str("VAR_DIR", default="", validate=_folder_to_write_in)
    # A value that was refused is None here; the end of the settings names it.
    return BASE_DIR / (given or "var")


def _folder_to_write_in(value: str) -> None:
    folder = BASE_DIR / (value or "var")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValidationError(f"Cannot make the folder {folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValidationError(f"Nothing can be written in {folder}")


def _check(value: str, schemes: tuple[str, ...], example: str) -> None:
    try:
        parts = urlsplit(value)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
    if not port_is_right or parts.scheme not in schemes:
        raise ValidationError(f"Not an address such as {example}")


def site_address(value: str) -> None:
    """The address of the portal itself: scheme and host, nothing after."""
    _check(value, ("http", "https"), "https://portal.example.org")
    parts = urlsplit(value)
    if not parts.hostname or parts.path or parts.query or parts.fragment:
        raise ValidationError(
            "Needs a scheme and a host and no path, such as https://portal.example.org"
        )
    _travels(value)


def answered_by(hosts: list[str]) -> Callable[[str], None]:
    """Letters lead to the portal's own address, so one of ``hosts`` has to answer there."""

    def check(value: str) -> None:
        try:
            host = urlsplit(latin(value)).hostname
        except (UnicodeError, ValueError):
            return  # what is no address at all is named by another check
        if host and hosts and not validate_host(host, hosts):
            raise ValidationError(f"Names a host that ALLOWED_HOSTS does not have: {host}")

    return check


def redis_address(value: str) -> None:
    """Where Redis answers; empty means there is none."""
    if not value:
        return
    _check(value, ("redis", "rediss", "unix"), "redis://127.0.0.1:6379/0")
    parts = urlsplit(value)
    number = parts.path.removeprefix("/")
    if parts.scheme != "unix" and number and not (number.isascii() and number.isdigit()):
        raise ValidationError("Needs a number after the port, such as redis://127.0.0.1:6379/0")


def database_address(value: str) -> None:
    """A server keeps many databases: the address names ours."""
    scheme, _separator, rest = value.partition("://")
    if scheme.startswith("postgres") and not rest.partition("?")[0].partition("/")[2]:
        raise ValidationError(
            "Needs the name of a database, such as postgres://user:word@host/portal"
        )


def mail_address(value: str) -> None:
    """The server that sends mail."""
    example = "smtp+tls://user:word@mail.host:587"
    _check(value, ("smtp", "smtp+tls", "smtp+ssl", "smtps"), example)
    if not urlsplit(value).hostname:
        raise ValidationError(f"Not an address such as {example}")


def sender(value: str) -> None:
    """Who mail comes from: an address, perhaps with a name before it."""
    address = parseaddr(value)[1]
    before, at, after = address.rpartition("@")
    if not (before and at and after) or any(sign in value for sign in "\r\n"):
        raise ValidationError("Not an e-mail address such as portal@example.org")


def second_factor(value: str) -> None:
    """Whether roles that see other people's data need a second factor."""
    if value not in {"required", "offered"}:
        raise ValidationError("Either required or offered")


def internal_location(value: str) -> None:
    """An address below the root of the site, written with both slashes; empty means none."""
    if value and (len(value) < 3 or not value.startswith("/") or not value.endswith("/")):
        raise ValidationError("Needs a slash at both ends, such as /internal-files/")


def known_languages(codes: list[str]) -> None:
    """Only languages that Django knows, each once, at least one."""
    known = {code for code, _name in LANGUAGES} | {"ba"}
    if strange := [code for code in codes if code not in known]:
        raise ValidationError(f"Unknown language codes: {', '.join(strange)}")
    if not codes or len(set(codes)) != len(codes):
        raise ValidationError("Needs at least one language, each once, such as ru,en")


def latin(address: str) -> str:
    """The address as browsers send it: a name such as центр.рф travels in Latin letters."""
    return re.sub(r"[\w-]*[^\x00-\x7f][\w-]*", _label, address)


def _label(found: re.Match[str]) -> str:
    return found[0].encode("idna").decode("ascii")


def _travels(address: str) -> None:
    try:
        latin(address)
    except UnicodeError as error:
        raise ValidationError("Cannot be written in Latin letters, as browsers need it") from error


def host_names(hosts: list[str]) -> None:
    """Names only: a scheme or a path in a host name never matches a request."""
    if not hosts or any("/" in host or not host.strip() for host in hosts):
        raise ValidationError("Needs host names divided by commas, such as portal.example.org")
    for host in hosts:
        _travels(host)


def not_negative(value: int) -> None:
    """Seconds."""
    if value < 0:
        raise ValidationError("Must not be negative")


def at_least_one(value: int) -> None:
    """A limit: zero would close the door altogether."""
    if value < 1:
        raise ValidationError("Must be at least 1")


def random_key(value: str) -> None:
    """A key nobody can guess."""
    if len(value) < 50 or len(set(value)) < 5:
        raise ValidationError(
            "Needs at least 50 random characters; make one with "
            '`python -c "import secrets; print(secrets.token_urlsafe(64))"`'
        )
