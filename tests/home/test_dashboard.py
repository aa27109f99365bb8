"""The first screen of the admin costs the same whatever waits."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home.services.editorial import set_up_editorial
from people.enums import Role
from tests.factories.home import NewsPageFactory
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
