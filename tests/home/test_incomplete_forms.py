"""Forms of the admin that arrive without their fields: a connection broke, or somebody tries."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from tests.factories.home import NewsPageFactory

ADD = ("home", "newspage")


def _addresses(page: Page, site: SimpleNamespace) -> dict[str, str]:
    revision = page.save_revision()
    return {
        "add": reverse("wagtailadmin_pages:add", args=[*ADD, site.news.pk]),
        "preview of a new one": reverse(
            "wagtailadmin_pages:preview_on_add", args=[*ADD, site.news.pk]
        ),
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "preview": reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        "revert": reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[page.pk]),
    }


@pytest.mark.parametrize(
    "form", ["add", "preview of a new one", "edit", "preview", "revert", "copy"]
)
def test_a_form_without_its_fields_is_refused(
    admin_client: Client, site_tree: SimpleNamespace, form: str
) -> None:
    page = NewsPageFactory(title="Прежний заголовок")
    address = _addresses(page, site_tree)[form]
    kept = Revision.objects.count(), Page.objects.count()
    # An empty preview is answered by Wagtail itself.
    answer = admin_client.post(address, {"title": "Новый"} if "preview" in form else {})
    assert answer.status_code == 400
    assert "Портал не может прочитать" in answer.content.decode()
    page.refresh_from_db()
    assert page.title == "Прежний заголовок"
    assert (Revision.objects.count(), Page.objects.count()) == kept


def test_elsewhere_a_missing_field_stays_our_error(
    client: Client, monkeypatch: pytest.MonkeyPatch, site_tree: SimpleNamespace
) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr(
        "home.models.HomePage.get_context", lambda self, request: request.GET["нет такого"]
    )
    assert client.get("/").status_code == 500
