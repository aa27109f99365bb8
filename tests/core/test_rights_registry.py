"""Of every model it is said whether it holds personal data and what becomes of it."""

from __future__ import annotations

import pytest
from django.db import models

from core.rights import Fate, personal_data, register_personal_data, unregistered_models
from core.rights.registry import _kinds
from people.models import StaffRecord, User


def test_every_installed_model_is_registered() -> None:
    assert unregistered_models() == [], "Say in personal_records.py of the app what they hold."


def test_a_model_that_is_left_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(_kinds, StaffRecord)
    assert unregistered_models() == ["people.StaffRecord"]


def test_nothing_is_kept_without_a_ground_and_nothing_said_twice() -> None:
    kinds = personal_data()
    assert len(kinds) > 30
    assert [kind.name for kind in kinds if kind.fate != Fate.ERASED and not kind.why] == []
    with pytest.raises(ValueError, match="ground"):
        register_personal_data(
            User, found=lambda subject: User.objects.none(), fields=(), fate=Fate.KEPT
        )
    with pytest.raises(ValueError, match="already"):
        register_personal_data(User, found=lambda subject: User.objects.none(), fields=())


def test_every_field_that_is_handed_out_exists() -> None:
    for kind in personal_data():
        for name in (*kind.fields, *([kind.file] if kind.file else [])):
            assert isinstance(kind.model._meta.get_field(name), models.Field), (kind.name, name)
        for relation, names in kind.parts.items():
            part = kind.model._meta.get_field(relation).related_model
            assert all(part._meta.get_field(name) for name in names), (kind.name, relation)
