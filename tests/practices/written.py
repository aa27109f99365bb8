"""What tests of writing stand on: a bank, an author who has agreed, a draft, its form as posted."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from core.models import ReviewTask
from home.services.roles import set_up_roles
from people.enums import Role
from people.models import Consent, ConsentText, User
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import give_consent
from practices.models import PracticeAuthor, PracticePage
from practices.queries.versions import newest_version
from practices.services.drafting import begin_practice
from practices.services.writing import save_version
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.practices import PracticeKindFactory, PracticeSectionPageFactory

ROOM = "/cabinet/practices/"
STEPS = [{"type": "light_text", "value": "Раздаём карточки.", "id": "11111111-0000-0000-0000-1"}]
# Everything that is asked for before a practice is sent.
WHOLE = {
    "title": "Устный счёт: карточки",
    "summary": "Десять примеров за две минуты.",
    "level": "primary",
    "grade_from": 2,
    "grade_to": 2,
    "relevance": "Дети считают на пальцах.",
    "goal": "Считать в уме.",
    "results": "Было 42 %, стало 70 %.",
    "generalisation": "school",
    "is_own_work": True,
    "no_children": True,
}


@pytest.fixture(name="bank")
def given_bank(site_tree: SimpleNamespace) -> Page:
    """The section «Методическая копилка», the texts of consents, and somebody to review."""
    set_up_roles()
    set_up_consent_texts()
    section: Page = PracticeSectionPageFactory()
    review(section)
    return section


def review(section: Page) -> Workflow:
    """A review in one step by methodists."""
    task = ReviewTask.objects.create(name="Формальная проверка")
    task.groups.add(Group.objects.get(name=Role.METHODIST.value))
    workflow = Workflow.objects.create(name="Проверка практик")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=section)
    return workflow


def author_of_practices() -> User:
    """An account that has agreed to the processing of personal data."""
    user: User = UserFactory()
    if not Consent.objects.filter(user=user).exists():
        give_consent(user=user, text=ConsentText.objects.get(kind="processing"))
    return user


def draft_of(user: User, *, whole: bool = False) -> PracticePage:
    """A draft; ``whole``: nothing is missing in it."""
    practice = begin_practice(user=user)
    if whole:
        version = newest_version(practice)
        for name, value in WHOLE.items():
            setattr(version, name, value)
        version.kind = PracticeKindFactory()
        field: Any = version._meta.get_field("technology")
        version.technology = field.stream_block.to_python(STEPS)
        save_version(version, user=user, autosaved=True)
        organisation = OrganisationFactory()
        PracticeAuthor.objects.filter(practice=practice).update(organisation=organisation)
    found: PracticePage = PracticePage.objects.get(pk=practice.pk)
    return found


def newest(practice: PracticePage) -> PracticePage:
    """The newest version as it is stored."""
    return newest_version(PracticePage.objects.get(pk=practice.pk))


def address(practice: PracticePage, section: str) -> str:
    """The page of a section."""
    return f"{ROOM}{practice.pk}/{section}/"


def page(client: Client, where: str) -> str:
    """The page as text, without the spaces of typography."""
    return client.get(where).content.decode().replace("\xa0", " ")


def form_of(client: Client, practice: PracticePage, section: str) -> dict[str, Any]:
    """What the browser would send of the form that stands there now."""
    answer = client.get(address(practice, section))
    form = answer.context["form"]
    data: dict[str, Any] = {"opened": answer.context["opened"]}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            if value:
                data[field.html_name] = "on"
        elif isinstance(value, list):
            data[field.html_name] = [str(getattr(item, "pk", item)) for item in value]
        else:
            data[field.html_name] = "" if value is None else str(value)
    found = re.findall(
        r'<input type="hidden" name="((?:b|blocks|b-\d+-\w+|material-file))" value="([^"]*)"',
        answer.content.decode(),
    )
    for name, value in found:
        data.setdefault(name, []).append(value)
    for block in getattr(getattr(form, "technology", None), "blocks", []):
        for part in [block.form, *block.steps] if block.form else []:
            data |= {field.html_name: field.value() or "" for field in part}
    if getattr(form, "materials", None):
        data["material-title"] = [row.title for row in form.materials.rows]
    return data
