"""Timed jobs run when their interval has passed, and a broken one stops nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import registries
from core.registries import register_scheduled_job, scheduled_jobs
from core.scheduling import Scheduler
from home.models import NewsPage
from tests.factories.home import NewsPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread of a test keeps its connection: the transaction around the test lives in it."""
    monkeypatch.setattr("core.scheduling.close_old_connections", lambda: None)


@pytest.fixture
def no_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty registry for the test."""
    monkeypatch.setattr(registries, "_scheduled_jobs", [])


@pytest.mark.usefixtures("no_jobs")
def test_a_job_runs_at_once_and_then_after_its_interval() -> None:
    now = [0.0]
    runs = []

    @register_scheduled_job(every=timedelta(seconds=30))
    def job() -> None:
        runs.append(now[0])

    scheduler = Scheduler(clock=lambda: now[0])
    for moment in (0, 10, 29, 30, 31, 59, 61):
        now[0] = moment
        scheduler.run_due()
    assert runs == [0, 30, 61]


@pytest.mark.usefixtures("no_jobs")
def test_a_broken_job_stops_nobody_and_is_tried_again() -> None:
    now = [0.0]
    runs = []

    @register_scheduled_job(every=timedelta(seconds=1))
    def broken() -> None:
        raise RuntimeError("no")

    @register_scheduled_job(every=timedelta(seconds=1))
    def sound() -> None:
        runs.append(now[0])

    scheduler = Scheduler(clock=lambda: now[0])
    assert len(scheduler.run_due()) == 2
    now[0] = 2
    assert len(scheduler.run_due()) == 2
    assert runs == [0, 2]


def test_publishing_at_a_set_time_is_registered() -> None:
    every = {job.name: job.every for job in scheduled_jobs()}
    assert every["core.jobs.publish_scheduled"] <= timedelta(seconds=60)


@pytest.mark.usefixtures("site_tree")
def test_the_command_publishes_what_has_reached_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    news = NewsPageFactory(scheduled=True)
    call_command("scheduler", "--once")
    assert not NewsPage.objects.get(pk=news.pk).live
    in_two_days = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: in_two_days)
    call_command("scheduler", "--once")
    assert NewsPage.objects.get(pk=news.pk).live
