"""The editors' guide inside the admin: every chapter, every picture, for those who work there."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from home.views.guide import GUIDE, _chapters
from people.models import User

pytestmark = pytest.mark.django_db


def test_every_link_and_picture_of_the_guide_answers(client_of, superuser: User) -> None:
    client = client_of(superuser)
    seen = set()
    waiting = {"/admin/guide/"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        article = re.search(r"<article.*?</article>", answer.content.decode(), re.S)
        assert article
        html = article[0]
        assert ".md" not in html
        for picture in re.findall(r'src="([^"]+)"', html):
            assert client.get(picture)["Content-Type"] == "image/png", picture
        links = re.findall(r'href="(/[^"#]+)', html)
        waiting |= {link for link in links if link.startswith("/admin/guide/")} - seen
    chapters = {name for name in _chapters() if name != "index"}
    assert {f"/admin/guide/{name}/" for name in chapters} | {"/admin/guide/"} == seen


def test_the_guide_stands_in_the_menu(client_of, superuser: User) -> None:
    html = client_of(superuser).get("/admin/").content.decode()
    assert json.dumps("Как работать в панели")[1:-1] in html
    assert "/admin/guide/" in html


@pytest.mark.parametrize(
    "address", ["/admin/guide/", "/admin/guide/novosti/", "/admin/guide/img/novosti.png"]
)
def test_the_guide_is_for_those_who_work_in_the_admin(
    site_tree, client_of, teacher: User, address: str
) -> None:
    assert Client().get(address).status_code == 302
    assert client_of(teacher).get(address).status_code == 302


@pytest.mark.parametrize("name", ["нет", "operations", "developers"])
def test_nothing_else_is_read(client_of, superuser: User, name: str) -> None:
    client = client_of(superuser)
    assert client.get(f"/admin/guide/{name}/").status_code == 404
    assert client.get(f"/admin/guide/img/{name}").status_code == 404


def test_the_guide_is_part_of_the_image() -> None:
    ignored = (GUIDE.parent.parent / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "!docs/editors" in ignored
    assert "!docs/roles.md" in ignored
    assert "docs" not in ignored
