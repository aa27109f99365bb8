"""Letters: no word of people becomes a header, whatever template it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.services.letter_sending import send_waiting
from core.services.letters import PARTS, write_letter
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
EVIL = "evil.example"
HOSTILE = f"Анна\r\nBcc: victim@{EVIL}\r\n\r\n<script>alert(1)</script>"
FOLDER = Path(settings.BASE_DIR) / "templates"


class Forged(str):
    """Whatever a template asks of it is hostile, too."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("resolve_expression", "as_sql"):
            raise AttributeError(name)
        return timezone.now() if name.endswith(("_at", "_on")) else Forged(HOSTILE)

    def __iter__(self) -> Iterator[Any]:
        return iter([self.subject])


def hostile_context(paths: list[Path]) -> dict[str, Any]:
    """Something hostile for every name that the templates use, a day where they want one."""
    words = "".join(path.read_text(encoding="utf-8") for path in paths)
    names = set(re.findall(r"[a-z_]+", words)) - {"base_url", "person", "forloop", "block"}
    context: dict[str, Any] = {name: Forged(HOSTILE) for name in names}
    context |= dict.fromkeys(re.findall(r"([a-z_]+)\|date", words), timezone.now())
    # What is gone through in pairs has a pair.
    pairs = re.findall(r"for [a-z_]+, [a-z_]+ in ([a-z_]+)", words)
    context |= {name: [(Forged(HOSTILE), Forged(HOSTILE))] for name in pairs}
    return context | dict.fromkeys(re.findall(r"count [a-z_]+=([a-z_]+)", words), 2)


def sent() -> list[dict[str, list[str]]]:
    """Headers of the letters that have left, as a mail server reads them."""
    send_waiting()
    found = []
    for letter in mail.outbox:
        headers = letter.message()
        found.append({name.lower(): headers.get_all(name) for name in headers})
    return found


@pytest.mark.parametrize(
    "kind", sorted(path.name for path in (FOLDER / "email").iterdir() if path.is_dir())
)
def test_no_word_of_people_becomes_a_header(db: None, kind: str) -> None:
    context = hostile_context([FOLDER / "email" / kind / part for part in PARTS])
    person = UserFactory(first_name=HOSTILE, last_name=HOSTILE)
    write_letter(recipient="anna@example.org", message=kind, context=context, user=person)
    for headers in sent():
        assert "bcc" not in headers
        assert all(len(values) == 1 for values in headers.values())
        assert EVIL not in str(headers["to"]) + str(headers["from"])
    html = next(body for body, kind in mail.outbox[0].alternatives if kind == "text/html")
    assert "<script>alert" not in str(html)


@pytest.mark.parametrize(
    "prefix",
    sorted(
        str(path.relative_to(FOLDER)).removesuffix("_subject.txt")
        for folder in ("account", "mfa")
        for path in (FOLDER / folder / "email").glob("*_subject.txt")
    ),
)
def test_no_word_of_people_becomes_a_header_of_an_account(db: None, prefix: str) -> None:
    paths = [FOLDER / f"{prefix}_{part}.txt" for part in ("subject", "message")]
    paths += (FOLDER / "account" / "email").glob("base_*.txt")
    get_adapter().send_mail(prefix, "anna@example.org", hostile_context(paths))
    (headers,) = sent()
    assert "bcc" not in headers
    assert EVIL not in str(headers["to"])


@pytest.mark.parametrize("recipient", [f"a@example.org\nBcc: b@{EVIL}", f"a@example.org,b@{EVIL}"])
def test_an_address_with_a_header_in_it_is_no_address(db: None, recipient: str) -> None:
    client = Client()
    client.post("/account/password/forgotten/", {"email": recipient})
    client.post("/account/register/", {"email": recipient, "last_name": "А", "first_name": "Б"})
    assert sent() == []
