"""What a consent no longer allows is gone at once, everywhere (ADR 0014)."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Card, PrivateFile, SearchWord
from people.catalogue import drop_ended_pages
from people.enums import ConsentItem, Role
from people.models import Consent, TeacherPage
from people.services.consents import withdraw_consent
from people.services.erasure import erase_person
from people.services.teacher_pages import close_page, hide_page
from tests.core.conftest import Committed, committed  # noqa: F401
from tests.factories.people import UserFactory
from tests.people.teacher_page import SURNAME, URL, agree
from tests.people.traces import private_files_on_disk

pytestmark = pytest.mark.django_db


def places(client: Client, slug: str = "vera-kovylkina") -> dict[str, bool]:
    """Where visitors find the teacher: the page and everything that leads to it."""
    address = f"/teachers/{slug}/"
    found = {address: client.get(address).status_code == 200}
    for place in (
        *("/teachers/", "/search/?q=ковылкина", "/search/?q=ковылкну", "/sitemap-teachers.xml"),
        *("/search/suggest/?q=ковыл", "/search/suggest/?q=ковылкина вер"),
    ):
        answer = client.get(place)
        assert answer.status_code == 200, place
        text = answer.content.decode()
        if "json" in answer["Content-Type"]:
            text = json.dumps(answer.json(), ensure_ascii=False)
        found[place] = slug in text or SURNAME in text
    found["portrait"] = client.get(f"{address}portrait/").status_code == 200
    return found


MISSPELT = "/search/?q=ковылкну"


def test_a_withdrawn_consent_takes_everything_away_at_once(
    own_page: TeacherPage,
    page_cache: None,
    committed: Committed,  # noqa: F811
) -> None:
    """Through the page cache, as visitors come; and again when the consent is given anew."""
    anybody = Client()
    seen = places(anybody)
    # Names teach the corrections nothing, so that none is offered after the withdrawal.
    assert {place for place, shown in seen.items() if not shown} == {MISSPELT}
    for address in (URL, "/teachers/", "/sitemap-teachers.xml"):
        assert anybody.get(address)["X-Cache"] == "hit", address
    with committed():
        withdraw_consent(user=own_page.user, kind="distribution")
    assert not any(places(anybody).values())
    assert not Card.objects.filter(kind="teacher").exists()
    assert not SearchWord.objects.filter(word__startswith="ковылк").exists()
    with committed():
        agree(own_page.user, "distribution", [ConsentItem.NAME])
    assert places(anybody) == {**seen, "portrait": False}


def test_an_erased_teacher_leaves_no_page_no_photograph_and_nothing_in_the_cache(
    own_page: TeacherPage,
    page_cache: None,
    committed: Committed,  # noqa: F811
) -> None:
    anybody, admin = Client(), UserFactory(groups=[Role.ADMINISTRATOR.value])
    seen = places(anybody)
    assert anybody.get(URL)["X-Cache"] == "hit"
    # What was uploaded, and the small square copy that visitors get.
    assert len(private_files_on_disk()) == 2
    assert own_page.photo_id != own_page.portrait_id
    with committed():
        erase_person(user=own_page.user, by=admin)
    assert not TeacherPage.objects.exists()
    assert private_files_on_disk() == []
    assert not PrivateFile.objects.exists()
    assert seen["portrait"]
    assert not any(places(anybody).values())
    for address in (URL, "/teachers/", "/sitemap-teachers.xml"):
        answer = anybody.get(address)
        assert SURNAME not in answer.getvalue().decode(), address
    assert not Card.objects.filter(kind="teacher").exists()
    assert not SearchWord.objects.filter(word__startswith="ковылк").exists()


STARTS = (
    "/",
    "/teachers/",
    "/organisations/",
    "/sitemap.xml",
    "/search/?q=ковылкина",
    "/robots.txt",
)
FEEDS = ("/feeds/news/rss.xml", "/feeds/news/atom.xml", "/sitemap-teachers.xml")


def read_everything(client: Client) -> dict[str, str]:
    """What visitors and programs can read: every address that leads on from the first ones."""
    waiting, read = [*STARTS, *FEEDS], dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in read:
            continue
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 404), address
        is_text = answer["Content-Type"].startswith(("text/", "application/"))
        text = answer.getvalue().decode(errors="ignore") if is_text else ""
        read[address] = text
        found = re.findall(r'(?:href="|<loc>)(?:http://(?:testserver|localhost))?(/[^"<#]*)', text)
        waiting += [
            link.replace("&amp;", "&")
            for link in found
            if not link.startswith(("/static/", "/account/", "/vision/", "/admin/"))
        ]
    return read


def test_after_a_withdrawal_no_public_address_says_the_name(own_page: TeacherPage) -> None:
    """The promise of ADR 0014, kept by reading all that is public instead of its templates."""
    client = Client()
    before = read_everything(client)
    naming = {address for address, text in before.items() if SURNAME in text}
    assert {URL, "/teachers/", "/search/?q=ковылкина"} <= naming
    withdraw_consent(user=own_page.user, kind="distribution")
    after = read_everything(client)
    # The question itself stands in the field of the search.
    said = {address: text.replace("ковылкина", "") for address, text in after.items()}
    marks = (SURNAME, "vera-kovylkina", "Мой блог", "измерение")
    telling = {a for a, text in said.items() if a != URL and any(mark in text for mark in marks)}
    assert telling == set()
    assert len(after) > 10


@pytest.mark.parametrize("way", ["closed", "hidden", "unlinked", "account", "ended"])
def test_other_ways_to_disappear(own_page: TeacherPage, way: str, client: Client) -> None:
    assert places(client)[URL]
    if way == "closed":
        close_page(user=own_page.user)
    elif way == "hidden":
        hide_page(page=own_page, reason="Реклама", user=UserFactory(groups=[Role.METHODIST.value]))
    elif way == "unlinked":
        record = own_page.user.staff_record
        record.user = None
        record.save()
    elif way == "account":
        own_page.user.is_active = False
        own_page.user.save()
    else:
        day = timezone.localdate() - timezone.timedelta(days=1)
        Consent.objects.filter(kind="distribution").update(valid_until=day)
    if way in ("unlinked", "ended"):
        assert client.get(URL).status_code == 404
        drop_ended_pages()
    assert not any(places(client).values()), way
