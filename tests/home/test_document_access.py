"""Who meets a document where: role by state by place. A cell that is not named means "no"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.urls import NoReverseMatch, reverse

from core.enums import Access
from core.models import Card
from home.enums import DocumentStatus
from home.models import DocumentFile, DocumentPage
from tests.factories.core import PortalDocumentFactory, TopicFactory
from tests.factories.home import DocumentPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db

TITLE = "Положение о наставничестве"


def make(state: str, topic) -> DocumentPage:
    """A document with one file and one topic in this state."""
    given: dict = {
        "title": TITLE,
        "slug": "polozhenie",
        "topics": [topic],
        "files": [DocumentFile(document=PortalDocumentFactory(title=TITLE))],
    }
    match state:
        case "draft":
            given["draft"] = True
        case "expired":
            given["expired_yesterday"] = True
        case "scheduled":
            given["scheduled"] = True
        case "signed-in":
            given["signed_in_only"] = True
        case "password":
            given["restricted"] = True
        case "replaced":
            newer = DocumentPageFactory(title="Новое правило", slug="novoe")
            given |= {"status": DocumentStatus.REPLACED, "replaced_by": newer}
    return DocumentPageFactory(**given)


def _words(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def in_list(client, page) -> bool:
    return TITLE in _words(client.get(page.get_parent().url))


def in_facets(client, page) -> bool:
    """Whether the number of documents counts it."""
    count = f'data-count="topic={page.topics.first().slug}">1<'
    return count in client.get(page.get_parent().url).content.decode()


def at_its_address(client, page) -> bool:
    answer = client.get(page.url or f"/{page.slug}/")
    # A page behind a password answers with a form that asks for it.
    return answer.status_code == 200 and "О чём этот документ" in _words(answer)


def as_a_file(client, page) -> bool:
    return client.get(page.files.first().document.url).status_code == 200


def by_words(client, page) -> bool:
    found = client.get(page.get_parent().url, {"q": "наставничестве"})
    return TITLE in found.content.decode().replace("\xa0", " ")


def in_the_search(client, page) -> bool:
    try:
        url = reverse("search")
    except NoReverseMatch:
        return by_words(client, page)
    text = client.get(url, {"q": "наставничестве"}).content.decode().replace("\xa0", " ")
    return f'href="{page.url}"' in text


def in_its_topic(client, page) -> bool:
    hub = TopicPageFactory(topic=page.topics.first())
    return TITLE in client.get(hub.url).content.decode().replace("\xa0", " ")


def in_the_sitemap(client, page) -> bool:
    return page.slug in client.get("/sitemap-pages.xml").content.decode()


PLACES: dict[str, Callable] = {
    "list": in_list,
    "facets": in_facets,
    "page": at_its_address,
    "file": as_a_file,
    "words": by_words,
    "search": in_the_search,
    "topic": in_its_topic,
    "sitemap": in_the_sitemap,
}
OPEN = set(PLACES)
SIGNED_IN = OPEN - {"sitemap"}
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("visitor", "live"): OPEN,
    ("visitor", "replaced"): OPEN,
    ("teacher", "live"): OPEN,
    ("teacher", "replaced"): OPEN,
    ("teacher", "signed-in"): SIGNED_IN,
    ("editor", "live"): OPEN,
    ("editor", "replaced"): OPEN,
    ("editor", "signed-in"): SIGNED_IN,
    # An editor works with the files of drafts; the public pages do not show them to anybody.
    ("editor", "draft"): {"file"},
    ("editor", "expired"): {"file"},
    ("editor", "scheduled"): {"file"},
    ("editor", "password"): {"file"},
}
STATES = ["live", "replaced", "signed-in", "draft", "scheduled", "expired", "password"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["visitor", "teacher", "editor"])
def test_a_document_is_met_only_where_it_may_be(
    role, state, site_tree, client_of, teacher, superuser
):
    page = make(state, TopicFactory())
    user = {"visitor": None, "teacher": teacher, "editor": superuser}[role]
    met = {place for place, shows in PLACES.items() if shows(client_of(user), page)}
    assert met == ALLOWED.get((role, state), set())


def test_a_visitor_is_asked_to_sign_in_and_led_back(site_tree, client_of, teacher):
    page = DocumentPageFactory(signed_in_only=True, with_file=True)
    answer = client_of().get(page.url)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next={page.url}")
    assert client_of().get(page.files.first().document.url).status_code == 403
    shown = client_of(teacher).get(page.url)
    assert "no-store" in shown["Cache-Control"]
    assert "private" in shown["Cache-Control"]


def test_closing_a_published_document_closes_everything(site_tree, client_of):
    page = DocumentPageFactory(with_file=True)
    file = page.files.first().document
    assert client_of().get(file.url).status_code == 200
    page.access = Access.SIGNED_IN
    page.save_revision().publish()
    assert client_of().get(page.url).status_code == 302
    assert client_of().get(file.url).status_code == 403
    assert Card.objects.get(page_id=page.pk).access == Access.SIGNED_IN


def test_a_neighbour_that_the_reader_may_not_see_is_not_named(site_tree, client_of, teacher):
    newer = DocumentPageFactory(title="Служебная новая редакция", signed_in_only=True)
    older = DocumentPageFactory(
        title="Старая редакция", status=DocumentStatus.REPLACED, replaced_by=newer
    )
    name = "Служебная новая редакция"
    assert name not in client_of().get(older.url).content.decode().replace("\xa0", " ")
    assert name in client_of(teacher).get(older.url).content.decode().replace("\xa0", " ")


def test_the_line_of_replacements_leads_to_the_newest(site_tree, client_of):
    third = DocumentPageFactory(title="Редакция третья", date=date(2026, 1, 1))
    second = DocumentPageFactory(
        title="Редакция вторая", status=DocumentStatus.REPLACED, replaced_by=third
    )
    first = DocumentPageFactory(
        title="Редакция первая", status=DocumentStatus.REPLACED, replaced_by=second
    )
    text = client_of().get(first.url).content.decode()
    assert text.index(f'href="{second.url}"') < text.index(f'href="{third.url}"')
    assert f'href="{second.url}"' in client_of().get(third.url).content.decode()


def test_a_document_cannot_replace_itself_through_others(site_tree):
    from django.core.exceptions import ValidationError

    first = DocumentPageFactory()
    second = DocumentPageFactory(status=DocumentStatus.REPLACED, replaced_by=first)
    first.replaced_by = second
    first.status = DocumentStatus.REPLACED
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert "replaced_by" in refusal.value.message_dict
    first.replaced_by = DocumentPageFactory()
    first.status = DocumentStatus.IN_FORCE
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert "status" in refusal.value.message_dict


def test_a_closed_document_says_why_it_asks_to_sign_in(client_of, site_tree):
    page = DocumentPageFactory(signed_in_only=True)
    words = "Эта страница открыта тем, кто вошёл"
    assert words in _words(client_of().get(page.url, follow=True))
    assert words not in _words(client_of().get("/admin/", follow=True))
    # Nothing has asked one who follows the link of the header, also after a slip in the password.
    (way,) = set(
        re.findall(r'href="(/account/log-in/[^"]+)"', client_of().get("/").content.decode())
    )
    wrong = {"login": "nobody@example.org", "password": "x", "next": "/"}
    for answer in (client_of().get(unescape(way)), client_of().post(unescape(way), wrong)):
        assert "Войти" in _words(answer)
        assert words not in _words(answer)
    closed = f"/account/log-in/?next={page.url}"
    assert words in _words(client_of().post(closed, wrong | {"next": page.url}))
