"""What only the inside knows: addresses, numbers of queries, time to publish and of the explorer.

Runs in a process of its own with the settings of the portal and prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

import django

django.setup()

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.generate import ABSENT
from core.models import Card
from home.models import DocumentLibraryPage, DocumentPage, NewsIndexPage, NewsPage
from people.models import User

SEARCHES = {
    "search_absent": ABSENT,
    "search_rare": "метеорология",
    "search_common": "аттестация",
    "search_everywhere": "педагог",
}
TIMES = 9


def addresses() -> dict[str, str]:
    """What is measured."""
    from urllib.parse import quote

    library = DocumentLibraryPage.objects.get(locale__language_code="ru").url
    documents = Card.objects.of_kind("document").in_language("ru").order_by("-date", "-pk")
    deep = documents[int(documents.count() * 0.8)]
    middle = DocumentPage.objects.filter(slug__startswith="bench").order_by("pk")
    found = {
        "home": "/",
        "news_list": NewsIndexPage.objects.get(locale__language_code="ru").url,
        "news": NewsPage.objects.filter(slug__startswith="bench").order_by("pk").first().url,
        "document": middle[middle.count() // 2].url,
        "library": library,
        "library_facet": f"{library}?status=in_force",
        "library_deep": f"{library}?after={deep.date:%Y-%m-%d}.{deep.pk}",
    }
    if Client().get("/search/", HTTP_HOST="127.0.0.1").status_code == 200:
        found |= {name: f"/search/?q={quote(word)}" for name, word in SEARCHES.items()}
    return found


def queries(address: str) -> int:
    """Queries of a page that the page cache does not answer, with its parts warm."""
    client = Client(HTTP_HOST="127.0.0.1", HTTP_RANGE="bytes=0-")
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    assert response["X-Cache"] == "bypass"
    return len(captured)


def _median_ms(work: Any) -> float:
    times = []
    for turn in range(TIMES):
        began = time.perf_counter()
        work(turn)
        times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 1)


def editors() -> dict[str, float]:
    """Publishing a news item and opening the explorer, in milliseconds."""
    user, _made = User.objects.get_or_create(
        email="bench@example.org", defaults={"is_superuser": True, "is_staff": True}
    )
    page = NewsPage.objects.filter(slug__startswith="bench").order_by("-pk").first()
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    index = NewsIndexPage.objects.get(locale__language_code="ru").pk

    def publish(turn: int) -> None:
        page.summary = f"Коротко {turn}"
        page.save_revision(user=user).publish(user=user)

    def explore(turn: int) -> None:
        assert client.get(f"/admin/pages/{index}/").status_code == 200

    publish(0), explore(0)
    return {"publish_ms": _median_ms(publish), "explorer_ms": _median_ms(explore)}


if __name__ == "__main__":
    # A mark on every cookie of the session would need TLS here.
    settings.SESSION_COOKIE_SECURE = False
    caches["pages"].clear()
    found = addresses()
    print(
        json.dumps(
            {
                "addresses": found,
                "queries": {name: queries(address) for name, address in found.items()},
                **editors(),
            }
        )
    )
