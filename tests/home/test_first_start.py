"""The first start decides; later starts change nothing that somebody edited."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import override_settings
from pytest_django.fixtures import Settings
from wagtail.models import Locale, Page, Site

from core.models import Card
from home.models import HomePage, NewsPage, StandardPage
from home.services.demo_people import DEMO_PASSWORD
from people.enums import Role
from people.models import User
from tests.kept import standing_on

pytestmark = pytest.mark.django_db


def prepare(**options: object) -> str:
    """As `make run` does it; returns what it said."""
    said = io.StringIO()
    call_command("prepare", verbosity=0, stdout=said, **options)
    return said.getvalue()


# Of a class: before the transaction of the test, and for this test alone.
@pytest.fixture(scope="class")
def started(kept_databases: None, django_db_blocker: Any) -> Iterator[str]:
    """A portal after its first start with demo content; what the start said."""
    with django_db_blocker.unblock(), standing_on("started", prepare) as said:
        yield said


@pytest.fixture(scope="class")
def started_empty(
    kept_databases: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """A portal after its first start without demo content, on port 8123, and what that said."""

    def start() -> SimpleNamespace:
        folder = tmp_path_factory.mktemp("empty")
        with override_settings(VAR_DIR=folder):
            return SimpleNamespace(folder=folder, said=prepare(empty=True, port=8123))

    with django_db_blocker.unblock(), standing_on("empty", start) as made:
        yield made


def state() -> list[tuple]:
    """Everything of the pages that an editor can change."""
    return list(
        Page.objects.order_by("pk").values_list(
            "pk", "title", "slug", "path", "live", "latest_revision_id", "last_published_at"
        )
    )


def test_with_demo_content(started: str) -> None:
    assert NewsPage.objects.live().count() >= 10
    assert Card.objects.filter(kind="news").count() >= 10
    assert User.objects.filter(email="redaktor@demo.local").exists()


def test_an_empty_start_stays_empty(started_empty: SimpleNamespace) -> None:
    # The command makes the account in this portal, not in the one of the usual folder.
    command = f"VAR_DIR={started_empty.folder} .venv/bin/python manage.py createsuperuser"
    assert command in started_empty.said
    assert HomePage.objects.live().exists()
    assert not NewsPage.objects.exists()
    assert not User.objects.exists()
    prepare()
    assert not NewsPage.objects.exists()
    assert not User.objects.exists()


def test_a_second_start_changes_nothing(started: str) -> None:
    news = NewsPage.objects.live().first()
    news.title = "Как назвал редактор"
    news.save_revision().publish()
    StandardPage.objects.first().delete()
    NewsPage.objects.last().delete()
    User.objects.filter(email="redaktor@demo.local").delete()
    before = state()
    prepare()
    assert state() == before
    assert not User.objects.filter(email="redaktor@demo.local").exists()


def test_a_start_names_only_the_accounts_that_the_password_still_opens(started: str) -> None:
    assert "redaktor@demo.local" in started
    changed, closed, promoted = (
        User.objects.get(email=f"{name}@demo.local") for name in ("redaktor", "metodist", "pedagog")
    )
    changed.set_password("another long password")
    changed.save()
    closed.is_active = False
    closed.save()
    promoted.groups.add(Group.objects.get(name=Role.METHODIST.value))
    said = prepare()
    assert "redaktor@demo.local" not in said
    assert "metodist@demo.local" not in said
    assert re.search(rf"pedagog@demo\.local +{Role.METHODIST.value}\n", said)
    for user in User.objects.all():
        user.set_unusable_password()
        user.save()
    assert DEMO_PASSWORD not in prepare()


def test_an_interrupted_start_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("home.management.commands.setup_portal.set_up_portal", interrupt)
        with pytest.raises(KeyboardInterrupt):
            prepare()
    prepare(empty=True)
    assert NewsPage.objects.live().exists(), "the first decision was for demo content"


def test_addresses_follow_the_port(started_empty: SimpleNamespace) -> None:
    site = Site.objects.get(is_default_site=True)
    if site.hostname in {"localhost", "127.0.0.1"}:
        assert site.port == 8123
    prepare(port=8124)
    site.refresh_from_db()
    site.hostname, site.port = "portal.example.org", 443
    site.save()
    prepare(port=8125)
    site.refresh_from_db()
    assert site.port == 443


def test_an_empty_start_after_one_with_demo_content_says_what_it_does(started: str) -> None:
    assert "EMPTY=1" in prepare(empty=True)
    assert NewsPage.objects.exists()


def test_a_new_language_or_structure_reaches_a_portal_that_has_begun(
    started_empty: SimpleNamespace, settings: Settings
) -> None:
    StandardPage.objects.first().delete()
    before = state()
    languages = [("ru", "Русский"), ("en", "English"), ("tt", "Татарча")]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    prepare()
    assert Locale.objects.filter(language_code="tt").exists()
    assert state() == before, "what an editor deleted stays deleted"


def test_a_database_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    with pytest.raises(CommandError, match=r"DATABASE_URL.*connection refused"):
        prepare()
