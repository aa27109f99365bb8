"""Who the authors of practices are, as far as each of them allows it to be told today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.page_cache import valid_until
from core.page_cache.schedule import next_midnight
from people.enums import ConsentItem
from people.models import Organisation, StaffRecord, TeacherPage
from people.queries.publishing import Items, Person, display_name, published_items_of
from people.queries.teacher_pages import with_work

if TYPE_CHECKING:
    from practices.models import PracticeAuthor


@dataclass(frozen=True)
class ShownAuthor:
    """An author with exactly what may be told; ``organisation`` is None where it may not."""

    name: str
    # «Примерова А. Б.» in a citation; empty where the name may not be told.
    cited: str = ""
    position: str = ""
    organisation: Organisation | None = None
    url: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the name itself is shown."""
        return bool(self.cited)


def authors_of(numbers: Iterable[int | None]) -> dict[int, list[ShownAuthor]]:
    """The confirmed authors of each practice, in their order; three queries for all of them."""
    found = _confirmed(numbers)
    records = {
        record.user_id: record
        for record in StaffRecord.objects.filter(user__in={row.user_id for row in found})
    }
    return _shown(found, records, pages={}, with_positions=False)


def authors_with_work(number: int | None) -> list[ShownAuthor]:
    """The authors of one practice with positions and own pages; six queries."""
    found = _confirmed([number])
    accounts = {row.user_id for row in found if row.user_id}
    records = {
        record.user_id: record
        for record in with_work(StaffRecord.objects.filter(user__in=accounts))
    }
    # Who holds which position is another thing tomorrow.
    valid_until(next_midnight(timezone.now()))
    pages = {
        page.user_id: page.get_absolute_url()
        for page in TeacherPage.objects.switched_on().filter(user__in=accounts)
    }
    shown = _shown(found, records, pages=pages, with_positions=True)
    return shown.get(number or 0, [])


def _confirmed(numbers: Iterable[int | None]) -> list[PracticeAuthor]:
    # Imported here: the page of a practice asks this module.
    from practices.models.authors import PracticeAuthor

    asked = [number for number in numbers if number]
    rows = PracticeAuthor.objects.confirmed().filter(practice__in=asked)
    return list(rows.select_related("user", "organisation").order_by("practice", "order", "pk"))


def _shown(
    rows: list[PracticeAuthor],
    records: dict[int | None, StaffRecord],
    *,
    pages: dict[int, str],
    with_positions: bool,
) -> dict[int, list[ShownAuthor]]:
    people: dict[int, Person] = {}
    for row in rows:
        # A closed account has agreed to nothing any more.
        if row.user is not None and row.user.is_active:
            people[row.user.pk] = records.get(row.user.pk) or row.user
    items = published_items_of(people.values())
    found: dict[int, list[ShownAuthor]] = defaultdict(list)
    for row in rows:
        person = people.get(row.user_id or 0)
        if person is not None:
            url = pages.get(row.user_id or 0, "")
            found[row.practice_id].append(
                _person(row, person, items[person], url, with_positions=with_positions)
            )
        elif row.user_id is None and row.organisation is not None:
            found[row.practice_id].append(_organisation(row.organisation))
        else:
            found[row.practice_id].append(ShownAuthor(_("A teacher of the district")))
    return found


def _organisation(organisation: Organisation) -> ShownAuthor:
    """An organisation is an author under its own name: it is no person."""
    return ShownAuthor(
        name=organisation.name,
        cited=organisation.name,
        organisation=organisation,
        url=organisation.get_absolute_url() if organisation.in_district else "",
    )


def _person(
    row: PracticeAuthor, person: Person, items: Items, url: str, *, with_positions: bool
) -> ShownAuthor:
    named = ConsentItem.NAME in items
    position = ""
    if with_positions and isinstance(person, StaffRecord) and ConsentItem.POSITION in items:
        held = person.held  # type: ignore[attr-defined]
        position = ", ".join(dict.fromkeys(place.title for place in held))
    return ShownAuthor(
        name=display_name(person, items),
        cited=_cited(person) if named else "",
        position=position,
        organisation=row.organisation if ConsentItem.ORGANISATION in items else None,
        url=url if named and isinstance(person, StaffRecord) else "",
    )


def _cited(person: Person) -> str:
    """Surname and initials, as lists of literature write them."""
    initials = " ".join(f"{name[0]}." for name in (person.first_name, person.patronymic) if name)
    return f"{person.last_name} {initials}".strip()
