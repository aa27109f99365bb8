"""Two addresses for machines: does the process live, and can it work."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.core.cache import caches
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

FREE_BYTES = 100 * 1024 * 1024


class NotReady(Exception):
    """Says in words what is wrong and what to do; never an address, a name or a password."""


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Exception as error:
        raise NotReady(
            "The database does not answer. Check DATABASE_URL and its server."
        ) from error


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("Migrations are not applied. Run `manage.py migrate`.")


def _cache() -> None:
    cache, token = caches["default"], secrets.token_hex(8)
    try:
        cache.set("health", token, 30)
        answer = cache.get("health")
    except Exception as error:
        raise NotReady("The cache does not answer. Check REDIS_URL and its server.") from error
    # Another probe may have written meanwhile: any answer shows that the cache remembers.
    if answer is None:
        raise NotReady("The cache does not answer. Check REDIS_URL and its server.")


def _files() -> None:
    for name in ("default", "private"):
        storage = storages[name]
        if not isinstance(storage, FileSystemStorage):
            try:
                storage.exists("health")
            except Exception as error:
                raise NotReady(f"The file store «{name}» does not answer.") from error
            continue
        folder = Path(storage.location)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotReady(f"The folder of the file store «{name}» cannot be made.") from error
        if not os.access(folder, os.W_OK):
            raise NotReady(f"The folder of the file store «{name}» cannot be written to.")
        if shutil.disk_usage(folder).free < FREE_BYTES:
            raise NotReady(f"The disk of the file store «{name}» is full.")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "files": _files,
}


def _answer(found: dict[str, str]) -> JsonResponse:
    healthy = all(words == "ok" for words in found.values())
    body = {"status": "ok" if healthy else "failed", "checks": found}
    response = JsonResponse(body, status=200 if healthy else 503)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nothing of anybody."""
    return _answer({})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Everything the portal needs answers; 503 names what does not."""
    found = {}
    for name, check in CHECKS.items():
        try:
            check()
            found[name] = "ok"
        except NotReady as error:
            found[name] = str(error)
        except Exception:  # the database may go between two questions
            found[name] = "Could not be checked."
    return _answer(found)


class HealthMiddleware:
    """Answers probes before host and TLS are checked: they come by number and without TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/health/live/":
            return live(request)
        if request.path_info == "/health/ready/":
            return ready(request)
        return self.get_response(request)
