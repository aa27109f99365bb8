"""The search fields of the admin: with every sorting, with anything typed."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client
from modelsearch.backends import get_search_backend

from core.models import Topic
from people.models import User
from tests.factories.core import PortalImageFactory

pytestmark = pytest.mark.django_db

LISTS = [
    *("/admin/pages/search/", "/admin/pages/1/", "/admin/library/", "/admin/news/"),
    *("/admin/images/", "/admin/documents/", "/admin/users/"),
    *("/admin/snippets/monitoring/measure/", "/admin/snippets/monitoring/indicator/"),
    *("/admin/snippets/core/topic/", "/admin/snippets/home/rubric/"),
]
ODD = ["\x00", "\udc80", '"', "'", "NEAR(", "a*", "%", "а" * 20_000, "🙂", "\u202eа", "²", "-1"]


@pytest.fixture
def editor_of_all(demo: None, client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


@pytest.mark.parametrize("address", LISTS)
def test_a_search_can_be_sorted_by_every_column(editor_of_all: Client, address: str) -> None:
    shown = editor_of_all.get(address)
    assert shown.status_code == 200
    orders = {"", *re.findall(r"ordering=(-?\w+)", shown.content.decode())}
    for order in sorted(orders):
        found = editor_of_all.get(address, {"q": "приказ", "ordering": order})
        assert found.status_code == 200, order


@pytest.mark.parametrize("address", LISTS)
def test_anything_typed_gives_a_list(editor_of_all: Client, address: str) -> None:
    for typed in ODD:
        value = quote(typed.encode("utf-8", "surrogatepass"))
        status = editor_of_all.get(f"{address}?q={value}&p={value}&locale={value}").status_code
        assert status < 500, typed[:20]


@pytest.mark.parametrize(
    ("address", "typed", "meant"),
    [
        ("/admin/pages/search/", "аттистация", "аттестация"),
        ("/admin/pages/search/", "fnntcnfwbz", "аттестация"),
        ("/admin/pages/search/", "положние о центре", "положение о центре"),
        ("/admin/library/", "приказз", "приказ"),
        ("/admin/documents/", "приказз", "приказ"),
        ("/admin/snippets/core/topic/", "аттистация", "аттестация"),
        ("/admin/snippets/monitoring/measure/", "настаничество", "наставничество"),
        ("/admin/documents/chooser/results/", "приказз", "приказ"),
        ("/admin/choose-page/search/", "аттистация", "аттестация"),
        ("/admin/pages/1/", "аттистация", "аттестация"),
        ("/admin/snippets/choose/core/topic/results/", "аттистация", "аттестация"),
    ],
)
def test_a_slip_finds_what_the_right_word_finds(
    editor_of_all: Client, address: str, typed: str, meant: str
) -> None:
    def numbers(text: str) -> list[str]:
        html = editor_of_all.get(address, {"q": text, "p": 1}).content.decode()
        return re.findall(r'href="(/admin/[^"?]*/\d+/[^"?]*)', html)

    found = numbers(meant)
    assert found
    assert numbers(typed) == found


@pytest.mark.parametrize("typed", ["аттистация", "fnntcnfwbz", "аттестациями"])
@pytest.mark.parametrize("address", ["/admin/images/", "/admin/images/chooser/results/"])
def test_a_slip_finds_an_image(editor_of_all: Client, address: str, typed: str) -> None:
    PortalImageFactory(title="Аттестация в школе")
    assert "Аттестация в школе" in editor_of_all.get(address, {"q": typed, "p": 1}).content.decode()


def test_a_known_word_costs_no_look_ahead(editor_of_all: Client, django_assert_num_queries) -> None:
    topics = Topic.objects.all()
    with django_assert_num_queries(1):
        list(get_search_backend().autocomplete("аттестация", topics)[:5])
    with django_assert_num_queries(2):
        list(get_search_backend().autocomplete("аттест", topics)[:5])
    with django_assert_num_queries(4):
        assert list(get_search_backend().autocomplete("аттистация", topics)[:5])
    with django_assert_num_queries(3):
        assert not list(get_search_backend().search("ъъъъъ", topics)[:5])
