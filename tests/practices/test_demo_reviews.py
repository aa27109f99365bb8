"""The reviews of the demonstration."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.bulk import writing_much
from home.services.demo_practice_reviews import load_demo_reviews
from home.services.demo_register import load_demo_register
from home.services.structure import read_data
from practices.enums import Section, Standing
from practices.models import ExpertReview, PracticeCase, PracticePage, ReviewRemark
from practices.queries.review import current_round, verdict_of
from tests.factories.practices import PracticePageFactory

pytestmark = pytest.mark.django_db


def test_three_on_their_way_and_the_scores_of_the_published(bank: SimpleNamespace) -> None:
    content = read_data("demo_content.json")
    slug = next(item["slug"] for item in content["practices"] if item["review"])
    shown = PracticePageFactory(parent=bank.sections[Section.ADDRESSES], slug=slug)
    shown.save_revision().publish()
    with writing_much():
        load_demo_register()
        for _start in range(2):
            load_demo_reviews(content)
    found = dict(PracticeCase.objects.values_list("practice__slug", "standing"))
    assert found == {
        "kvest-po-istorii": Standing.SUBMITTED,
        "ustnyj-schyot": Standing.RETURNED,
        "geometriya-v-prirode": Standing.DRAFT,
    }
    remarks = ReviewRemark.objects.filter(practice__slug="ustnyj-schyot", closed_at=None)
    assert {remark.field for remark in remarks} == {"results", "no_children"}
    assert ExpertReview.objects.get().practice_id == shown.pk
    assert verdict_of(current_round(shown)).mean == 22
    assert PracticePage.objects.count() == 4
