"""Where much is written, what follows from it is done once for each thing, with the same result."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models, transaction
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult
from modelsearch.backends import get_search_backend
from pytest_django.fixtures import Settings
from wagtail.models import Page, ReferenceIndex

from core.bulk import writing_much
from core.models import Card
from core.services import cards
from core.tasks import extract_file_text
from home.models import DocumentPage
from monitoring.models import Measure
from people.models import Organisation
from tests.factories.home import DocumentPageFactory, NewsPageFactory
from tests.factories.monitoring import MeasureFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def entries() -> models.QuerySet[Any]:
    """The rows of the admin search."""
    return get_search_backend().get_index_for_model(Page).entries.all()


def outcome() -> dict[str, list[str]]:
    """All that follows from a change, without the numbers of its rows."""
    references = ("content_type", "object_id", "to_content_type", "to_object_id", "content_path")
    rows = {
        "entries": entries().values_list("content_type", "object_id", "title", "body"),
        "references": ReferenceIndex.objects.values_list(*references),
        "cards": Card.objects.values_list("page_id", "record", "title", "url", "lemmas"),
    }
    return {name: sorted(map(str, found)) for name, found in rows.items()}


def forget_outcome() -> None:
    for rows in (entries(), ReferenceIndex.objects.all(), Card.objects.all()):
        rows.delete()


@pytest.fixture
def written(site_tree: SimpleNamespace) -> SimpleNamespace:
    """A document with a file, news, a measure with parts and evidence, an organisation."""
    order = DocumentPageFactory(with_file=True)
    return SimpleNamespace(
        order=order,
        news=NewsPageFactory(),
        measure=MeasureFactory(responsible=["МОУО"], evidence=[order]),
        school=OrganisationFactory(),
    )


def write_again() -> None:
    """As editors do, some of it twice."""
    for page in [*Page.objects.filter(depth__gt=1).specific(), *DocumentPage.objects.all()]:
        page.save_revision().publish()
    for measure in Measure.objects.all():
        measure.save_revision().publish()
        for part in [*measure.evidence.all(), *measure.responsible.all()]:
            part.save()
    for school in Organisation.objects.all():
        school.save()
        school.save()


def test_the_outcome_is_the_same(written: SimpleNamespace) -> None:
    forget_outcome()
    write_again()
    one_by_one = outcome()
    assert all(one_by_one.values())
    forget_outcome()
    with writing_much():
        write_again()
        assert not any(outcome().values()), "nothing follows before the end"
    assert outcome() == one_by_one


def test_each_thing_is_done_once(written: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    make = cards.refresh_card

    def count(*, page: Page) -> Card | None:
        made.append(page.pk)
        return make(page=page)

    monkeypatch.setattr(cards, "refresh_card", count)
    with writing_much(), writing_much():
        for _time in range(3):
            written.news.save_revision().publish()
    assert made == [written.news.pk]


def test_what_is_gone_before_the_end_is_left_out(written: SimpleNamespace) -> None:
    number = written.news.pk
    with writing_much():
        written.news.save_revision().publish()
        written.news.delete()
    assert not Card.objects.filter(page_id=number).exists()
    assert not entries().filter(object_id=str(number)).exists()


def rename_and_fail(school: Organisation) -> None:
    with writing_much():
        school.name = "Лицей"
        school.save()
        raise ZeroDivisionError


def card_of(school: Organisation) -> Card:
    return Card.objects.get(record__endswith=f":{school.pk}")


def test_after_an_error_the_rest_of_the_transaction_goes_too(written: SimpleNamespace) -> None:
    before = outcome()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        rename_and_fail(written.school)
    assert outcome() == before
    # The next change follows at once again.
    written.school.name = "Гимназия"
    written.school.save()
    assert card_of(written.school).title == "Гимназия"


def test_other_tasks_go_to_the_queue(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    queue = task_backends["default"]
    with writing_much():
        OrganisationFactory()
        extract_file_text.enqueue(1)
    assert task_backends["default"] is queue
    paths = DBTaskResult.objects.values_list("task_path", flat=True)
    assert list(paths) == ["core.tasks.extract_file_text"]
