"""Addresses for machines: live asks nobody, ready asks everybody and names what fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings


def test_live_asks_nobody(client: Client) -> None:
    # Without the fixture of the database any question to it would fail the test.
    response = client.get(reverse("health_live"))
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "checks": {}}


def test_ready(client: Client, db: None) -> None:
    response = client.get(reverse("health_ready"))
    assert response.status_code == 200
    assert response.json()["checks"] == dict.fromkeys(
        ["database", "migrations", "cache", "files"], "ok"
    )
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("name", ["health_live", "health_ready"])
def test_probes_come_by_number_and_without_tls(
    client: Client, db: None, settings: Settings, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse(name), HTTP_HOST="10.0.0.7:8000").status_code == 200
    assert client.post(reverse(name)).status_code == 405


def test_database_away(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("could not connect to server: user portal, password secret-word")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    body = response.json()
    assert "DATABASE_URL" in body["checks"]["database"]
    assert body["checks"]["cache"] == "ok"
    assert "secret-word" not in response.content.decode()


def test_cache_away(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caches["default"], "get", lambda *args, **kwargs: None)
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    assert "REDIS_URL" in response.json()["checks"]["cache"]


def test_migrations_not_applied(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.health.MigrationExecutor.migration_plan", lambda *args: ["one"])
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    assert "manage.py migrate" in response.json()["checks"]["migrations"]


def test_folder_that_cannot_be_made(
    client: Client, db: None, temporary_files: Path, settings: Settings
) -> None:
    (temporary_files / "media").write_text("a file where a folder should be")
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    assert "«default»" in response.json()["checks"]["files"]


def test_full_disk(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.health.FREE_BYTES", 10**18)
    response = client.get(reverse("health_ready"))
    assert response.status_code == 503
    assert "full" in response.json()["checks"]["files"]
