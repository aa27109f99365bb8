"""Parts that many pages share are kept, and made anew with what they show.

Every page is asked for past the page cache: what is read here is the part itself.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.safestring import mark_safe
from wagtail.models import Locale, PageViewRestriction, Site

from core.models import SiteSettings
from core.page_cache.fragments import own_parts
from tests.factories.home import (
    DocumentPageFactory,
    DocumentTypeFactory,
    NewsPageFactory,
    SectionPageFactory,
    StandardPageFactory,
)

Committed = Callable[[], AbstractContextManager[None]]
PAST_THE_CACHE = {"HTTP_RANGE": "bytes=0-"}


@pytest.fixture
def site(site_tree: SimpleNamespace, page_cache: None) -> SimpleNamespace:
    """The smallest site with a section in its menu."""
    section = SectionPageFactory(title="Методистам")
    return SimpleNamespace(**vars(site_tree), section=section)


def _read(address: str, client: Client | None = None) -> str:
    """The page as it is with its parts at hand, without the spaces that do not break."""
    client = client or Client()
    client.get(address, **PAST_THE_CACHE)
    response = client.get(address, **PAST_THE_CACHE)
    assert response.status_code == 200
    assert response["X-Cache"] == "bypass"
    return response.content.decode().replace("\xa0", " ")


def test_header_follows_a_section(site: SimpleNamespace, committed: Committed) -> None:
    page = StandardPageFactory()
    assert ">Методистам</a>" in _read(page.url)
    with committed():
        site.section.title = "Учителям"
        site.section.save_revision().publish()
    html = _read(page.url)
    assert ">Учителям</a>" in html
    assert ">Методистам</a>" not in html


def test_header_marks_the_section_of_the_page(site: SimpleNamespace) -> None:
    inside = StandardPageFactory(parent=site.section)
    mark = f'<a href="{site.section.url}" aria-current="%s">Методистам</a>'
    assert mark % "page" in _read(site.section.url)
    assert mark % "true" in _read(inside.url)
    assert "aria-current" not in _read(StandardPageFactory().url).partition("</header>")[0]


def test_header_of_those_who_signed_in_is_their_own(
    site: SimpleNamespace, teacher: object, client_of: Callable[..., Client]
) -> None:
    form = 'action="/account/log-out/"'
    assert form not in _read(site.section.url)
    assert form in _read(site.section.url, client_of(teacher))
    assert form not in _read(site.section.url)


def test_footer_follows_the_settings(site: SimpleNamespace, committed: Committed) -> None:
    assert "Новый владелец" not in _read(site.section.url)
    with committed():
        settings = SiteSettings.for_site(Site.objects.get())
        settings.owner_name = "Новый владелец"
        settings.save()
    assert "Новый владелец" in _read(site.section.url)


def test_home_shows_what_was_published_and_for_whom(
    site: SimpleNamespace,
    committed: Committed,
    teacher: object,
    client_of: Callable[..., Client],
) -> None:
    assert "Первая новость" not in _read("/")
    with committed():
        news = NewsPageFactory(title="Первая новость")
        DocumentPageFactory(title="Для своих", access="signed_in")
    assert "Первая новость" in _read("/")
    assert "Для своих" not in _read("/")
    assert "Для своих" in _read("/", client_of(teacher))
    with committed():
        news.unpublish()
    assert "Первая новость" not in _read("/")


def test_entrances_follow_the_address_of_their_page(
    site: SimpleNamespace, committed: Committed
) -> None:
    link = {"text": "Сюда", "page": site.section.pk, "url": ""}
    site.home.entrances = [{"type": "entrance", "value": {"title": "Всем", "links": [link]}}]
    site.home.save_revision().publish()
    assert f'<a href="{site.section.url}">Сюда</a>' in _read("/")
    with committed():
        site.section.slug = "inache"
        site.section.save_revision().publish()
    assert '<a href="/inache/">Сюда</a>' in _read("/")
    with committed():
        site.section.unpublish()
    assert "Сюда" not in _read("/")


def test_facets_follow_documents_and_the_address_of_the_library(
    site: SimpleNamespace, committed: Committed
) -> None:
    DocumentPageFactory(document_type=DocumentTypeFactory(name="Приказ", slug="prikaz"))
    assert "Положение" not in _read(site.library.url)
    with committed():
        DocumentPageFactory(document_type=DocumentTypeFactory(name="Положение", slug="polozhenie"))
    assert "Положение" in _read(site.library.url)
    with committed():
        site.library.slug = "bank"
        site.library.save_revision().publish()
    assert 'popover action="/bank/"' in _read("/bank/")


def test_a_repetition_becomes_a_translation(site: SimpleNamespace, committed: Committed) -> None:
    page = StandardPageFactory()
    english, _made = Locale.objects.get_or_create(language_code="en")
    for source in (site.home, page):
        source.copy_for_translation(english, alias=True)
    alias = page.get_translation(english)
    assert 'hreflang="en"' not in _read(page.url)
    with committed():
        alias.alias_of = None
        alias.save()
    assert 'hreflang="en"' in _read(page.url)


def test_what_is_used_again_keeps_its_escaping() -> None:
    template = Template(
        '{% load portal_tags %}{% reuse "components/news_item.html" title=title url="/" date=day %}'
    )

    def show(title: str) -> str:
        return template.render(Context({"title": title, "day": date(2026, 1, 2)}))

    assert "<em>слово</em>" in show(mark_safe("<em>слово</em>"))
    assert "&lt;em&gt;слово&lt;/em&gt;" in show("<em>слово</em>")
    assert "<em>слово</em>" in show(mark_safe("<em>слово</em>"))


def test_a_news_item_leads_to_its_neighbours_of_now(
    site: SimpleNamespace,
    committed: Committed,
    teacher: object,
    client_of: Callable[..., Client],
) -> None:
    page = NewsPageFactory(title="Сама", date=date(2026, 3, 2))
    assert "Позже" not in _read(page.url)
    with committed():
        newer = NewsPageFactory(title="Следом", date=date(2026, 3, 3))
        own = NewsPageFactory(title="Для своих", date=date(2026, 3, 1))
        PageViewRestriction.objects.create(page=own, restriction_type="login")
    assert "Следом" in _read(page.url)
    assert "Для своих" not in _read(page.url)
    assert "Для своих" in _read(page.url, client_of(teacher))
    assert "Для своих" not in _read(page.url)
    with committed():
        newer.unpublish()
    assert "Следом" not in _read(page.url)


def test_an_address_follows_its_page(
    site: SimpleNamespace, committed: Committed, client: Client
) -> None:
    page = StandardPageFactory(parent=site.section, title="Лист")
    before = page.url
    assert ">Методистам</a>" in _read(before)
    with committed():
        site.section.slug = "inache"
        site.section.save_revision().publish()
    page.refresh_from_db()
    assert page.url != before
    assert "Лист" in _read(page.url)
    with committed():
        page.unpublish()
    assert client.get(page.url, **PAST_THE_CACHE).status_code == 404
    with committed():
        page.save_revision().publish()
    assert "Лист" in _read(page.url)


def test_addresses_that_lead_nowhere_push_nothing_out(
    site: SimpleNamespace, client: Client
) -> None:
    held = len(own_parts)
    for number in range(5):
        assert client.get(f"/nigde-{number}/", **PAST_THE_CACHE).status_code == 404
    assert len(own_parts) == held
    _read(site.section.url)
    assert len(own_parts) > held


def test_feeds_follow_the_name_of_a_rubric(
    site: SimpleNamespace, committed: Committed, client: Client
) -> None:
    rubric = NewsPageFactory(title="Новость").rubric

    def read() -> tuple[str, str]:
        answer = client.get("/feeds/news/rss.xml")
        return answer["X-Cache"], answer.content.decode()

    read()
    assert read()[0] == "hit"
    with committed():
        rubric.name = "Иначе названная"
        rubric.save_revision().publish()
    assert "Иначе названная" in read()[1]
