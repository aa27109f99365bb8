"""Who finds what in which state, and what a search page costs with the frame kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory, NewsPageFactory, body

pytestmark = pytest.mark.django_db

# State of the page, and who finds it; nobody else does.
STATES = [
    ({}, {"visitor", "teacher"}),
    ({"draft": True}, set()),
    ({"scheduled": True}, set()),
    ({"expired_yesterday": True}, set()),
    ({"signed_in_only": True}, {"teacher"}),
    ({"restricted": True}, set()),
]


def titles(client, text):
    response = client.get(reverse("search"), {"q": text})
    return [row["hit"].card.title for row in response.context["results"]]


@pytest.mark.parametrize("factory", [NewsPageFactory, DocumentPageFactory])
@pytest.mark.parametrize(("state", "who"), STATES, ids=[str(state) for state, _ in STATES])
def test_who_finds_what(site_tree, client_of, teacher, factory, state, who):
    factory(title="Секретик", body=body("тайнослов"), **state)
    for role, user in (("visitor", None), ("teacher", teacher)):
        client = client_of(user)
        for word in ("секретик", "тайнослов"):
            assert bool(titles(client, word)) == (role in who), (role, word)
        offered = client.get(reverse("search_suggest"), {"q": "секрет"}).json()["items"]
        assert bool(offered) == (role in who), role


def test_a_page_goes_when_it_expires(site_tree, client):
    page = NewsPageFactory(title="Истекающее")
    assert titles(client, "истекающее")
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not titles(client, "истекающее")


def test_wrong_layout_and_a_slip_at_once(site_tree, client):
    NewsPageFactory(title="Наставничество в районе")
    assert titles(client, "ytcnfdybxtcndj") == ["Наставничество в районе"]


# Answered, answered as it was meant, answered in part, not answered; of one word and of several.
QUESTIONS = (
    *("конкурс", "конкурсам", "конкурз", "rjyrehc", "нетакогослова"),
    *("конкурс новостей", "конкурзы чтицов", "rjyrehc xntwjd", "конкурсы нетакогослова"),
    *("нетакого слованет", "нет такого слованет вовсе", "rjyrehc чтецов", "«конкурс чтецов»"),
)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_six_queries_with_the_frame_kept(
    site_tree, client, settings, django_assert_max_num_queries, number
):
    settings.PAGE_CACHE_SECONDS = 600
    for index in range(number):
        NewsPageFactory(title=f"Конкурс {index}", topics=[TopicFactory()])
    client.get(reverse("search"), {"q": "другое"})
    for text in QUESTIONS:
        for narrowed in ({}, {"kind": "news"}, {"topic": "1", "year": "2026"}):
            with django_assert_max_num_queries(6):
                client.get(reverse("search"), {"q": text, **narrowed})


def test_six_queries_where_more_is_found_than_shown(
    site_tree, client, settings, monkeypatch, django_assert_max_num_queries
):
    settings.PAGE_CACHE_SECONDS = 600
    for module in ("core.search.catalogue", "home.views.search"):
        monkeypatch.setattr(f"{module}.CAP", 3)
    for index in range(9):
        NewsPageFactory(title=f"Конкурс {index}", topics=[TopicFactory()])
    client.get(reverse("search"), {"q": "другое"})
    for text in QUESTIONS:
        for narrowed in ({}, {"kind": "news"}):
            with django_assert_max_num_queries(6):
                client.get(reverse("search"), {"q": text, **narrowed})


# What a question costs with the frame kept: as it is asked, and then narrowed to one kind.
COSTS = {
    "нетакогослова": (3, 2),
    "нетакого слованет вовсеникак": (3, 2),
    "трактор экскаватор бульдозер": (3, 2),
    "конкурз": (6, 5),
    "rjyrehc": (5, 5),
    "лаванда": (4, 4),
    "конкурс": (4, 4),
    "конкурзы чтицов": (6, 5),
    "rjyrehc yjdjcntq": (5, 5),
    "конкурсы нетакогослова": (5, 4),
    "«конкурс чтецов»": (5, 4),
}
# The same where there are more hits than are ranked.
COSTS_CAPPED = COSTS | {
    "конкурз": (6, 6),
    "rjyrehc": (5, 6),
    "конкурс": (5, 6),
    "конкурзы чтицов": (6, 6),
    "rjyrehc yjdjcntq": (5, 6),
    "конкурсы нетакогослова": (5, 5),
    "«конкурс чтецов»": (5, 5),
}


@pytest.mark.parametrize(("cap", "costs"), [(300, COSTS), (3, COSTS_CAPPED)])
def test_what_a_question_costs(site_tree, client, settings, monkeypatch, cap, costs):
    settings.PAGE_CACHE_SECONDS = 600
    for module in ("core.search.catalogue", "home.views.search"):
        monkeypatch.setattr(f"{module}.CAP", cap)
    NewsPageFactory(title="Лаванда цветёт", topics=[TopicFactory()])
    for index in range(9):
        NewsPageFactory(title=f"Конкурс {index}", topics=[TopicFactory()])
    client.get(reverse("search"), {"q": "другое"})

    def cost(**asked):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("search"), asked)
        return len(captured)

    assert {text: (cost(q=text), cost(q=text, kind="news")) for text in costs} == costs
