"""«Мои данные»: what is held, the request to erase it, the decision."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

import people
from core.models import Notice, PrivateFile
from core.services.private_files import store_private_file
from home.services.roles import set_up_roles
from people.enums import Role
from people.models import CardOpening, DataArchive, ErasureRequest, User
from people.queries.openings import place_words
from people.services.data_copies import make_waiting_copies, remove_expired_copies
from people.services.links import ask_link
from people.services.openings import note_openings
from tests.core.test_upload_checks import pdf
from tests.factories.people import (
    PASSWORD,
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def proved(client: Client, address: str) -> str:
    """Open a page that asks for the password first; returns the page."""
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == address
    return answer.content.decode()


def test_from_the_request_to_the_erasure(
    teacher: User, client_of: Callable[[User | None], Client]
) -> None:
    set_up_roles()
    admin = UserFactory(groups=[Role.ADMINISTRATOR.value])
    Notice.objects.create(recipient=teacher, kind="notice", subject="Слова")
    client = client_of(teacher)
    assert "Уведомления: 1" in client.get(reverse("my_data")).content.decode()

    page = proved(client, reverse("ask_erasure"))
    assert "Будет удалено" in page
    assert "152-ФЗ" not in page  # nothing is said of consents that were never given
    answer = client.post(reverse("ask_erasure"), {"text": "Ухожу из школы"})
    assert "Поставьте отметку" in answer.content.decode()
    assert "Ухожу из школы" in answer.content.decode()
    client.post(reverse("ask_erasure"), {"text": "Ухожу из школы", "sure": "on"})
    request = ErasureRequest.objects.get()

    keeper = client_of(admin)
    assert "1 человек просит удалить" in keeper.get(reverse("cabinet")).content.decode()
    page = proved(keeper, reverse("erasure", args=[request.pk]))
    assert "Ухожу из школы" in page
    answer = keeper.post(reverse("erasure", args=[request.pk]), {"action": "refuse", "remark": " "})
    assert f'id="remark-{request.pk}-error"' in answer.content.decode()
    assert "Напишите причину" in answer.content.decode()
    answer = keeper.post(reverse("erasure", args=[request.pk]), {"action": "confirm"}, follow=True)
    assert "Удалённый пользователь" in answer.content.decode()
    # The session of the person ends with it.
    assert client.get(reverse("my_data")).status_code == 302


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_queue_costs_the_same_for_many(
    count: int,
    client_of: Callable[[User | None], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    set_up_roles()
    for _ in range(count):
        ErasureRequest.objects.create(user=UserFactory())
    client = client_of(UserFactory(groups=[Role.ADMINISTRATOR.value]))
    client.get(reverse("erasures"))
    with django_assert_num_queries(15 - ("cached" in settings.SESSION_ENGINE)):
        client.get(reverse("erasures"))


def test_a_copy_holds_the_rows_and_the_files_of_the_person_alone(
    teacher: User, client_of: Callable[[User | None], Client]
) -> None:
    record = StaffRecordFactory(organisation=OrganisationFactory(), user=teacher)
    scan = store_private_file(upload=ContentFile(pdf(), name="Диплом.pdf"), user=teacher)
    TrainingRecordFactory(record=record, scan=scan)
    TrainingRecordFactory(programme="Чужая программа")
    note_openings(records=[record], viewer=UserFactory(), place="export")
    log(instance=record, action="people.confirm_staff", user=teacher)
    client = client_of(teacher)
    assert client.post(reverse("copy_data")).status_code == 302
    assert not DataArchive.objects.exists()
    # The browser has to prove itself first, then the second click finds the first copy.
    proved(client, reverse("ask_erasure"))
    for _click in range(2):
        client.post(reverse("copy_data"))
    assert "Готовится" in client.get(reverse("my_data")).content.decode()
    assert make_waiting_copies() == 1
    assert make_waiting_copies() == 0

    archive = DataArchive.objects.get()
    assert archive.done == archive.total > 20
    assert archive.file is not None
    answer = client.get(archive.file.get_absolute_url())
    with zipfile.ZipFile(BytesIO(b"".join(answer))) as bundle:
        names = bundle.namelist()
        held = json.loads(bundle.read("данные/Карточка в реестре педагогов.json"))
        whole = "".join(bundle.read(name).decode() for name in names if name.startswith("данные/"))
        assert bundle.read(f"файлы/{scan.pk} Диплом.pdf").startswith(b"%PDF")
    assert held[0]["Фамилия"] == record.last_name
    assert held[0]["Должности"][0]["Должность"] == "учитель"
    assert "Чужая программа" not in whole
    # Nothing is called as programs call it.
    assert re.findall(r'^ *"([ -~]+)":', whole, re.MULTILINE) == []
    assert "people." not in whole
    assert '"Где": "список файлом"' in whole
    assert teacher.password not in whole
    assert client_of(UserFactory()).get(archive.file.get_absolute_url()).status_code == 404

    DataArchive.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert remove_expired_copies() == 1
    assert PrivateFile.objects.get() == scan


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_log_of_openings(
    count: int,
    teacher: User,
    client_of: Callable[[User | None], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    set_up_roles()
    school = OrganisationFactory()
    record = StaffRecordFactory(organisation=school, user=teacher)
    for _ in range(count):
        head = OrganisationRoleFactory(organisation=school).user
        note_openings(records=[record], viewer=head, place="card")
    keeper = client_of(UserFactory(groups=[Role.ADMINISTRATOR.value]))
    own = client_of(teacher)
    for client, name in ((keeper, "openings"), (own, "own_openings")):
        client.get(reverse(name))
        number = 15 if name == "openings" else 16
        with django_assert_num_queries(number - ("cached" in settings.SESSION_ENGINE)):
            page = client.get(reverse(name)).content.decode()
        # To the person an office answers, to the administrator somebody by name.
        assert (head.last_name in page) == (name == "openings")
    assert school.name in page.replace("\xa0", " ")
    found = keeper.get(reverse("openings"), {"viewer": head.last_name, "until": "2020-01-01"})
    assert "Таких записей нет" in found.content.decode().replace("\xa0", " ")
    found = keeper.get(reverse("openings"), {"person": record.last_name.lower()})
    assert head.last_name in found.content.decode()


def test_candidates_of_a_request_are_noted(client_of: Callable[[User | None], Client]) -> None:
    role = OrganisationRoleFactory()
    record = StaffRecordFactory(organisation=role.organisation)
    StaffRecordFactory(
        organisation=role.organisation, last_name="Сидорова", birth_date=date(1960, 1, 1)
    )
    ask_link(
        user=UserFactory(),
        organisation=role.organisation,
        last_name=record.last_name,
        first_name=record.first_name,
        patronymic=record.patronymic,
        birth_date=record.birth_date,
    )
    client_of(role.user).get(reverse("staff_links"))
    opening = CardOpening.objects.get()
    assert (opening.record, opening.viewer, opening.place) == (record, role.user, "links")


def test_every_place_where_a_card_is_opened_has_words() -> None:
    """Places are named in the views; the log is read by people."""
    views = Path(people.__file__).parent / "views"
    named = {
        name
        for path in views.glob("*.py")
        for name in re.findall(r'note_openings\(.*place="(\w+)"', path.read_text())
    }
    assert {"card", "export", "consent"} <= named
    words = {name: place_words(name) for name in named}
    assert all(re.search("[а-яё]", said) for said in words.values()), words
    assert len(set(words.values())) == len(words)
