"""What only PostgreSQL decides: which way to the newest hits, which index of the admin."""

import datetime

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from core.search import newest
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


def test_common_is_told_from_rare(news, monkeypatch):
    plans = []
    monkeypatch.setattr(newest, "_estimate", lambda: 100_000)

    class Asked:
        def order_by(self):
            return self

        def values(self, *names):
            return self

        def explain(self, format):
            return f'[{{"Plan": {{"Plan Rows": {plans.pop()}}}}}]'

    plans += [85_000, 8_000, 10]
    assert [newest._is_common(Asked()) for _ in range(3)] == [False, False, True]


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
