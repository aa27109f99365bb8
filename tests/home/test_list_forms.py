"""The forms of the short lists: topics, rubrics, types of documents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Topic
from people.models import User
from tests.factories.core import TopicFactory

pytestmark = pytest.mark.django_db


def test_an_address_part_that_is_taken_is_refused_at_its_field(
    site_tree: object, client_of: Callable[..., Client], superuser: User
) -> None:
    first, second = TopicFactory(slug="fgos"), TopicFactory(slug="olimpiady")
    client = client_of(superuser)
    for name, arguments in (("edit", [first.pk]), ("add", [])):
        address = reverse(Topic.snippet_viewset.get_url_name(name), args=arguments)
        response = client.post(address, {"name": "Набрано", "slug": second.slug})
        assert response.status_code == 200
        assert response.context["form"].errors == {"slug": ["Такая часть адреса уже есть."]}
        assert "Набрано" in response.content.decode()
    address = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[first.pk])
    assert client.post(address, {"name": "Набрано", "slug": "fgos"}).status_code == 302
