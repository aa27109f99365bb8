"""What only PostgreSQL decides: which way to the newest hits, which index of the admin."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from core.models import Card
from core.search.frequencies import frequencies
from core.search.query import parse
from tests.factories.home import NewsPageFactory, body

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def news(site_tree):
    """Ten news, the later number the newer; every second about a contest of teachers."""
    for number in range(10):
        NewsPageFactory(
            title=f"Новость {number}",
            date=datetime.date(2020, 1, 1 + number),
            body=body("Конкурс учителей района" if number % 2 else "Учителя ждут конкурс"),
        )


def test_common_words_are_read_from_what_the_database_knows(news):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_card")
    cache.clear()
    known = frequencies()
    assert known.cards == Card.objects.count()
    assert known.of_words["конкурс"] == pytest.approx(10 / known.cards)
    assert known.of_words["район"] == pytest.approx(5 / known.cards)
    assert known.hits(parse("конкурсам")) == pytest.approx(10)
    assert known.hits(parse("нетакогослова")) == 0


def test_the_admin_search_has_an_index(news):
    results = get_search_backend().search("конкурс", Page.objects.all())
    sql, params = results.get_queryset().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'core_indexentry_title_body'"
        )
        (definition,) = cursor.fetchone()
    assert "(title || body)" in definition
    assert '("wagtailsearch_indexentry"."title" || ' in sql
    assert "wagtailsearch_indexentry" in plan
