"""Fixtures that every test may ask for."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.utils import translation
from docx import Document
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.plugin import DjangoDbBlocker

from core.page_cache import versions
from core.page_cache.fragments import own_parts, shared_parts
from core.page_cache.middleware import _pages
from people.models import User
from tests.database import copy_into_memory, migrated_file, migrated_template
from tests.factories.home import (
    DocumentLibraryPageFactory,
    HomePageFactory,
    NewsIndexPageFactory,
    TopicIndexPageFactory,
)
from tests.factories.people import UserFactory
from tests.kept import forget_kept, know_content_types, standing_on


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """On PostgreSQL each test process makes its database from a migrated one."""
    if connection.vendor == "postgresql":
        template = migrated_template(connection.settings_dict)
        connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """On SQLite the settings leave the migrations out; the finished database is copied in."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            copy_into_memory(migrated_file(), connection.connection)
        know_content_types()


@pytest.fixture(autouse=True)
def own_language() -> None:
    """No test begins in the language of the last page that another one asked for."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test sees what another one left in a cache."""
    for alias in django_settings.CACHES:
        caches[alias].clear()


@pytest.fixture(autouse=True)
def temporary_files(settings: Settings, tmp_path: Path) -> Path:
    """Uploaded files, public and private, go into a folder of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    # Storages remember their folder: forget it, so that the next file asks the settings again.
    for alias in ("default", "private"):
        for name in ("base_location", "location", "base_url"):
            storages[alias].__dict__.pop(name, None)
    return tmp_path


# Files of which every test that asks the database asks for the smallest site.
_files_of_the_site = pytest.StashKey[set[Path]]()


def pytest_runtest_setup() -> None:
    """End in time where ``tests.legs`` has set one: what is left out is counted and named."""
    if time.time() > float(os.environ.get("TESTS_UNTIL", "inf")):
        pytest.skip("The time of the check is over.")


def pytest_collection_finish() -> None:
    """Leave alone what was imported: to look through it over and over was a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Find the files for which the smallest site is made once."""
    with_site, others = set(), set()
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "site_tree" in names and "transactional_db" not in names:
            with_site.add(item.path)
        elif "django_db_setup" in names:
            others.add(item.path)
    config.stash[_files_of_the_site] = with_site - others


@pytest.fixture(scope="session")
def kept_databases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Where what several files begin with is kept until the end."""
    yield
    with django_db_blocker.unblock():
        forget_kept()


@pytest.fixture(scope="module", autouse=True)
def made_site(request: pytest.FixtureRequest) -> Iterator[SimpleNamespace | None]:
    """The smallest site, for a file that has no test without it; None: each test makes its own."""
    if request.path not in request.config.stash[_files_of_the_site]:
        yield None
        return
    request.getfixturevalue("kept_databases")
    blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock(), standing_on("site", _make_site) as site:
        yield site


def _make_site() -> SimpleNamespace:
    home = HomePageFactory()
    return SimpleNamespace(
        home=home,
        news=NewsIndexPageFactory(parent=home),
        library=DocumentLibraryPageFactory(parent=home),
        topics=TopicIndexPageFactory(parent=home),
    )


@pytest.fixture
def site_tree(made_site: SimpleNamespace | None, db: None) -> SimpleNamespace:
    """The smallest site: home with news, documents and topics, all published, in Russian.

    Making it is dear: where every test of a file wants it, it is taken out again, and what a test
    changes in it is undone.
    """
    if made_site is None:
        return _make_site()
    return SimpleNamespace(
        **{name: type(page).objects.get(pk=page.pk) for name, page in vars(made_site).items()}
    )


@pytest.fixture
def teacher(db: None) -> User:
    """A signed-in person without admin rights."""
    return UserFactory()


@pytest.fixture
def superuser(db: None) -> User:
    """An account with every right."""
    return UserFactory(superuser=True)


@pytest.fixture
def client_of(db: None) -> Callable[[User | None], Client]:
    """A test client in which the given person is signed in (None: a visitor)."""

    def make(user: User | None = None) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE=django_settings.LANGUAGE_CODE)
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def docx_file() -> Callable[[str], ContentFile]:
    """Makes a small Word file with the given text."""

    def make(text: str) -> ContentFile:
        document = Document()
        document.add_paragraph(text)
        buffer = BytesIO()
        document.save(buffer)
        return ContentFile(buffer.getvalue(), name="file.docx")

    return make


@pytest.fixture
def page_cache(settings: Settings, db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page cache, empty and switched on; a change of another process shows at once."""
    settings.PAGE_CACHE_SECONDS = 300
    monkeypatch.setattr(versions, "RECENT_SECONDS", 0)
    _forget_pages()
    yield
    _forget_pages()


def _forget_pages() -> None:
    caches["pages"].clear()
    shared_parts.clear()
    own_parts.clear()
    _pages.clear()
    versions.forget_recent()


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[], AbstractContextManager[None]]:
    """What is changed inside the block counts as committed at its end."""

    @contextmanager
    def block() -> Iterator[None]:
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return block
