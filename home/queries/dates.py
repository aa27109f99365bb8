"""Dates ahead that published news tell."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from core.models import Card
from core.page_cache import remember
from home.registries import Upcoming


def dates_in_news(request: HttpRequest, limit: int) -> list[Upcoming]:
    """The nearest dates of public news in the language of the visitor, today included."""
    code = get_language() or "ru"
    today = timezone.localdate()

    def read() -> list[Upcoming]:
        cards = Card.objects.visible_to(AnonymousUser()).of_kind("news").in_language(code)
        dated = cards.annotate(
            day=F("page__newspage__upcoming_date"), label=F("page__newspage__upcoming_label")
        )
        found = dated.filter(day__gte=today).order_by("day", "pk")
        rows = found.values_list("day", "title", "url", "label")
        return [Upcoming(day, title, url, label) for day, title, url, label in rows[:limit]]

    return remember(f"dates:news:{code}:{today}:{limit}", read)
