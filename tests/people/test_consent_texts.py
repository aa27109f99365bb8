"""Versions of consents: written by the operator, looked at before, never wider than agreed to."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from docx import Document
from wagtail.models import ModelLogEntry

from core.models import PrivateFile
from people.enums import ConsentItem, Role
from people.models import Consent, ConsentText, User
from people.queries.consent_texts import compare, effect_of
from people.queries.publishing import published_items
from people.services.consent_texts import add_version, text_in_force
from people.services.consents import enter_paper_consent, give_consent
from tests.factories.people import OrganisationRoleFactory, StaffRecordFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]
TEXTS = "/cabinet/consents/texts/"
NEW = f"{TEXTS}distribution/new/"
NAME, PHOTO, CONTACTS = ConsentItem.NAME, ConsentItem.PHOTO, ConsentItem.CONTACTS


@pytest.fixture
def operator() -> User:
    return UserFactory(groups=[Role.ADMINISTRATOR.value])


def current(kind: str = "distribution") -> ConsentText:
    text = text_in_force(kind)
    assert text is not None
    return text


def changed(kind: str = "distribution", **words: Any) -> ConsentText:
    """The text in force with other words, not saved."""
    text = current(kind)
    for name, value in words.items():
        setattr(text, name, value)
    return text


def typed(text: ConsentText, **more: Any) -> dict[str, Any]:
    """What a browser sends of the form: line ends of its own, a list of ticks."""
    said = {name: getattr(text, name) for name in ("title", "law", "purposes", "items")}
    said["data_list"] = text.data_list
    return {**said, "text": text.text.replace("\n", "\r\n"), "seen": "1", **more}


def test_a_version_is_looked_at_before_it_is_in_force(client_of, operator: User) -> None:
    give_consent(user=UserFactory(), text=current(), items=[NAME, PHOTO])
    client = client_of(operator)
    assert "Рядом с каждым полем" in client.get(NEW).content.decode()
    items = [item for item in ConsentItem.values if item != PHOTO]
    new = typed(current(), items=items, purposes="распространение опыта района")
    looked = client.post(NEW, {**new, "action": "look"}).content.decode().replace("\xa0", " ")
    assert "<ins> района</ins>" in looked
    assert "<del>Фотография\n</del>" in looked
    assert "Действует 1 согласие в прежних редакциях" in looked
    assert "«Фотография». Пункт разрешил 1 человек" in looked
    assert ConsentText.objects.filter(kind="distribution").count() == 1
    # Back to the text: nothing is lost.
    back = client.post(NEW, {**new, "action": "write"}).content.decode()
    assert "распространение опыта района" in back
    for _click in range(2):
        answer = client.post(NEW, {**new, "action": "confirm"})
        assert answer.headers["Location"] == TEXTS
    assert [current().version, current().items] == [2, items]
    assert ConsentText.objects.filter(kind="distribution").count() == 2
    entry = ModelLogEntry.objects.get(action="people.add_consent_version")
    assert (entry.user, entry.data) == (operator, {"version": 2})


def test_two_who_write_at_once_see_each_other(client_of, operator: User) -> None:
    mine = typed(current(), title="Моё согласие")
    add_version(text=changed(title="Согласие коллеги"), seen=1, user=operator)
    client = client_of(operator)
    answer = client.post(NEW, {**mine, "action": "confirm"}).content.decode()
    assert "введена в действие редакция 2" in answer
    # Both stand there: mine in the field, the other beside it; the next look is against that one.
    assert 'value="Моё согласие"' in answer
    assert "Согласие коллеги" in answer
    assert 'name="seen" value="2"' in answer
    client.post(NEW, {**mine, "seen": "2", "action": "confirm"})
    assert (current().version, current().title) == (3, "Моё согласие")


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"text": "Разрешаю: {checked_list}, {operator}, {term}"}, "text", "{fio}"),
        ({"text": "Я, {fio}, разрешаю. {operator} {term}"}, "text", "{checked_list}"),
        ({"text": "{fio} {operator} {term} {checked_list} {0.password}"}, "text", "{0.password}"),
        ({"items": []}, "items", ""),
        ({"items": ["passport"]}, "items", ""),
        ({"purposes": " "}, "purposes", ""),
        ({"title": "Я" * 256}, "title", ""),
        ({"text": "Я" * 20_001}, "text", ""),
    ],
)
def test_what_is_no_consent_is_said_at_its_field(
    client_of, operator: User, words: dict[str, Any], field: str, said: str
) -> None:
    answer = client_of(operator).post(NEW, {**typed(current()), **words, "action": "confirm"})
    errors = answer.context["form"].errors
    assert set(errors) == {field}
    assert said in str(errors[field])
    assert ConsentText.objects.count() == 2


@pytest.mark.parametrize("action", ["look", "confirm"])
def test_the_same_words_make_no_version(client_of, operator: User, action: str) -> None:
    answer = client_of(operator).post(NEW, {**typed(current()), "action": action})
    assert "Ничего не изменилось" in answer.content.decode()
    assert ConsentText.objects.count() == 2


def test_the_service_itself_refuses_others(operator: User) -> None:
    methodist = UserFactory(groups=[Role.METHODIST.value])
    with pytest.raises(PermissionDenied):
        add_version(text=changed(title="Другое"), seen=1, user=methodist)


# --- Never wider than agreed to -------------------------------------------------------------------


def test_a_new_item_is_nobodys_before_it_is_ticked(client_of, operator: User) -> None:
    narrow = [item for item in ConsentItem.values if item != CONTACTS]
    add_version(text=changed(items=narrow), seen=1, user=operator)
    teacher = UserFactory()
    client = client_of(teacher)
    address = "/cabinet/consents/distribution/"
    assert 'value="contacts"' not in client.get(address).content.decode()
    # Nobody agrees to what the version does not ask about, whatever a form sends.
    sent = {"version": "2", "items": [NAME, CONTACTS], "action": "give"}
    assert client.post(address, sent).context["form"].errors
    with pytest.raises(ValidationError):
        give_consent(user=teacher, text=current(), items=[NAME, CONTACTS])
    given = give_consent(user=teacher, text=current(), items=narrow)

    add_version(text=changed(items=ConsentItem.values), seen=2, user=operator)
    given.refresh_from_db()
    assert published_items(teacher) == set(narrow) == set(given.items)
    form = client.get(address).content.decode()
    assert f'value="{CONTACTS}"' in form
    assert form.count(" checked") == len(narrow)
    assert "Даю согласие в новой редакции" in form


def test_a_dropped_item_stays_with_those_who_allowed_it_and_is_not_asked_again(
    operator: User,
) -> None:
    teacher = UserFactory()
    give_consent(user=teacher, text=current(), items=[NAME, PHOTO])
    add_version(text=changed(items=[NAME]), seen=1, user=operator)
    assert published_items(teacher) == {NAME, PHOTO}
    give_consent(user=teacher, text=current(), items=[NAME])
    assert published_items(teacher) == {NAME}


def test_a_paper_counts_for_the_version_that_was_signed(operator: User) -> None:
    old = ConsentText.objects.get(kind="distribution")
    add_version(text=changed(title="Новое согласие", items=[NAME]), seen=1, user=operator)
    record = StaffRecordFactory()
    scan = PrivateFile.objects.create(
        file="people/scan.pdf", original_name="Согласие.pdf", size=10, checksum="0" * 64
    )
    paper = {"record": record, "scan": scan, "user": operator}
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError, match="ещё не было"):
        enter_paper_consent(text=current(), items=[NAME], given_on=yesterday, **paper)
    enter_paper_consent(text=old, items=[NAME, PHOTO], given_on=yesterday, **paper)
    assert Consent.objects.get().text == old
    assert published_items(record) == {NAME, PHOTO}


def test_whom_a_version_touches(operator: User) -> None:
    old = current()
    give_consent(user=UserFactory(), text=old, items=[NAME])
    ended = give_consent(user=UserFactory(), text=old, items=[NAME])
    Consent.objects.filter(pk=ended.pk).update(withdrawn_at=timezone.now())
    scan = PrivateFile.objects.create(file="a.pdf", original_name="a", size=1, checksum="0" * 64)
    enter_paper_consent(
        record=StaffRecordFactory(),
        text=old,
        items=[PHOTO],
        given_on=timezone.localdate(),
        scan=scan,
        user=operator,
    )
    effect = effect_of(current(), changed(items=[NAME]))
    assert (effect.with_account, effect.on_paper) == (1, 1)
    assert ("Фотография", 1) in effect.dropped
    assert ("Должность и предметы", 0) in effect.dropped
    assert effect.added == []


def test_the_worst_text_is_compared_in_a_moment() -> None:
    """Few different words, over and over: word by word it would take half a minute."""
    letters = [chr(0x400 + index) for index in range(110)]
    old = " ".join(letters[index * 7 % 110] for index in range(10_000))
    new = " ".join(letters[index * index % 110] for index in range(10_000))
    began = timezone.now()
    parts = compare(ConsentText(text=old), ConsentText(text=new))
    assert any(part.differs for part in parts)
    assert timezone.now() - began < timedelta(seconds=10)


# --- Screens --------------------------------------------------------------------------------------

KEEPERS = {"head", "METHODIST", "ADMINISTRATOR"}


@pytest.mark.parametrize("role", ["visitor", "teacher", "head", *(role.name for role in Role)])
def test_who_writes_a_version_and_who_prints_a_blank(client_of, role: str) -> None:
    if role == "visitor":
        client = Client()
    elif role == "head":
        client = client_of(OrganisationRoleFactory().user)
    else:
        client = client_of(UserFactory(groups=[] if role == "teacher" else [Role[role].value]))
    refused = 302 if role == "visitor" else 403
    number = current().pk
    for ending in ("", "distribution/new/"):
        expected = 200 if role == "ADMINISTRATOR" else refused
        assert client.get(f"{TEXTS}{ending}").status_code == expected, ending
    for ending in (f"{number}/", f"{number}/blank.docx"):
        expected = 200 if role in KEEPERS else refused
        assert client.get(f"{TEXTS}{ending}").status_code == expected, ending
    if role in Role.__members__:
        assert (TEXTS in client.get("/admin/").content.decode()) == (role == "ADMINISTRATOR")
    sent = {**typed(current(), title="Чужая воля"), "action": "confirm"}
    if role != "ADMINISTRATOR":
        # Whoever is signed out gets the words back instead of being led to the log-in.
        assert client.post(NEW, sent).status_code == 403
    assert ConsentText.objects.count() == 2


def test_a_blank_leaves_room_for_the_hand(client_of, operator: User) -> None:
    number = current().pk
    page = client_of(operator).get(f"{TEXTS}{number}/").content.decode()
    assert page.count("☐") == len(ConsentItem)
    assert "Я, ______" in page
    assert f"редакция 1 от {timezone.localdate():%d.%m.%Y}" in page.replace("\xa0", " ")
    file = client_of(operator).get(f"{TEXTS}{number}/blank.docx").content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs)
    assert words.count("☐") == len(ConsentItem)
    assert "редакция 1 от" in words
    assert "Подпись" in words


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_history_is_paged_and_bounded(
    client_of, operator: User, number: int, django_assert_num_queries: Any, settings: Any
) -> None:
    for index in range(number):
        ConsentText.objects.create(
            kind="processing", version=index + 2, title="Старое", published_at=timezone.now()
        )
    client = client_of(operator)
    client.get(TEXTS)
    with django_assert_num_queries(TEXTS_QUERIES - ("cached" in settings.SESSION_ENGINE)):
        shown = client.get(TEXTS).content.decode()
    assert shown.count("blank.docx") == min(number + 2, 25)


TEXTS_QUERIES = 17
