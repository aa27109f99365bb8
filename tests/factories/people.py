"""Factories of accounts."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from people.enums import OrganisationKind, OrganisationRoleKind, TrainingState
from people.models import (
    Organisation,
    OrganisationRole,
    StaffPosition,
    StaffRecord,
    Subject,
    TrainingRecord,
    User,
)
from tests.factories.core import source_locale

PASSWORD = "Круглый-стол-2020"


class UserFactory(DjangoModelFactory):
    """A signed-in teacher without admin rights.

    Traits: ``superuser``, ``inactive``. ``groups=["Редакторы"]`` puts the account into groups
    that exist (a missing one is an error: nobody gets rights from a misspelt name).
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_superuser=True, is_staff=True)
        inactive = factory.Trait(is_active=False)

    email = factory.Sequence(lambda n: f"teacher-{n}@example.org")
    first_name = "Анна"
    last_name = factory.Sequence(lambda n: f"Примерова-{n}")
    patronymic = "Ивановна"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return model_class.objects.create_user(password=password, **kwargs)

    @factory.post_generation
    def groups(self: User, create: bool, extracted: list[str] | None, **kwargs: Any) -> None:
        if create and extracted:
            self.groups.set([Group.objects.get(name=name) for name in extracted])


class OrganisationFactory(DjangoModelFactory):
    """A school of the district."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"СОШ № {n}")
    slug = factory.Sequence(lambda n: f"sosh-{n}")
    kind = OrganisationKind.SCHOOL


class OrganisationRoleFactory(DjangoModelFactory):
    """Somebody who acts for a school: its methodical service."""

    class Meta:
        model = OrganisationRole

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = OrganisationRoleKind.METHODICAL_SERVICE
    starts_on = date(2020, 9, 1)


class SubjectFactory(DjangoModelFactory):
    """A school subject in the source language."""

    class Meta:
        model = Subject

    name = factory.Sequence(lambda n: f"предмет {n}")
    slug = factory.Sequence(lambda n: f"subject-{n}")
    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class StaffRecordFactory(DjangoModelFactory):
    """A teacher in the register with one position; ``organisation=None`` leaves the position out.

    Names differ in letters, as those of real people do: digits are no part of a name.
    """

    class Meta:
        model = StaffRecord
        skip_postgeneration_save = True

    last_name = factory.Sequence(
        lambda n: "Петрова" + "абвгдежзик"[n // 10 % 10] + "лмнопрстуф"[n % 10]
    )
    first_name = "Анна"
    patronymic = factory.Sequence(lambda n: "Ивановна" + "абвгдежзик"[n // 100 % 10])
    birth_date = date(1980, 5, 17)
    teaching_since = date(2005, 9, 1)

    @factory.post_generation
    def organisation(
        self: StaffRecord, create: bool, extracted: Organisation | None, **kwargs: Any
    ) -> None:
        if create and extracted is not None:
            values = {"title": "учитель", "starts_on": date(2005, 9, 1), **kwargs}
            StaffPosition.objects.create(record=self, organisation=extracted, **values)
        if create:
            self.save_revision()


class TrainingRecordFactory(DjangoModelFactory):
    """Courses of 36 hours that wait for the school. Trait: ``confirmed``."""

    class Meta:
        model = TrainingRecord

    class Params:
        confirmed = factory.Trait(state=TrainingState.CONFIRMED)

    record = factory.SubFactory(StaffRecordFactory)
    programme = factory.Sequence(lambda n: f"Функциональная грамотность, {n}")
    provider = "институт развития образования"
    hours = 36
    ends_on = date(2026, 3, 31)
