"""No English word is left on the screens of the admin, in sight or read aloud."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Comment
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.factories.core import TopicFactory

SCREENS = (
    *("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore_root"),
    *("wagtailadmin_collections:index", "wagtailadmin_collections:add"),
    *("wagtailadmin_workflows:index", "wagtailadmin_workflows:add"),
    *("wagtailadmin_workflows:task_index", "wagtailadmin_reports:site_history"),
    *("wagtailadmin_reports:workflow", "wagtailadmin_reports:workflow_tasks"),
    *("wagtailadmin_reports:locked_pages", "wagtailadmin_reports:aging_pages"),
    *("wagtailusers_users:index", "wagtailusers_users:add"),
    *("wagtailusers_groups:index",),
    *("wagtailimages:index", "wagtailimages:add", "wagtaildocs:index", "wagtaildocs:add"),
    *("wagtailsites:index", "wagtailsites:add", "wagtaillocales:index", "wagtaillocales:add"),
    *("wagtailredirects:index", "wagtailredirects:add", "wagtailsearchpromotions:index"),
    *("wagtail_localize:translations_report", "news:index", "library:index", "texts:index"),
    *("wagtailsnippets_monitoring_measure:list", "wagtailsnippets_monitoring_measure:add"),
    *("wagtailsnippets_monitoring_indicator:list", "wagtailsnippets_monitoring_indicator:add"),
    *("wagtailsnippets_monitoring_roadmap:list", "wagtailsnippets_monitoring_roadmap:add"),
    *("wagtailsnippets_core_topic:list", "wagtailsnippets_core_topic:add"),
)
SPOKEN = ("aria-label", "title", "placeholder", "alt")
# Keys of a keyboard, names of formats and examples of addresses.
NO_WORDS = (
    r"Ctrl|Alt|Shift|Esc|Enter|URL|http\S*|[\w./-]+\.(com|ru|local|txt)\b|[\w.+-]+@[\w.]+|"
    r"PDF|DOCX?|XLSX?|PPTX?|PNG|JPE?G|GIF|SVG|WEBP|WebP|AVIF|ZIP|CSV|RTF|OD[TSP]|MP4|WebM|VTT|TXT|"
    r"localhost|RSS|HTML|JavaScript|English|cookie|security|/[\w\[\]/-]*"
)


def english(html: str) -> list[str]:
    """Latin words that somebody sees or hears on the screen."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["script", "style", "svg", "kbd", "noscript"]):
        tag.decompose()
    # The names of the languages themselves, of people and groups are data.
    said = [text for text in soup.find_all(string=True) if not isinstance(text, Comment)]
    said += [tag[name] for tag in soup.find_all(True) for name in SPOKEN if tag.has_attr(name)]
    found = []
    for text in said:
        rest = re.sub(NO_WORDS, "", str(text), flags=re.IGNORECASE)
        if re.search(r"[A-Za-z]{3,}", rest):
            found.append(" ".join(str(text).split()))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_no_english_word(name: str, superuser: User) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="ru")
    client.force_login(superuser)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert english(response.content.decode()) == []


@pytest.mark.django_db
def test_a_list_counts_without_a_wrong_plural(superuser: User) -> None:
    TopicFactory.create_batch(5)
    client = Client(HTTP_ACCEPT_LANGUAGE="ru")
    client.force_login(superuser)
    html = client.get(reverse("wagtailsnippets_core_topic:list")).content.decode()
    foot = BeautifulSoup(html, "html.parser").select_one(".pagination__end")
    assert foot is not None
    assert foot.get_text(strip=True) == "Всего: 5"
