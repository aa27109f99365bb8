"""From an empty database to a portal that can be opened; later starts only migrate."""

from __future__ import annotations

import hashlib
import io
import shlex
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from wagtail.models import Site

from core.schema import missing_columns
from home.models import SetupRecord
from home.services import editorial, roles, structure
from home.services.demo_people import DEMO_PASSWORD, load_demo_people
from home.services.setup import ROAD_MAP
from home.services.structure import DATA
from people.models import User

Report = Callable[[str], object]
# What the very first start decided; an interrupted start goes on with the same decision.
WITH_DEMO, WITHOUT_DEMO, COMPLETE = "start:demo", "start:empty", "start:complete"
FIRST_ACCOUNT = ".venv/bin/python manage.py createsuperuser"
_LOCAL_NAMES = {"localhost", "127.0.0.1"}


def prepare_portal(*, empty: bool, port: int | None, report: Report) -> None:
    """Migrate, and on the first start make structure, content, search index and renditions.

    ``empty`` counts on the first start only: a portal that began without demo content stays so,
    and a portal with it does not lose it. Nothing that an editor changed is touched. A new version
    of the portal, or a new language in the settings, adds what it brings to the structure.

    Raises `DatabaseAbsentError` when the database does not answer, `ForeignSchemaError` when its
    tables are those of another version.
    """
    _ask_the_database()
    if _migrations_wait():
        _step(report, _("Database"), lambda: _command("migrate"))
    _compare_the_schema()
    done = set(SetupRecord.objects.filter(key__startswith="start:").values_list("key", flat=True))
    if not done & {WITH_DEMO, WITHOUT_DEMO}:
        decision = WITHOUT_DEMO if empty else WITH_DEMO
        SetupRecord.objects.create(key=decision)
        done.add(decision)
    elif empty and WITH_DEMO in done:
        report(_("This portal began with demo content and keeps it."))
        report(_("For an empty one beside it: make run EMPTY=1 VAR_DIR=var/empty"))
    if COMPLETE not in done:
        _fill(with_demo=WITH_DEMO in done, report=report)
        SetupRecord.objects.create(key=COMPLETE)
    elif _structure() not in done:
        _step(report, _("Structure of the new version"), lambda: _command("setup_portal"))
    SetupRecord.objects.get_or_create(key=_structure())
    if port is not None:
        _follow_the_port(port)
    if WITH_DEMO in done:
        _report_logins(report)
    if not User.objects.filter(is_superuser=True).exists() and WITH_DEMO not in done:
        report("")
        report(_("Make the first account: %(command)s") % {"command": _first_account()})


def _first_account() -> str:
    """The command for this portal, not for the one in the usual folder."""
    if settings.VAR_DIR == settings.BASE_DIR / "var":
        return FIRST_ACCOUNT
    return f"VAR_DIR={shlex.quote(str(settings.VAR_DIR))} {FIRST_ACCOUNT}"


class DatabaseAbsentError(Exception):
    """The database does not answer; the text says which and why."""


class ForeignSchemaError(Exception):
    """The tables are those of another version; the text says what to do."""


def _compare_the_schema() -> None:
    if missing := missing_columns():
        raise ForeignSchemaError(
            _(
                "The database was made by another version of the portal: it has no %(columns)s. "
                "Start that version again, or move the data away (embedded: the folder "
                "%(folder)s) and start anew."
            )
            % {"columns": ", ".join(missing[:3]), "folder": settings.VAR_DIR}
        )


def _ask_the_database() -> None:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        place = connection.settings_dict
        name = f"{place['HOST']}:{place['PORT']}/" if place["HOST"] else ""
        raise DatabaseAbsentError(
            _("The database %(name)s does not answer (DATABASE_URL): %(reason)s")
            % {"name": f"{name}{place['NAME']}", "reason": str(error).strip()}
        ) from error


def _structure() -> str:
    """Which structure this version sets up, in which languages; another one is another key."""
    digest = hashlib.sha256(repr(settings.WAGTAIL_CONTENT_LANGUAGES).encode())
    for file in (
        *(DATA / name for name in ("structure.json", "order_64.txt")),
        ROAD_MAP,
        *(Path(str(module.__file__)) for module in (structure, editorial, roles)),
    ):
        digest.update(file.read_bytes())
    return f"start:structure:{digest.hexdigest()[:16]}"


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _fill(*, with_demo: bool, report: Report) -> None:
    _step(report, _("Structure and road map"), lambda: _command("setup_portal"))
    if with_demo:
        _step(report, _("Demonstration content"), lambda: _command("load_demo"))
    _step(report, _("Catalogue"), lambda: _command("rebuild_cards"))
    _step(report, _("Search index"), lambda: _command("update_index"))


def _follow_the_port(port: int) -> None:
    """Canonical addresses of a portal on this machine name the port it is served on."""
    site = Site.objects.filter(is_default_site=True, hostname__in=_LOCAL_NAMES).first()
    if site is not None and site.port != port:
        site.port = port
        site.save()


def _command(name: str) -> None:
    """A command of its own right, whose words would only repeat the report of the step."""
    call_command(name, verbosity=0, stdout=io.StringIO())


def _step(report: Report, name: str, run: Callable[[], object]) -> None:
    began = time.monotonic()
    run()
    report(f"  {name}: {time.monotonic() - began:.1f} s")


def _report_logins(report: Report) -> None:
    logins = load_demo_people()
    if not logins:
        return
    report("")
    report(
        _("Demonstration accounts, the password of all is %(password)s")
        % {"password": DEMO_PASSWORD}
    )
    width = max(len(login.email) for login in logins)
    for login in logins:
        report(f"  {login.email:<{width}}  {login.role}")
