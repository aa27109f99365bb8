"""The cabinet: its frame, who may enter, and what it never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core import cabinet
from core.cabinet import CabinetTask, cabinet_tasks
from people.models import User

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in(site_tree) -> None:
    answer = Client().get("/cabinet/")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/cabinet/")


def test_the_first_page_greets_and_is_kept_nowhere(
    site_tree, client_of, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cabinet, "_task_sources", [])
    answer = client_of(teacher).get("/cabinet/")
    html = answer.content.decode()
    assert "Добрый день, Анна" in html
    assert "Сейчас вас ничего не ждёт" in html
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'aria-current="page">Главная' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_header_leads_a_reader_to_the_cabinet(site_tree, client_of, teacher: User) -> None:
    assert 'href="/cabinet/"' in client_of(teacher).get("/").content.decode()
    assert 'href="/cabinet/"' not in Client().get("/").content.decode()


def test_what_is_most_urgent_stands_first(monkeypatch, teacher: User) -> None:
    today = timezone.localdate()
    tasks = [
        CabinetTask("Без срока", "/a/", "Открыть"),
        CabinetTask("Через неделю", "/b/", "Открыть", due=today + timedelta(days=7)),
        CabinetTask("Вчера", "/c/", "Открыть", due=today - timedelta(days=1)),
    ]
    monkeypatch.setattr(cabinet, "_task_sources", [lambda user, limit: tasks[:limit]])
    found = [task.title for task in cabinet_tasks(teacher, limit=5)]
    assert found == ["Вчера", "Через неделю", "Без срока"]


def test_a_room_is_shown_to_those_it_is_for(
    monkeypatch, site_tree, client_of, teacher: User, superuser: User
) -> None:
    monkeypatch.setattr(cabinet, "_sections", list(cabinet._sections))
    cabinet.register_cabinet_section(
        order=90, title="Для одного", url_name="search", shown_to=lambda user: user.is_superuser
    )
    assert "Для одного" not in client_of(teacher).get("/cabinet/").content.decode()
    assert "Для одного" in client_of(superuser).get("/cabinet/").content.decode()
