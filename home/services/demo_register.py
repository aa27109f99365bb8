"""Organisations and the staff register of the demonstration: invented people, marked «(демо)»."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyascii import anyascii
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from home.services.seeding import find_page, make_snippet, once, today_plus
from home.services.structure import read_data
from people.ages import years_before
from people.enums import SupportKind, TrainingForm, TrainingKind, TrainingState
from people.models import (
    Award,
    Education,
    Organisation,
    OrganisationStatus,
    StaffPosition,
    StaffRecord,
    Subject,
    SupportForm,
    TeachingLoad,
    TrainingRecord,
)

MARK = " (демо)"
# What the youngest teacher of the district may be, where the data say nothing of the age.
AGE_AT_FIRST_POST = 23
# Every fourth record waits for the methodist.
UNCONFIRMED = 4


@transaction.atomic
def load_demo_register() -> None:
    """Organisations with statuses, people with positions, loads, education and training.

    Each is made once: what somebody changed or deleted stays so.
    """
    content, extra = read_data("demo_content.json"), read_data("demo_register.json")
    schools = _load_organisations(content["organisations"], extra)
    people = [entry for entry in content["people"] if entry["code"] not in extra["not_staff"]]
    courses = content["cpd"]["courses"]
    for number, entry in enumerate([*people, *content["staff_demo"]]):
        if entry["org"] in schools and once(f"staff:{entry['code']}"):
            _make_person(number, entry, schools[entry["org"]], extra, courses)


def demo_person(code: str) -> StaffRecord | None:
    """The record that the demonstration made for this person, unless somebody deleted it."""
    for entry in read_data("demo_content.json")["people"]:
        if entry["code"] == code:
            last_name, first_name = _names(entry["name"], "")
            found = StaffRecord.objects.filter(last_name=last_name)
            return (found.filter(first_name=first_name) if first_name else found).first()
    return None


def demo_organisation(code: str) -> Organisation | None:
    """The organisation that the demonstration made under this code."""
    for entry in read_data("demo_content.json")["organisations"]:
        if entry["code"] == code:
            return Organisation.objects.filter(slug=_slug(entry)).first()
    return None


def _slug(entry: dict[str, Any]) -> str:
    return slugify(anyascii(entry["name"].removesuffix(MARK)))[:80]


def _load_organisations(
    entries: list[dict[str, Any]], extra: dict[str, Any]
) -> dict[str, Organisation]:
    """The organisations by their codes; one that somebody deleted is missing."""
    found = {}
    for entry in entries:
        code, slug = entry["code"], _slug(entry)
        if once(f"organisation:{code}"):
            head, position = extra["heads"].get(code, ("", ""))
            made = Organisation(
                name=entry["name"],
                slug=slug,
                kind=extra["kinds"][entry["kind"]],
                small_school=entry["small_school"],
                village=entry["village"].removesuffix(" (вымышл.)"),
                head_name=head,
                head_position=position,
            )
            made.statuses = [
                _status(status) for status in extra["statuses"] if status["organisation"] == code
            ]
            made.save()
            made.save_revision()
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is not None:
            found[code] = organisation
    return found


def _status(entry: dict[str, Any]) -> OrganisationStatus:
    """A status whose period stands as dates (an official order) or as days from today."""
    starts: date
    ends: date | None
    if "from" in entry:
        starts, ends = date.fromisoformat(entry["from"]), date.fromisoformat(entry["until"])
    else:
        starts = today_plus(entry["from_days"])
        ends = today_plus(entry["until_days"]) if "until_days" in entry else None
    return OrganisationStatus(
        kind=entry["kind"],
        order_words=entry["order"],
        order_page=find_page(entry.get("page", "")),
        starts_on=starts,
        ends_on=ends,
    )


def _names(name: str, first: str) -> tuple[str, str]:
    """Surname and first name of «Анна Примерова (демо)»; «Педагог 01 (демо)» gets ``first``."""
    plain = name.removesuffix(MARK)
    given, _space, surname = plain.partition(" ")
    if not surname or not surname.isalpha() or not surname.istitle():
        return name, first
    return f"{surname}{MARK}", given


def _make_person(
    number: int,
    entry: dict[str, Any],
    organisation: Organisation,
    extra: dict[str, Any],
    courses: list[dict[str, Any]],
) -> None:
    today, code = timezone.localdate(), entry["code"]
    first = extra["first_names"][number % len(extra["first_names"])]
    last_name, first_name = _names(entry["name"], first[0])
    sex = first[1] if first_name == first[0] else extra["sexes"].get(code, "f")
    years = entry["experience_years"]
    # No two people of one age were born on the same day.
    apart = timedelta(days=10 + 37 * number % 300)
    age = entry.get("age") or years + AGE_AT_FIRST_POST
    since = years_before(today, years) - min(apart, timedelta(days=80))
    record = StaffRecord(
        last_name=last_name,
        first_name=first_name,
        sex=sex,
        birth_date=years_before(today, age) - apart,
        total_since=since,
        teaching_since=since,
        category=extra["categories"].get(entry["category"], ""),
        assessed_on=today_plus(-200 - number) if entry.get("nok_passed") else None,
    )
    if record.category:
        record.category_date = max(since, today_plus(-300 - 40 * number))
        record.category_order = extra["category_order"]
    if number % 6 == 0:
        record.next_attestation = date(today.year, 12, 15)
    record.positions = [
        StaffPosition(
            organisation=organisation,
            title=extra["titles"].get(code, entry["position"]),
            is_head=entry.get("is_head", code in extra["heads_of_organisations"]),
            starts_on=since,
        )
    ]
    record.loads = [
        TeachingLoad(subject=subject, hours=18 // len(entry["subjects"]))
        for subject in map(_subject, entry["subjects"])
        if subject is not None
    ]
    record.educations = _educations(entry, record, extra)
    if years > 20:
        record.awards = [Award(name="Почётная грамота отдела образования (демо)", year=2019)]
    if entry.get("mentor_assigned") or entry.get("role") == "young_teacher":
        record.support_forms = [
            SupportForm(kind=SupportKind.MENTOR, starts_on=max(since, today_plus(-365)))
        ]
    record.save()
    record.save_revision()
    if number % UNCONFIRMED:
        record.confirmed_revision, record.confirmed_at = record.latest_revision, timezone.now()
        record.save(update_fields=["confirmed_revision", "confirmed_at"])
    _make_training(number, entry, record, extra, courses)


def _subject(name: str) -> Subject | None:
    """The subject of the list; one that the list lacks is added to its end."""
    slug = slugify(anyascii(name))[:80]
    known = Subject.objects.filter(name=name).first()
    return known or make_snippet(
        key=f"subjects/{slug}",
        model=Subject,
        match={"slug": slug},
        values={"name": name, "order": 100},
    )


def _educations(
    entry: dict[str, Any], record: StaffRecord, extra: dict[str, Any]
) -> list[Education]:
    level = extra["education"].get(entry.get("education"), "higher_pedagogical")
    year = record.birth_date.year + 22
    return [Education(level=level, institution=extra["institution"], year=year)]


def _make_training(
    number: int,
    entry: dict[str, Any],
    record: StaffRecord,
    extra: dict[str, Any],
    courses: list[dict[str, Any]],
) -> None:
    """The last courses; some still wait for the school, one was returned."""
    if "+ переподготовка" in entry.get("education", ""):
        TrainingRecord.objects.create(
            record=record,
            kind=TrainingKind.RETRAINING,
            programme=extra["retraining"],
            provider=extra["provider"],
            form=TrainingForm.DISTANCE,
            hours=260,
            ends_on=today_plus(-2000),
            state=TrainingState.CONFIRMED,
        )
    days = entry.get("last_cpd_days_ago", 200 + 30 * number)
    if days is None:
        return
    course = courses[number % len(courses)]
    state = TrainingState.CONFIRMED
    if number % 9 == 1:
        state = TrainingState.ENTERED
    TrainingRecord.objects.create(
        record=record,
        programme=f"{course['title']}{MARK}",
        provider=extra["provider"],
        form=TrainingForm.DISTANCE if course["form"] == "дистанционная" else TrainingForm.MIXED,
        hours=entry.get("last_cpd_hours", course["hours"]),
        ends_on=today_plus(-days),
        document_number=f"УПК-{number + 1:04}{MARK}",
        state=TrainingState.RETURNED if entry["code"] == "p11" else state,
        remark="Приложите скан удостоверения." if entry["code"] == "p11" else "",
    )
