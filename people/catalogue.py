"""What the public catalogue says of people and organisations."""

from __future__ import annotations

from django.utils import timezone

from core.models.page import CardData
from core.services.record_cards import CardSource, register_card_source
from people.models import Organisation, OrganisationQuerySet, OrganisationStatus


def listed_organisations() -> OrganisationQuerySet:
    """What the directory shows, with the statuses in the words of the order."""
    return Organisation.objects.in_directory().prefetch_related("statuses")


def describe_organisation(organisation: Organisation) -> tuple[str, str, CardData]:
    """Name, full name with the settlement, and what an organisation is also looked for by."""
    in_force = [status for status in organisation.statuses.all() if status.in_force]
    lead = ", ".join(filter(None, [organisation.full_name, organisation.village]))
    told = [
        *(f"{status.get_kind_display()} {status.order_words}" for status in in_force),
        organisation.head_name,
        organisation.address,
        organisation.about,
    ]
    data = CardData(
        date=timezone.localdate(),
        is_dated=False,
        group=organisation.kind,
        group_label=str(organisation.get_kind_display()),
        text="\n".join(filter(None, told)),
    )
    return organisation.name, lead, data


register_card_source(
    CardSource(
        model=Organisation,
        kind="organisation",
        shown=listed_organisations,
        describe=describe_organisation,
        parts={OrganisationStatus: "organisation_id"},
    )
)
