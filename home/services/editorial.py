"""How content comes to the site: roles, the two steps of approval, folders of files."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from core.models import ReviewTask
from home.services.practice_review import set_up_practice_review
from home.services.roles import set_up_roles
from home.services.seeding import once
from monitoring.models import Indicator, Measure, RoadMap
from people.enums import Role

WORKFLOW = "Проверка и утверждение"
STEPS = (
    ("Проверка методистом", Role.METHODIST),
    ("Утверждение координатором", Role.COORDINATOR),
)
FOLDERS = ("Новости", "Документы", "Страницы и темы", "Дорожная карта")
REVIEWED_RECORDS = (RoadMap, Indicator, Measure)


@transaction.atomic
def set_up_editorial() -> None:
    """Groups, workflow and folders of a new portal; a second run undoes nobody's changes."""
    set_up_roles()
    _set_up_folders()
    _set_up_workflow()
    set_up_practice_review()


def _set_up_folders() -> None:
    """Folders of pictures and files, with Russian names."""
    root = Collection.get_first_root_node()
    for name in FOLDERS:
        if once(f"folder:{name}") and not root.get_children().filter(name=name).exists():
            root.add_child(name=name)
            root.refresh_from_db()


def _set_up_workflow() -> None:
    """A methodist checks, then the coordinator approves, and the approval publishes."""
    if not once("workflow"):
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, (name, role) in enumerate(STEPS):
        task = ReviewTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=role.value))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    # The root of the tree: the home pages of all languages stand below it.
    WorkflowPage.objects.update_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": workflow}
    )
    for model in REVIEWED_RECORDS:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
