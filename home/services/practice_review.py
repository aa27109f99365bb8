"""By what practices are reviewed on a new portal: steps, checklist, criteria, calendar."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from core.working_days import set_up_calendar
from home.services.seeding import once
from home.services.structure import read_data
from practices.models import (
    ChecklistPoint,
    CouncilTask,
    DecisionTask,
    ExpertReviewTask,
    FormalCheckTask,
    ReviewCriterion,
    ReviewRules,
)

WORKFLOW = "Экспертиза практик"
STEPS = (
    ("Формальная проверка", FormalCheckTask),
    ("Содержательная экспертиза", ExpertReviewTask),
    ("Решение методиста", DecisionTask),
    ("Методический совет", CouncilTask),
)
# Which field each point of the data usually concerns, in its order.
_FIELDS = ("authors", "subjects", "summary", "materials", "is_own_work", "authors", "no_children")


@transaction.atomic
def set_up_practice_review() -> None:
    """Make everything once; a second run undoes nobody's changes."""
    if once("calendar:2026"):
        set_up_calendar()
    if once("practice-review"):
        review = read_data("demo_content.json")["practice_review"]
        _set_up_lists(review)
        _set_up_rules(review)
    if once("practice-workflow"):
        _set_up_workflow()


@transaction.atomic
def attach_practice_workflow(bank_page: Page) -> None:
    """Practices below ``bank_page`` go through their own review, not through the general one."""
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    if workflow is not None and once(f"practice-workflow:{bank_page.translation_key}"):
        WorkflowPage.objects.update_or_create(page=bank_page, defaults={"workflow": workflow})


def _set_up_workflow() -> None:
    workflow = Workflow.objects.create(name=WORKFLOW)
    for order, (name, kind) in enumerate(STEPS):
        task = kind.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)


def _set_up_lists(review: dict[str, Any]) -> None:
    for order, text in enumerate(review["formal_checklist"]):
        field = _FIELDS[order] if order < len(_FIELDS) else ""
        ChecklistPoint.objects.create(text=text, field=field, order=order)
    for order, entry in enumerate(review["criteria"]):
        ReviewCriterion.objects.get_or_create(
            code=entry["code"],
            defaults={
                "title": entry["title"],
                "question": entry["question"],
                "maximum": entry["max"],
                "order": order,
            },
        )


def _set_up_rules(review: dict[str, Any]) -> None:
    rules = ReviewRules.load()
    addresses, bank, _back = (entry["from"] for entry in review["decision_rule"])
    rules.addresses_from, rules.bank_from = addresses, bank
    rules.formal_days = review["sla_working_days"]["formal"]
    rules.expert_days = review["sla_working_days"]["expertise"]
    rules.save()
