"""From an empty database to a portal that can be opened; later starts only migrate."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from wagtail.models import Site

from home.models import SetupRecord
from home.services.demo_people import DEMO_PASSWORD, load_demo_people

Report = Callable[[str], object]
# What the very first start decided; an interrupted start goes on with the same decision.
WITH_DEMO, WITHOUT_DEMO, COMPLETE = "start:demo", "start:empty", "start:complete"
_LOCAL_NAMES = {"localhost", "127.0.0.1"}


def prepare_portal(*, empty: bool, port: int | None, report: Report) -> None:
    """Migrate, and on the first start make structure, content, search index and renditions.

    ``empty`` counts on the first start only: a portal that began without demo content stays so,
    and a portal with it does not lose it. Nothing that an editor changed is touched.
    """
    if _migrations_wait():
        _step(report, _("Database"), lambda: _command("migrate"))
    done = set(SetupRecord.objects.filter(key__startswith="start:").values_list("key", flat=True))
    if not done & {WITH_DEMO, WITHOUT_DEMO}:
        decision = WITHOUT_DEMO if empty else WITH_DEMO
        SetupRecord.objects.create(key=decision)
        done.add(decision)
    if COMPLETE not in done:
        _fill(with_demo=WITH_DEMO in done, report=report)
        SetupRecord.objects.create(key=COMPLETE)
    if port is not None:
        _follow_the_port(port)
    if WITH_DEMO in done:
        _report_logins(report)


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
