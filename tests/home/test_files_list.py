"""The list «Файлы» of the admin."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client

from home.services.roles import set_up_roles
from people.enums import Role
from tests.factories.core import PortalDocumentFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_an_editor_without_files_reads_where_those_of_others_are(
    site_tree: object, client_of: Callable[..., Client]
) -> None:
    set_up_roles()
    foreign = PortalDocumentFactory(title="Чужой файл")
    client = client_of(UserFactory(groups=[Role.EDITOR.value]))
    html = client.get("/admin/documents/").content.decode()
    assert foreign.title not in html
    assert "Файлы коллег видны, когда вы выбираете файл на странице." in html
    assert re.search(r"<h1.{0,400}?Файлы\s*</h1>", html, re.S)
    chooser = json.loads(client.get("/admin/documents/chooser/").content)["html"]
    assert foreign.title in chooser
