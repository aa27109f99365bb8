"""Consents: apart from each other, item by item, withdrawn at once and everywhere."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from core.models import PrivateFile
from home.services.roles import set_up_roles
from people.enums import ConsentItem, ConsentKind, Role
from people.models import Consent, ConsentText, User
from people.queries.publishing import display_name, may_process, published_items, published_items_of
from people.services import consents
from people.services.consent_texts import add_version, set_up_consent_texts, text_in_force, wording
from people.services.consents import (
    enter_paper_consent,
    give_consent,
    register_consent_listener,
    withdraw_consent,
)
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)
from tests.people.accounts import NAMES

pytestmark = pytest.mark.django_db
# What the law wants to read in every consent to processing.
NEEDED = "{operator} {data_list} {purposes}"
NAME, PHOTO = ConsentItem.NAME, ConsentItem.PHOTO


@pytest.fixture
def texts(db: None) -> dict[str, ConsentText]:
    """The texts a new portal has."""
    set_up_consent_texts()
    return {text.kind: text for text in ConsentText.objects.all()}


@pytest.fixture
def scan(db: None) -> PrivateFile:
    return PrivateFile.objects.create(
        file="people/scan.pdf", original_name="Согласие.pdf", size=10, checksum="0" * 64
    )


def test_nothing_is_published_before_it_is_allowed(texts, teacher: User) -> None:
    assert published_items(teacher) == frozenset()
    assert display_name(teacher) == "Педагог района"
    assert not may_process(teacher)


def test_the_two_consents_stand_apart(texts, teacher: User) -> None:
    give_consent(user=teacher, text=texts["processing"])
    assert may_process(teacher)
    assert published_items(teacher) == frozenset()
    withdraw_consent(user=teacher, kind="processing")
    give_consent(user=teacher, text=texts["distribution"], items=[NAME])
    assert not may_process(teacher)
    assert published_items(teacher) == {NAME}
    assert display_name(teacher) == teacher.get_full_name()


def test_a_double_click_gives_one_consent_and_another_choice_a_new_one(texts, teacher) -> None:
    text = texts["distribution"]
    first = give_consent(user=teacher, text=text, items=[NAME, PHOTO])
    assert give_consent(user=teacher, text=text, items=[PHOTO, NAME]) == first
    assert ModelLogEntry.objects.filter(action="people.give_consent").count() == 1
    second = give_consent(user=teacher, text=text, items=[NAME])
    first.refresh_from_db()
    assert first.withdrawn_at
    assert published_items(teacher) == {NAME}
    assert list(Consent.objects.in_force()) == [second]


def test_a_withdrawal_ends_the_account_and_the_paper(texts, teacher, scan) -> None:
    record = StaffRecordFactory(organisation=OrganisationFactory())
    keeper = OrganisationRoleFactory(organisation=record.positions.get().organisation).user
    enter_paper_consent(
        record=record,
        text=texts["distribution"],
        items=[NAME],
        given_on=date(2026, 9, 1),
        scan=scan,
        user=keeper,
    )
    assert published_items(record) == {NAME}
    record.user = teacher
    record.save()
    assert published_items(teacher) == {NAME}
    assert withdraw_consent(user=teacher, kind="distribution") == 1
    assert withdraw_consent(user=teacher, kind="distribution") == 0
    assert published_items_of([teacher, record]) == {teacher: frozenset(), record: frozenset()}


def test_what_the_account_says_counts_before_the_paper(texts, teacher, scan) -> None:
    record = StaffRecordFactory(organisation=OrganisationFactory())
    keeper = OrganisationRoleFactory(organisation=record.positions.get().organisation).user
    paper = {"record": record, "text": texts["distribution"], "scan": scan, "user": keeper}
    enter_paper_consent(items=[NAME, PHOTO], given_on=date(2026, 9, 1), **paper)
    record.user = teacher
    record.save()
    give_consent(user=teacher, text=texts["distribution"], items=[NAME])
    assert published_items(record) == published_items(teacher) == {NAME}
    with pytest.raises(ValidationError):
        enter_paper_consent(items=[PHOTO], given_on=date(2026, 9, 2), **paper)


def test_a_paper_needs_its_scan_its_day_and_the_right_school(texts, scan) -> None:
    record = StaffRecordFactory(organisation=OrganisationFactory())
    keeper = OrganisationRoleFactory(organisation=record.positions.get().organisation).user
    values = {"record": record, "text": texts["processing"], "user": keeper, "scan": scan}
    day = timezone.localdate()
    with pytest.raises(ValidationError, match="скан"):
        enter_paper_consent(given_on=day, **{**values, "scan": None})
    with pytest.raises(ValidationError, match="впереди"):
        enter_paper_consent(given_on=day + timedelta(days=1), **values)
    with pytest.raises(PermissionDenied):
        enter_paper_consent(given_on=day, **{**values, "user": OrganisationRoleFactory().user})
    assert not Consent.objects.exists()


def test_a_consent_ends_after_its_last_day(texts, teacher: User) -> None:
    today = timezone.localdate()
    text = texts["distribution"]
    with pytest.raises(ValidationError):
        give_consent(user=teacher, text=text, items=[NAME], valid_until=today - timedelta(days=1))
    consent = give_consent(user=teacher, text=text, items=[NAME], valid_until=today)
    assert published_items(teacher) == {NAME}
    Consent.objects.filter(pk=consent.pk).update(valid_until=today - timedelta(days=1))
    assert published_items(teacher) == frozenset()


@pytest.mark.parametrize("items", [[], ["passport"], ["name", "passport"]])
def test_only_what_stands_in_the_list_may_be_chosen(texts, teacher: User, items) -> None:
    with pytest.raises(ValidationError):
        give_consent(user=teacher, text=texts["distribution"], items=items)
    assert not Consent.objects.exists()


def test_a_version_that_was_agreed_to_stays_as_it_was(texts, teacher, superuser) -> None:
    first = texts["processing"]
    consent = give_consent(user=teacher, text=first)
    words = first.text
    newer = ConsentText.objects.get(pk=first.pk)
    newer.text = f"Я, {{fio}}, согласен. {NEEDED}"
    newer = add_version(text=newer, seen=1, user=superuser)
    assert newer.version == 2
    assert text_in_force("processing") == newer
    consent.refresh_from_db()
    assert consent.text.text == words
    assert teacher.get_full_name() in consent.wording
    assert may_process(teacher)
    with pytest.raises(ValidationError):
        give_consent(user=UserFactory(), text=first)


def test_braces_of_a_name_fill_nothing_in(texts) -> None:
    said = wording(texts["processing"], name="{operator} Иванов {0.__class__}")
    assert "{0.__class__}" in said


def test_apps_are_told_within_the_transaction(texts, teacher, monkeypatch) -> None:
    told: list[tuple[object, object]] = []
    monkeypatch.setattr(consents, "_listeners", [])
    register_consent_listener(lambda user, record: told.append((user, record)))
    give_consent(user=teacher, text=texts["distribution"], items=[NAME])
    withdraw_consent(user=teacher, kind="distribution")
    withdraw_consent(user=teacher, kind="distribution")
    assert told == [(teacher, None), (teacher, None)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_list_of_people_costs_one_query(texts, number, django_assert_num_queries) -> None:
    people = [UserFactory() for _index in range(number)]
    give_consent(user=people[0], text=texts["distribution"], items=[NAME])
    with django_assert_num_queries(1):
        found = published_items_of(people)
    assert found[people[0]] == {NAME}


# --- Screens ------------------------------------------------------------------------------------

ADDRESSES = (
    *("/cabinet/consents/", "/cabinet/consents/processing/", "/cabinet/consents/distribution/"),
    *("/cabinet/consents/register/", "/cabinet/consents/register.xlsx"),
)
OPERATOR = {"/cabinet/consents/register/", "/cabinet/consents/register.xlsx"}


@pytest.mark.parametrize("role", ["visitor", "teacher", "head", *(role.name for role in Role)])
def test_who_opens_what(site_tree, texts, client_of, role: str) -> None:
    set_up_roles()
    if role == "visitor":
        client = Client()
    elif role == "head":
        client = client_of(OrganisationRoleFactory().user)
    else:
        groups = [] if role == "teacher" else [Role[role].value]
        client = client_of(UserFactory(groups=groups))
    for address in ADDRESSES:
        status = client.get(address).status_code
        if role == "visitor":
            assert status == 302, address
        elif address in OPERATOR and role != "ADMINISTRATOR":
            assert status == 403, address
        else:
            assert status == 200, address


def test_a_teacher_decides_in_the_cabinet(site_tree, texts, client_of, teacher: User) -> None:
    client = client_of(teacher)
    assert "Прочитайте согласие" in client.get("/cabinet/").content.decode()
    page = client.get("/cabinet/consents/processing/").content.decode()
    assert teacher.get_full_name() in page
    assert "152-ФЗ" in page

    sent = {**NAMES, "version": "1", "next": "/cabinet/profile/", "action": "give"}
    answer = client.post("/cabinet/consents/processing/", sent)
    assert answer.headers["Location"] == "/cabinet/profile/"
    assert may_process(teacher)
    assert "Прочитайте согласие" not in client.get("/cabinet/").content.decode()

    refused = client.post("/cabinet/consents/distribution/", {"version": "1", "action": "give"})
    assert "Выберите, что можно публиковать" in refused.content.decode()
    chosen = {"version": "1", "items": ["name", "position"], "action": "give"}
    client.post("/cabinet/consents/distribution/", chosen)
    assert published_items(teacher) == {"name", "position"}
    shown = client.get("/cabinet/consents/").content.decode()
    assert "Фамилия, имя, отчество; Должность и предметы" in shown

    client.post("/cabinet/consents/distribution/", {"action": "withdraw"})
    assert published_items(teacher) == frozenset()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_way_back_stays_on_the_site(site_tree, texts, client_of, teacher, target) -> None:
    sent = {**NAMES, "version": "1", "next": target, "action": "give"}
    answer = client_of(teacher).post("/cabinet/consents/processing/", sent)
    assert answer.headers["Location"] == "/cabinet/consents/"


def test_a_changed_text_is_read_again(site_tree, texts, client_of, teacher, superuser) -> None:
    newer = ConsentText.objects.get(kind="processing")
    newer.text = f"Я, {{fio}}, согласен с новым текстом. {NEEDED}"
    add_version(text=newer, seen=1, user=superuser)
    answer = client_of(teacher).post(
        "/cabinet/consents/processing/", {**NAMES, "version": "1", "action": "give"}
    )
    html = answer.content.decode()
    assert "Текст за это время изменился" in html
    assert "согласен с новым текстом" in html
    assert not may_process(teacher)


@pytest.mark.parametrize("version", ["9" * 5000, "70000", "-1", "²", ""])
def test_an_odd_version_is_no_error(site_tree, texts, client_of, teacher, version: str) -> None:
    sent = {**NAMES, "version": version, "action": "give"}
    assert client_of(teacher).post("/cabinet/consents/processing/", sent).status_code == 302


def test_a_consent_names_who_gives_it(site_tree, texts, client_of) -> None:
    nameless = UserFactory(last_name="", first_name="", patronymic="")
    client, address = client_of(nameless), "/cabinet/consents/processing/"
    assert "Я, ______" in client.get(address).content.decode()
    sent = {"version": "1", "action": "give"}
    wrong = {**NAMES, "last_name": "http://evil.example", "first_name": ""}
    kept = client.post(address, sent | wrong).content.decode()
    assert 'value="http://evil.example"' in kept
    assert "Исправьте 2 поля" in kept.replace("\xa0", " ")
    assert not Consent.objects.exists()
    with pytest.raises(ValidationError, match="Назовите себя"):
        give_consent(user=nameless, text=texts["processing"])
    client.post(address, sent | NAMES)
    nameless.refresh_from_db()
    assert nameless.get_full_name() == "Петрова-Водкина Анна Ивановна"
    assert "Я, Петрова-Водкина Анна Ивановна," in Consent.objects.get().wording


def test_the_paper_is_ones_own(site_tree, texts, client_of, teacher: User) -> None:
    own = give_consent(user=teacher, text=texts["processing"])
    foreign = give_consent(user=UserFactory(), text=texts["processing"])
    client = client_of(teacher)
    for ending in ("paper/", "paper.docx"):
        assert client.get(f"/cabinet/consents/{own.pk}/{ending}").status_code == 200
        assert client.get(f"/cabinet/consents/{foreign.pk}/{ending}").status_code == 404
    file = client.get(f"/cabinet/consents/{own.pk}/paper.docx").content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs)
    assert teacher.get_full_name() in words
    assert "Подпись" in words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_register_is_paged_and_bounded(
    site_tree, texts, client_of, superuser, number, django_assert_num_queries, settings
) -> None:
    for _index in range(number):
        give_consent(user=UserFactory(), text=texts["processing"])
    client = client_of(superuser)
    client.get("/cabinet/consents/register/")
    with django_assert_num_queries(REGISTER_QUERIES - ("cached" in settings.SESSION_ENGINE)):
        shown = client.get("/cabinet/consents/register/").content.decode()
    assert shown.count('<th scope="row">') == min(number, 25)


REGISTER_QUERIES = 13


def test_the_register_is_narrowed_and_taken_out(site_tree, texts, client_of, superuser) -> None:
    formula = UserFactory(last_name="=cmd()", first_name="Анна")
    give_consent(user=formula, text=texts["distribution"], items=[NAME])
    ended = UserFactory(last_name="Ёлкина")
    give_consent(user=ended, text=texts["processing"])
    withdraw_consent(user=ended, kind="processing")
    client = client_of(superuser)
    narrowed = client.get("/cabinet/consents/register/?state=ended&q=елкина").content.decode()
    assert "Ёлкина" in narrowed
    assert "cmd()" not in narrowed
    file = client.get("/cabinet/consents/register.xlsx?kind=distribution").content
    cells = [cell for row in load_workbook(io.BytesIO(file)).active for cell in row]
    (named,) = [cell for cell in cells if isinstance(cell.value, str) and "cmd()" in cell.value]
    assert named.data_type == "s"
    assert not any("Ёлкина" in str(cell.value) for cell in cells)
    assert ModelLogEntry.objects.filter(action="people.export_consents", user=superuser).exists()


def test_kinds_are_those_of_the_law() -> None:
    assert set(ConsentKind.values) == {"processing", "distribution"}


def test_the_set_up_leaves_a_changed_text_alone(texts, superuser) -> None:
    newer = ConsentText.objects.get(kind="processing")
    newer.text = f"Я, {{fio}}, согласен. {NEEDED}"
    add_version(text=newer, seen=1, user=superuser)
    set_up_consent_texts()
    assert ConsentText.objects.filter(kind="processing").count() == 2
