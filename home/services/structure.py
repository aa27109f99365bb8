"""The structure with which a department starts: languages, pages, lists, the official road map."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from core.models import SiteSettings, Topic
from home.models import DocumentType, HomePage, Rubric, TopicPage
from home.services.seeding import (
    body_value,
    find_page,
    make_page,
    make_snippet,
    marked_value,
    once,
)
from monitoring.models import RoadMap
from people.models import Subject
from practices.models import PracticeKind

DATA = Path(__file__).resolve().parent.parent / "data"
HOME_KEY = "home"


@transaction.atomic
def set_up_structure() -> None:
    """Put the structure in place; a second run leaves everything as editors have made it."""
    data = read_data("structure.json")
    set_up_languages()
    home = _set_up_home(data["home"])
    _set_up_lists(data)
    for entry in data["pages"]:
        _set_up_page(entry, home)
    _set_up_topics(data, find_page("temy"))
    if home is not None and once("home:entrances"):
        _set_up_entrances(home, data["entrances"])


def read_data(name: str) -> Any:
    """The content of a data file of this app."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def page_hints() -> dict[str, str]:
    """What belongs on each unwritten page of the structure, by its key; the urgent first."""
    data = read_data("structure.json")
    entries = [part for page in data["pages"] for part in (page, *page.get("children", []))]
    hints = {entry["key"]: entry["hint"] for entry in entries if "hint" in entry}
    topics = {f"temy/{slug}": data["topic_hint"] for slug, _title in data["topics"]}
    return hints | topics


def set_up_languages() -> None:
    """A locale for each language of the settings."""
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def _set_up_home(data: dict[str, Any]) -> Page | None:
    """The home page as the root of the site, in place of Wagtail's page of welcome."""
    home = make_page(
        key=HOME_KEY, parent=Page.get_first_root_node(), build=lambda: HomePage(**data)
    )
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if home is not None and site is not None and once("site"):
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        welcome = site.root_page
        site.root_page = home
        site.site_name = SiteSettings._meta.get_field("portal_name").default
        site.hostname = address.hostname or "localhost"
        site.port = address.port or (443 if address.scheme == "https" else 80)
        site.save()
        SiteSettings.for_site(site).save()
        if type(welcome.specific) is Page and not welcome.get_children().exists():
            welcome.delete()
    return home


def _set_up_lists(data: dict[str, Any]) -> None:
    """Rubrics, types and kinds, topics, and the subjects of the federal programmes."""
    lists: list[tuple[type[Any], str]] = [
        (Rubric, "rubrics"),
        (DocumentType, "document_types"),
        (Topic, "topics"),
        (Subject, "subjects"),
        (PracticeKind, "practice_kinds"),
    ]
    for model, name in lists:
        for order, (slug, title) in enumerate(data[name], start=1):
            make_snippet(
                key=f"{name}/{slug}",
                model=model,
                match={"slug": slug},
                values={"name": title, "order": order},
            )


def _set_up_page(entry: dict[str, Any], parent: Page | None) -> None:
    """One page of the structure and those below it."""
    model = apps.get_model(entry["type"])

    def build() -> Page:
        values: dict[str, Any] = {
            "title": entry["title"],
            "slug": entry["key"].rsplit("/", 1)[-1],
            "summary": entry["summary"],
            "show_in_menus": entry.get("menu", False),
        }
        if "body" in entry:
            values["body"] = body_value(entry["body"])
        if "section" in entry:
            values["section"] = entry["section"]
        if entry["type"] == "monitoring.RoadMapPage":
            values["road_map"] = RoadMap.objects.order_by("start_year").first()
        return model(**values)

    page = make_page(key=entry["key"], parent=parent, build=build)
    for child in entry.get("children", []):
        _set_up_page(child, page)


def _set_up_topics(data: dict[str, Any], index: Page | None) -> None:
    """A hub for each topic."""
    topics = {topic.slug: topic for topic in Topic.objects.filter(locale=Locale.get_default())}
    for slug, title in data["topics"]:
        topic = topics.get(slug)
        if topic is None:
            continue

        def build(slug: str = slug, title: str = title, topic: Topic = topic) -> Page:
            return TopicPage(title=title, slug=slug, topic=topic)

        make_page(key=f"temy/{slug}", parent=index, build=build)


def _set_up_entrances(home: Page, entrances: list[dict[str, Any]]) -> None:
    """Where each kind of visitor begins; written after the pages it leads to exist."""
    block = HomePage._meta.get_field("entrances").stream_block
    raw = []
    for entrance in entrances:
        links = [
            {"text": text, "page": page.pk, "url": ""}
            for text, key in entrance["links"]
            if (page := find_page(key)) is not None
        ]
        raw.append({"type": "entrance", "value": {"title": entrance["title"], "links": links}})
    home.entrances = marked_value(block, raw)
    home.save_revision(log_action=True).publish()
