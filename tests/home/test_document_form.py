"""The form of a document in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.enums import DocumentStatus
from home.models import DocumentPage
from people.models import User
from tests.factories.home import DocumentPageFactory

pytestmark = pytest.mark.django_db


def filled(page: DocumentPage, **changes: Any) -> dict[str, Any]:
    """The form of a document, as the browser sends it."""
    names = ("title", "slug", "summary", "number", "issuer", "status", "status_note", "access")
    sets = {
        f"{name}-{kind}_FORMS": 0 for name in ("files", "comments") for kind in ("TOTAL", "INITIAL")
    }
    return {
        **{name: getattr(page, name) for name in names},
        "date": page.date.isoformat(),
        "document_type": page.document_type_id,
        "body-count": 0,
        **sets,
        **changes,
    }


@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}], ids=["draft", "publish"])
def test_a_replaced_document_says_by_what(
    site_tree: object, client_of: Callable[..., Client], superuser: User, action: dict[str, str]
) -> None:
    page, newer = DocumentPageFactory(), DocumentPageFactory()
    client, address = client_of(superuser), reverse("wagtailadmin_pages:edit", args=[page.pk])

    def refused(**changes: Any) -> dict[str, Any]:
        data = filled(page, status=DocumentStatus.REPLACED, **changes)
        response = client.post(address, data | action)
        if response.status_code == 302:
            return {}
        assert "Назовите документ, которым заменён этот" in response.content.decode()
        return dict(response.context["form"].errors)

    assert list(refused()) == ["replaced_by"]
    assert list(refused(status_note="  ")) == ["replaced_by"]
    assert not DocumentPage.objects.get(pk=page.pk).has_unpublished_changes
    assert refused(status_note="утратил силу 01.09.2024") == {}
    assert refused(replaced_by=newer.pk) == {}
