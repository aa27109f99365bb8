"""Every model of the portal says here whether it holds personal data and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rights.subject import DataSubject

Found = Callable[[DataSubject], models.QuerySet[Any]]
Eraser = Callable[[DataSubject], object]


class Fate(models.TextChoices):
    """What becomes of the rows when their person is erased."""

    ERASED = "erased", _("Erased")
    NAMELESS = "nameless", _("Stays without a name")
    KEPT = "kept", _("Kept")


@dataclass(frozen=True)
class PersonalData:
    """A model with personal data.

    ``fields`` are exported under their verbose names, ``parts`` (name of the relation → fields)
    inside the row they belong to; ``file`` names the field whose content is exported too. ``why``
    names the ground and the term for everything that is not erased. ``shown`` is False for what
    says nothing to the person beyond what other kinds say. ``is_the_person`` is True where the
    journal names the rows by the person's name.
    """

    model: type[models.Model]
    title: Any
    fate: Fate
    found: Found
    fields: tuple[str, ...]
    erase: Eraser | None = None
    why: Any = ""
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    order: int = 100
    shown: bool = True
    is_the_person: bool = False

    @property
    def name(self) -> str:
        """The model as addresses and files name it."""
        return str(self.model._meta.label_lower.replace(".", "_"))


_kinds: dict[type[models.Model], PersonalData] = {}
_parts: dict[type[models.Model], type[models.Model]] = {}
_impersonal: dict[type[models.Model], str] = {}


def register_personal_data(
    model: type[models.Model],
    *,
    found: Found,
    fields: tuple[str, ...],
    fate: Fate = Fate.ERASED,
    title: Any = None,
    erase: Eraser | None = None,
    why: Any = "",
    parts: dict[str, tuple[str, ...]] | None = None,
    part_models: tuple[type[models.Model], ...] = (),
    file: str = "",
    order: int = 100,
    shown: bool = True,
    is_the_person: bool = False,
) -> PersonalData:
    """Say that ``model`` holds personal data (see PersonalData).

    Without ``erase`` rows of the fate «erased» are deleted, others are left as they are: that they
    refer to an account without a name is enough. Erasers run by ``order``; accounts are the last.
    ``part_models`` come and go with their row. Raises ValueError for a model of which something is
    said already, and for a fate without its reason.
    """
    if fate != Fate.ERASED and not why:
        raise ValueError(f"{model._meta.label}: say on which ground it is kept and how long.")
    _say_once(model, *part_models)
    kind = PersonalData(
        model=model,
        title=title or model._meta.verbose_name_plural,
        fate=fate,
        found=found,
        fields=fields,
        erase=erase,
        why=why,
        parts=parts or {},
        file=file,
        order=order,
        shown=shown,
        is_the_person=is_the_person,
    )
    _kinds[model] = kind
    _parts.update(dict.fromkeys(part_models, model))
    return kind


def register_impersonal(*models_without: type[models.Model], why: str) -> None:
    """Say that these models hold nothing of any person, and ``why``."""
    _say_once(*models_without)
    _impersonal.update(dict.fromkeys(models_without, why))


def personal_data() -> list[PersonalData]:
    """All kinds in the order in which they are erased."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))


def unregistered_models() -> list[str]:
    """Labels of installed models, also those between two others, of which nothing is said."""
    return sorted(
        model._meta.label for model in _installed() if not (model in _kinds or _is_answered(model))
    )


def erase_rows(kind: PersonalData, subject: DataSubject) -> None:
    """Do with the rows of ``subject`` what their kind says."""
    if kind.erase is not None:
        kind.erase(subject)
    elif kind.fate == Fate.ERASED:
        kind.found(subject).delete()


def _is_answered(model: type[models.Model]) -> bool:
    return model in _parts or model in _impersonal


def _installed() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            yield model


def _say_once(*said: type[models.Model]) -> None:
    for model in said:
        if model in _kinds or _is_answered(model):
            raise ValueError(f"{model._meta.label}: it is said already what it holds.")
