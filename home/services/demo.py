"""Invented content that shows the portal at work; loaded only for a demonstration.

Everything is made once (see ``home.services.seeding``): a second run changes nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from core.bulk import writing_much
from core.enums import Access
from core.models import SiteSettings, SiteWords, Topic
from core.models.settings import other_languages
from home.enums import DocumentStatus, FileRole
from home.models import DocumentFile, DocumentPage, DocumentType, NewsPage, Rubric
from home.services.demo_files import make_demo_file
from home.services.demo_register import load_demo_register
from home.services.demo_years import load_demo_years
from home.services.seeding import (
    body_value,
    find_page,
    make_page,
    once,
    refill_page,
    source_locale,
    today_plus,
)
from home.services.structure import read_data
from monitoring.models import Measure
from monitoring.services.demo import load_demo_progress

STATUSES = {
    "проект": DocumentStatus.DRAFT,
    "действует": DocumentStatus.IN_FORCE,
    "заменён": DocumentStatus.REPLACED,
}
ACCESS = {"public": Access.PUBLIC, "internal": Access.SIGNED_IN}


class DemoRefusedError(RuntimeError):
    """The settings forbid demonstration data here."""


def ensure_demo_allowed() -> None:
    """Raise DemoRefusedError where accounts with a known password must not appear."""
    if not settings.DEMO_DATA_ALLOWED:
        raise DemoRefusedError("Demonstration data is refused here: set DEMO_DATA_ALLOWED=true.")


@writing_much()
@transaction.atomic
def load_demo() -> None:
    """News, documents, texts, people and facts of the demonstration, under its banner."""
    ensure_demo_allowed()
    content = read_data("demo_content.json")
    texts = read_data("demo_pages.json")
    _fill_site_settings(content["meta"]["banner"], texts["settings"], texts["settings_in_english"])
    load_demo_register()
    _load_documents([*content["documents"], *texts["more_documents"]], texts["documents"])
    _load_news(content["news"], texts["news_topics"], texts["news_dates"])
    _fill_pages(texts["pages"])
    _fill_topics(read_data("topic_texts.json"))
    if once("demo:road-map"):
        load_demo_progress(
            statuses=content["measure_status_demo"],
            facts=load_demo_years(content["indicator_facts_demo"]),
            find_page=find_evidence,
        )


def find_evidence(words: str) -> Page | None:
    """The page behind words of the data file like ``document:prikaz-64`` or ``section:fgos``."""
    kind, _colon, slug = words.partition(":")
    if kind == "document":
        return find_page(f"dokumenty/{slug}")
    if kind == "section":
        return find_page(f"o-centre/{slug}") or find_page(f"temy/{slug}")
    return None


def _fill_site_settings(banner: str, values: dict[str, str], english: dict[str, str]) -> None:
    """The banner, and addresses that say themselves that they are invented."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not once("demo:settings"):
        return
    site_settings = SiteSettings.for_site(site)
    site_settings.demo_banner = banner
    for name, value in values.items():
        if not getattr(site_settings, name):
            setattr(site_settings, name, value)
    if "en" in dict(other_languages()):
        site_settings.words.add(SiteWords(language="en", **english))
    site_settings.save()


def _topics(slugs: list[str]) -> list[Topic]:
    return list(Topic.objects.filter(slug__in=slugs, locale=source_locale()))


def _load_documents(documents: list[dict[str, Any]], places: dict[str, Any]) -> None:
    """The documents, each with a small real file; the order itself is no demonstration."""
    types = {kind.name: kind for kind in DocumentType.objects.filter(locale=source_locale())}
    library = find_page("dokumenty")
    for entry in documents:
        if not entry["demo"] or entry["type"] not in types:
            continue

        def build(entry: dict[str, Any] = entry) -> Page:
            place = places[entry["slug"]]
            page = DocumentPage(
                title=f"{entry['title']} (демо)",
                slug=entry["slug"],
                summary=entry["summary"],
                document_type=types[entry["type"]],
                number=entry["number"],
                date=today_plus(entry["offset_days"]),
                issuer="МКУ «ИМЦ» (демо)",
                status=STATUSES[entry["status"]],
                access=ACCESS[entry["access"]],
                direction=place["direction"],
            )
            page.topics = _topics(place["topics"])
            page.measures = list(
                Measure.objects.filter(number__in=entry["measures"], locale=source_locale())
            )
            page.replaced_by = find_page(f"dokumenty/{entry.get('replaced_by')}")
            page.files = _files(entry, place, page.date)  # type: ignore[misc]
            return page

        make_page(key=f"dokumenty/{entry['slug']}", parent=library, build=build)


def _files(entry: dict[str, Any], place: dict[str, Any], day: date) -> list[DocumentFile]:
    """The file of a demonstration document, and the one that it took the place of."""
    files = [
        DocumentFile(
            document=make_demo_file(slug=entry["slug"], title=entry["title"]), version_date=day
        )
    ]
    if earlier := place.get("earlier"):
        title = f"{entry['title']}, {earlier['words']}"
        files.append(
            DocumentFile(
                document=make_demo_file(slug=f"{entry['slug']}-earlier", title=title),
                role=FileRole.EARLIER,
                version_date=day - timedelta(days=earlier["days"]),
                version_note=earlier["note"],
                sort_order=1,
            )
        )
    return files


def _load_news(
    news: list[dict[str, Any]], topics: dict[str, list[str]], dates: dict[str, list[Any]]
) -> None:
    """The news, dated back from today so that the list is alive; some tell of a date ahead."""
    rubrics = {rubric.name: rubric for rubric in Rubric.objects.filter(locale=source_locale())}
    index = find_page("novosti")
    for entry in sorted(news, key=lambda item: item["offset_days"]):
        if entry["rubric"] not in rubrics:
            continue

        def build(entry: dict[str, Any] = entry) -> Page:
            text = "".join(f"<p>{part}</p>" for part in entry["body"])
            page = NewsPage(
                title=entry["title"],
                slug=entry["slug"],
                summary=entry["lead"],
                date=today_plus(entry["offset_days"]),
                rubric=rubrics[entry["rubric"]],
                body=body_value([["text", text]]),
            )
            if entry["slug"] in dates:
                page.upcoming_label, ahead = dates[entry["slug"]]
                page.upcoming_date = today_plus(ahead)
            page.topics = _topics(topics[entry["slug"]])
            return page

        make_page(key=f"novosti/{entry['slug']}", parent=index, build=build)


def _fill_pages(pages: dict[str, Any]) -> None:
    """Texts of the pages of the section «О центре»."""
    for key, entry in pages.items():

        def fill(page: Any, entry: dict[str, Any] = entry) -> None:
            page.summary = entry["summary"]
            page.body = body_value(entry["body"])

        _refill(key, fill)


def _fill_topics(texts: dict[str, Any]) -> None:
    """Texts of the topic hubs."""
    for slug, entry in texts.items():

        def fill(page: Any, entry: dict[str, Any] = entry) -> None:
            page.summary = entry["summary"]
            page.body = body_value(entry["body"])
            page.checked_on = entry.get("checked")

        _refill(f"temy/{slug}", fill)


def _refill(key: str, fill: Any) -> None:
    page = find_page(key)
    if page is not None:
        refill_page(key=key, page=page, fill=fill)
