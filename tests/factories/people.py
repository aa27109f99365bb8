"""Factories of accounts."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from people.models import User

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
