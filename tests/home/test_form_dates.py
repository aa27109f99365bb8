"""Dates in the forms of the admin: none in the wrong direction, none that somebody did not type."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from core.forms import PortalPageForm
from home.models import DocumentPage, NewsPage
from monitoring.models import RoadMap
from tests.factories.home import DocumentPageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db
PASSED = "Это время уже прошло. Укажите будущее время или опубликуйте сразу."


def words_of(moment) -> str:
    return localtime(moment).strftime("%d.%m.%Y %H:%M")


def errors(page, user, **data: str) -> dict[str, list[str]]:
    form_class = type(page).get_edit_handler().get_form_class()
    form = form_class(
        {"body-count": "0", **data}, instance=page, for_user=user, parent_page=page.get_parent()
    )
    form.full_clean()
    return {name: list(found) for name, found in form.errors.items()}


def test_a_publication_is_not_set_for_the_past(site_tree, superuser) -> None:
    news = NewsPageFactory(draft=True)
    past = words_of(timezone.now() - timedelta(hours=1))
    assert errors(news, superuser, go_live_at=past)["go_live_at"] == [PASSED]
    ahead = words_of(timezone.now() + timedelta(hours=1))
    assert "go_live_at" not in errors(news, superuser, go_live_at=ahead)


def test_a_time_that_has_come_meanwhile_does_not_stand_in_the_way(site_tree, superuser) -> None:
    moment = timezone.now() - timedelta(days=1)
    news = NewsPageFactory(draft=True, go_live_at=moment)
    assert "go_live_at" not in errors(news, superuser, go_live_at=words_of(moment))
    another = words_of(moment + timedelta(hours=1))
    assert errors(news, superuser, go_live_at=another)["go_live_at"] == [PASSED]


def test_every_form_of_pages_and_records_asks_for_a_time_ahead() -> None:
    for model in (NewsPage, DocumentPage):
        assert issubclass(model.get_edit_handler().get_form_class(), PortalPageForm)
    form = RoadMap.snippet_viewset.get_edit_handler().get_form_class()
    past = words_of(timezone.now() - timedelta(hours=1))
    filled = form({"go_live_at": past}, instance=RoadMap())
    assert filled.errors["go_live_at"] == [PASSED]


def test_a_document_is_dated_today_at_the_latest(site_tree, superuser) -> None:
    document = DocumentPageFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused = errors(document, superuser, date=f"{tomorrow:%d.%m.%Y}")
    assert refused["date"] == ["Дата не может быть в будущем."]
    today = timezone.localdate()
    assert "date" not in errors(document, superuser, date=f"{today:%d.%m.%Y}")


@pytest.mark.parametrize("typed", ["31.02.2026", "29.02.2025", "2026", "вчера", "00.00.0000"])
def test_a_day_that_does_not_exist_is_refused_as_it_was_typed(
    site_tree, superuser, typed: str
) -> None:
    news = NewsPageFactory()
    assert errors(news, superuser, date=typed)["date"] == ["Введите правильную дату."]


@pytest.mark.parametrize("model", ["news", "document"])
def test_the_calendar_leaves_the_text_alone(client_of, superuser, site_tree, model: str) -> None:
    page = NewsPageFactory() if model == "news" else DocumentPageFactory()
    html = client_of(superuser).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    settings = [
        json.loads(unescape(found))
        for found in re.findall(r"init(?:Date|DateTime)Chooser\([^,]+, (\{.*?\})\)", html)
    ]
    assert settings
    assert all(found["validateOnBlur"] is False for found in settings)
