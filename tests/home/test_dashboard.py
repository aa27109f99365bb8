"""The first screen of the admin: true, and costs the same whatever waits."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from home.dashboard import PANELS, PublishedSummary
from home.queries.editorial import overdue_measures_for
from home.services.editorial import set_up_editorial
from monitoring.enums import MeasureStatus
from people.enums import Role
from tests.factories.home import NewsPageFactory
from tests.factories.monitoring import MeasureFactory, RoadMapFactory
from tests.home.test_languages import translate
from tests.home.test_roles import person


@pytest.mark.parametrize("name", ["wagtailadmin_home"])
def test_queries_do_not_grow_with_the_rows(name: str, site_tree: SimpleNamespace) -> None:
    set_up_editorial()
    user = person(Role.METHODIST)
    client = Client()
    client.force_login(user)
    counts = []
    for more in (1, 2, 27):
        for _number in range(more):
            page = NewsPageFactory(parent=site_tree.news, owner=user, draft=True)
            page.get_workflow().start(page, user)
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 32


def test_what_is_overdue_is_what_the_site_calls_so(site_tree: SimpleNamespace) -> None:
    set_up_editorial()
    plan = RoadMapFactory()
    yesterday = timezone.localdate() - timedelta(days=1)
    ended = [MeasureFactory(road_map=plan, status=s, end=yesterday) for s in MeasureStatus]
    for status in MeasureStatus:
        MeasureFactory(road_map=plan, status=status, end=timezone.localdate())
    named = {row.title for row in overdue_measures_for(person(Role.METHODIST)).rows}
    assert named == {str(measure) for measure in ended if measure.is_overdue()}
    assert len(named) == 3


def test_a_translation_is_not_counted_once_more(
    site_tree: SimpleNamespace, english: Locale
) -> None:
    translate(site_tree.home, english)
    translate(site_tree.news, english)
    page = NewsPageFactory(parent=site_tree.news)
    assert translate(page, english).live

    figures = PublishedSummary(RequestFactory().get("/")).get_context_data({})

    assert figures["news"] == 1


def test_every_panel_leads_to_its_chapter_of_the_guide(site_tree: SimpleNamespace) -> None:
    set_up_editorial()
    client = Client()
    client.force_login(person(Role.COORDINATOR))
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    for panel in PANELS:
        address = reverse("editors_guide_chapter", args=[panel.chapter])
        assert client.get(address).status_code == 200
        shown = f'id="{panel.name}-section"' in screen
        link = f'<a href="{address}">Как это устроено<span class="w-sr-only">: {panel.heading}'
        assert (link in screen) is shown
    assert screen.count("Как это устроено") >= 4
