"""The public directory of organisations: facets with counts and the organisations themselves.

A district has some dozens of them, so all are read in two queries and counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anyascii import anyascii
from django.db import models
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.facets import Selection, select
from people.enums import OrganisationKind, StatusKind
from people.models import Organisation, OrganisationStatus, Subject


class DirectoryFacet(models.TextChoices):
    """By what the directory is filtered; the value is the name in the address."""

    KIND = "kind", _("Kind")
    SETTLEMENT = "settlement", _("Settlement")
    STATUS = "status", _("Status")


@dataclass(frozen=True)
class DirectoryEntry:
    """An organisation as the directory shows it, with its statuses in force."""

    organisation: Organisation
    statuses: list[str]
    values: Mapping[str, frozenset[str]]


def directory(query: QueryDict) -> Selection[DirectoryEntry]:
    """The organisations that ``query`` chooses, and what another choice would leave: 2 queries."""
    entries = [_entry(item) for item in _organisations()]
    return select(entries, names=DirectoryFacet, labels=_labels(entries), query=query)


def statuses_of(organisation: Organisation) -> list[OrganisationStatus]:
    """Every status that the organisation has or had, the newest first, with published orders."""
    statuses = organisation.statuses.order_by("-starts_on", "pk").select_related("order_page")
    return list(statuses)


def is_referred_to(thing: Organisation | Subject) -> bool:
    """Whether something that must stay refers to ``thing``, so that it cannot be deleted."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: thing}).exists()
        for relation in thing._meta.related_objects
        if relation.on_delete is models.PROTECT
    )


def _organisations() -> Iterable[Organisation]:
    in_force = OrganisationStatus.objects.in_force_on(timezone.localdate())
    return Organisation.objects.in_directory().prefetch_related(
        Prefetch("statuses", queryset=in_force.order_by("starts_on", "pk"), to_attr="in_force")
    )


def _entry(item: Organisation) -> DirectoryEntry:
    in_force: list[OrganisationStatus] = item.in_force  # type: ignore[attr-defined]
    settlement = _settlement_value(item.village)
    return DirectoryEntry(
        organisation=item,
        statuses=list(dict.fromkeys(str(status.get_kind_display()) for status in in_force)),
        values={
            DirectoryFacet.KIND: frozenset([item.kind]),
            DirectoryFacet.SETTLEMENT: frozenset([settlement] if settlement else []),
            DirectoryFacet.STATUS: frozenset(status.kind for status in in_force),
        },
    )


def _settlement_value(village: str) -> str:
    """The settlement as it stands in the address: short and in Latin letters, as slugs are."""
    return slugify(anyascii(village))[:40]


def _labels(entries: Iterable[DirectoryEntry]) -> dict[str, dict[str, str]]:
    """Words of every value that any organisation has, in the order in which they are shown."""
    entries = list(entries)
    kinds = {value for entry in entries for value in entry.values[DirectoryFacet.KIND]}
    statuses = {value for entry in entries for value in entry.values[DirectoryFacet.STATUS]}
    villages = sorted({entry.organisation.village for entry in entries} - {""})
    return {
        DirectoryFacet.KIND: {
            kind.value: str(kind.label) for kind in OrganisationKind if kind in kinds
        },
        DirectoryFacet.SETTLEMENT: {_settlement_value(village): village for village in villages},
        DirectoryFacet.STATUS: {
            kind.value: str(kind.label) for kind in StatusKind if kind in statuses
        },
    }
