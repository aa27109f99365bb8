"""Factories of the bank of practices."""

from __future__ import annotations

import uuid
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from practices.enums import Section
from practices.models import (
    ChecklistPoint,
    PracticeAuthor,
    PracticeBankPage,
    PracticeKind,
    PracticePage,
    PracticeSectionPage,
    ReviewCriterion,
)
from tests.factories.core import PortalPageFactory, source_locale
from tests.factories.home import HomePageFactory, _first
from tests.factories.people import UserFactory


class PracticeKindFactory(DjangoModelFactory):
    """A kind of practice; the same slug gives the same row."""

    class Meta:
        model = PracticeKind
        django_get_or_create = ["slug"]

    name = "Серия уроков"
    slug = "lessons"
    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class PracticeBankPageFactory(PortalPageFactory):
    """The catalogue of practices."""

    class Meta:
        model = PracticeBankPage

    title = "Практики"
    slug = "practices"
    show_in_menus = True
    parent = _first(HomePageFactory._meta.model, lambda: HomePageFactory())


class PracticeSectionPageFactory(PortalPageFactory):
    """A section of the catalogue: «Методическая копилка»."""

    class Meta:
        model = PracticeSectionPage

    section = Section.BANK
    title = factory.LazyAttribute(lambda obj: str(Section(obj.section).label))
    parent = _first(PracticeBankPage, lambda: PracticeBankPageFactory())


class PracticePageFactory(PortalPageFactory):
    """A practice that could be published; ``author`` makes an account its only author."""

    class Meta:
        model = PracticePage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Практика {n}")
    summary = "О чём эта практика."
    kind = factory.SubFactory(PracticeKindFactory)
    level = "basic"
    grade_from = 7
    grade_to = 9
    relevance = "Зачем это нужно."
    goal = "Чему учит."
    results = "Стало лучше."
    generalisation = "school"
    is_own_work = True
    no_children = True
    parent = _first(PracticeSectionPage, lambda: PracticeSectionPageFactory())

    @factory.post_generation
    def author(self: PracticePage, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not None:
            PracticeAuthorFactory(practice=self, user=extracted)


class PracticeAuthorFactory(DjangoModelFactory):
    """An author who has said yes."""

    class Meta:
        model = PracticeAuthor

    practice = factory.SubFactory(PracticePageFactory)
    user = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(timezone.now)


class ChecklistPointFactory(DjangoModelFactory):
    """A point of the formal check."""

    class Meta:
        model = ChecklistPoint

    text = factory.Sequence(lambda n: f"Пункт {n}")
    order = 90


class ReviewCriterionFactory(DjangoModelFactory):
    """A criterion of the expert review."""

    class Meta:
        model = ReviewCriterion

    code = factory.Sequence(lambda n: f"proba-{n}")
    title = factory.Sequence(lambda n: f"Критерий {n}")
    question = "О чём спросить эксперта?"
    order = 90
