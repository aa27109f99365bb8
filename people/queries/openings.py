"""The log of who opened whose personal card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people.models import CardOpening, OrganisationRole, User
from people.names import name_key
from people.registries import opening_places


def openings_found(chosen: dict[str, Any]) -> QuerySet[CardOpening]:
    """Openings that fit the clean values of a form, newest first."""
    found = CardOpening.objects.select_related("record", "viewer")
    for word in (chosen.get("person") or "").split():
        found = found.filter(record__name_key__contains=name_key(word, ""))
    for word in (chosen.get("viewer") or "").split():
        named = Q()
        for name in ("last_name", "first_name", "patronymic"):
            named |= Q(**{f"viewer__{name}__icontains": word})
        found = found.filter(named)
    if day := chosen.get("since"):
        found = found.filter(opened_at__date__gte=day)
    if day := chosen.get("until"):
        found = found.filter(opened_at__date__lte=day)
    return found


def own_openings(user: User) -> QuerySet[CardOpening]:
    """Who opened the card of ``user``, newest first."""
    return CardOpening.objects.filter(record__user=user)


def offices_of(viewers: Iterable[int | None]) -> dict[int | None, str]:
    """In which office each account looks at cards; two queries for all."""
    numbers = {pk for pk in viewers if pk is not None}
    offices: dict[int | None, str] = {}
    roles = OrganisationRole.objects.filter(user__in=numbers).select_related("organisation")
    for role in roles.order_by("starts_on", "pk"):
        offices[role.user_id] = f"{role.get_kind_display()}, {role.organisation.name}"
    groups = User.groups.through.objects.filter(user__in=numbers).select_related("group")
    for member in groups.order_by("group__name"):
        offices[member.user_id] = member.group.name
    return offices


def place_words(place: str) -> str:
    """In words what ``note_openings`` writes down."""
    name, _space, which = place.partition(" ")
    words = {
        "card": _("the card"),
        "form": _("the form of changes"),
        "moves": _("the request for a move"),
        "links": _("the queue of requests"),
        "correction": _("the request for correction"),
        "erasure": _("the form of erasure"),
        "export": _("the list as a file"),
        "consent": _("the form of a paper consent"),
        **{key: str(said) for key, said in opening_places().items()},
    }
    return f"{words[name]} {which}".strip() if name in words else place
