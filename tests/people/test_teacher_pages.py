"""A teacher's own page: off until opened, shows what the consent allows, gone with the consent."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from PIL import Image
from wagtail.models import ModelLogEntry

from core.light_text import light_html, light_words
from core.models import Notice, PrivateFile
from home.services.roles import set_up_roles
from people.enums import ConsentItem, Role
from people.models import TeacherPage
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import withdraw_consent
from people.services.teacher_pages import (
    give_page_back,
    hide_page,
    save_teacher_page,
)
from tests.core.conftest import Committed, committed  # noqa: F401
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    UserFactory,
)
from tests.people.teacher_page import EVERYTHING, SURNAME, URL, agree, make_teacher

pytestmark = pytest.mark.django_db
# What stands on the page by the item of the consent that allows it.
SHOWN = {
    ConsentItem.POSITION: ["учитель", "предмет "],
    ConsentItem.ORGANISATION: ["СОШ № "],
    ConsentItem.PHOTO: ["/portrait/"],
    ConsentItem.EXPERIENCE: ["Первая", "Читательская грамотность"],
    ConsentItem.MATERIALS: ["<strong>физике</strong>", "исследование на уроке"],
    ConsentItem.RESULTS: ["Почётная грамота, 2019"],
    ConsentItem.CONTACTS: ["https://blog.example.org/", "mailto:teacher-"],
}


def content_of(html: str) -> str:
    """Title, data for machines and content; without the frame."""
    head, main = html.split("<body", 1)
    return (head + main.split("<main", 1)[1].split("</main>", 1)[0]).replace("\xa0", " ")


def test_each_item_is_shown_only_with_its_consent(own_page: TeacherPage, client: Client) -> None:
    assert set(SHOWN) == set(ConsentItem) - {ConsentItem.NAME}
    whole = content_of(client.get(URL).content.decode())
    for words in SHOWN.values():
        for word in words:
            assert word.lower() in whole.lower(), word
    assert "Неподтверждённая" not in whole
    assert whole.count('rel="external nofollow ugc noopener"') == 1
    for item, words in SHOWN.items():
        agree(own_page.user, "distribution", [kind for kind in EVERYTHING if kind != item])
        html = content_of(client.get(URL).content.decode()).replace(own_page.slug, "")
        for word in words:
            assert word.lower() not in html.lower(), (item, word)
        assert SURNAME in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', whole, re.S)[1])  # type: ignore[index]
    assert data["mainEntity"]["@type"] == "Person"
    assert data["mainEntity"]["sameAs"] == ["https://blog.example.org/"]


def test_a_page_is_off_until_it_may_be_opened(site_tree, client: Client, client_of) -> None:
    set_up_consent_texts()
    user = UserFactory()
    StaffRecordFactory(organisation=OrganisationFactory(), user=user)
    own = client_of(user)
    assert "/processing/" in own.get("/cabinet/page/").headers["Location"]
    agree(user, "processing")
    form = own.get("/cabinet/page/").content.decode()
    suggested = re.search(r'name="slug" value="([a-z-]+)"', form)
    assert suggested
    sent = {"slug": suggested[1], "about": "Обо мне", "topics": "", "action": "save"}
    own.post("/cabinet/page/", sent)
    page_made = TeacherPage.objects.get()
    assert client.get(page_made.get_absolute_url()).status_code == 404
    refused = own.post("/cabinet/page/", {"action": "open"}, follow=True).content.decode()
    assert "Сначала разрешите публиковать имя" in refused
    agree(user, "distribution", [ConsentItem.NAME])
    own.post("/cabinet/page/", {"action": "open"})
    own.post("/cabinet/page/", {"action": "open"})
    assert ModelLogEntry.objects.filter(action="people.open_page").count() == 1
    assert client.get(page_made.get_absolute_url()).status_code == 200
    own.post("/cabinet/page/", {**sent, "slug": "novyj-adres"})
    assert client.get(page_made.get_absolute_url()).status_code == 404
    assert client.get("/teachers/novyj-adres/").status_code == 200
    withdraw_consent(user=user, kind="distribution")
    assert "нет согласия публиковать имя" in own.get("/cabinet/page/").content.decode()


WRONG = [
    ("slug", "admin", "оставляет за собой"),
    ("slug", "Вера", "Строчные латинские"),
    ("slug", "a", "Строчные латинские"),
    ("slug", "../etc", "Строчные латинские"),
    ("slug", "taken-by-other", "занят другой"),
    ("about", "я" * 601, "600"),
    ("topics", "\n".join(f"тема {n}" for n in range(11)), "десяти строк"),
    ("link_1", "javascript:alert(1)", "адрес"),
    ("link_1", "http://127.0.0.1/", "открытой страницы"),
    ("link_1", "https://user:secret@example.org/", "открытой страницы"),
    ("link_title_2", "Слова без адреса", "уберите название"),
    ("blocks", "passport", "passport"),
]


def test_wrong_input_is_said_at_its_field_and_not_lost(own_page: TeacherPage, client_of) -> None:
    other = make_teacher(1)
    TeacherPage.objects.filter(pk=other.pk).update(slug="taken-by-other")
    own = client_of(own_page.user)
    kept = {"slug": own_page.slug, "about": "Не потеряется", "topics": "строка", "action": "save"}
    for name, value, words in WRONG:
        answer = own.post("/cabinet/page/", {**kept, name: value})
        assert answer.status_code == 200, (name, value)
        html = answer.content.decode()
        assert words in html, (name, value)
        assert name == "about" or "Не потеряется" in html
    own_page.refresh_from_db()
    assert own_page.about == "Учу **физике** через измерение."


def test_the_preview_saves_nothing(own_page: TeacherPage, client_of, client: Client) -> None:
    sent = {"slug": own_page.slug, "about": "Черновик", "topics": "", "action": "preview"}
    html = client_of(own_page.user).post("/cabinet/page/", sent).content.decode()
    assert "Черновик" in html
    assert "Это предпросмотр" in html
    assert "ld+json" not in content_of(html)
    assert "Черновик" not in client.get(URL).content.decode()


def test_the_photograph_stays_private_and_its_copy_small(own_page: TeacherPage, client, client_of):
    answer = client.get(f"{URL}portrait/")
    assert answer["Cache-Control"] == "private, no-cache"
    with Image.open(own_page.portrait.file) as image:
        assert image.size == (480, 480)
    for file, expected in ((own_page.photo, 302), (own_page.portrait, 302)):
        assert client.get(file.get_absolute_url()).status_code == expected
        assert client_of(UserFactory()).get(file.get_absolute_url()).status_code == 404
        assert client_of(own_page.user).get(file.get_absolute_url()).status_code == 200
    before = [own_page.photo_id, own_page.portrait_id]
    own_page.photo = None
    save_teacher_page(page=own_page, user=own_page.user)
    assert not PrivateFile.objects.filter(pk__in=before).exists()
    assert client.get(f"{URL}portrait/").status_code == 404


def test_an_editor_hides_with_a_reason_and_gives_back(own_page: TeacherPage, client_of) -> None:
    methodist = UserFactory(groups=[Role.METHODIST.value])
    desk = client_of(methodist)
    assert SURNAME in desk.get("/cabinet/pages/").content.decode()
    refused = desk.post(f"/cabinet/pages/{own_page.pk}/hide/", {"remark": " "}, follow=True)
    assert "почему страница скрыта" in refused.content.decode()
    long = "Р" * 501
    again = desk.post(f"/cabinet/pages/{own_page.pk}/hide/", {"remark": long}).content.decode()
    assert f">{long}</textarea>" in again, "nothing typed is lost"
    assert "aria-invalid" in again
    desk.post(f"/cabinet/pages/{own_page.pk}/hide/", {"remark": "Реклама товара"})
    desk.post(f"/cabinet/pages/{own_page.pk}/hide/", {"remark": "Ещё раз"})
    own_page.refresh_from_db()
    assert own_page.hidden_reason == "Реклама товара"
    assert ModelLogEntry.objects.filter(action="people.hide_page", user=methodist).count() == 1
    notice = Notice.objects.get(recipient=own_page.user)
    assert "Реклама товара" in notice.text
    assert "Реклама товара" in client_of(own_page.user).get("/cabinet/page/").content.decode()
    # Saving or switching does not undo what the editor decided.
    own_page.hidden_at = None
    save_teacher_page(page=own_page, user=own_page.user)
    own_page.refresh_from_db()
    assert own_page.hidden_at is not None
    desk.post(f"/cabinet/pages/{own_page.pk}/back/")
    assert Client().get(URL).status_code == 200
    with pytest.raises(PermissionDenied):
        hide_page(page=own_page, reason="Так", user=UserFactory())
    with pytest.raises(PermissionDenied):
        give_page_back(page=own_page, user=own_page.user)
    with pytest.raises(PermissionDenied):
        save_teacher_page(page=own_page, user=methodist)
    with pytest.raises(ValidationError):
        hide_page(page=own_page, reason="", user=methodist)


def test_lists_are_bounded_and_narrowed(
    site_tree, client: Client, client_of, superuser, django_assert_num_queries, settings
) -> None:
    set_up_roles()
    set_up_consent_texts()
    school = OrganisationFactory(name="Гимназия степная", slug="gimnaziya-stepnaya")
    made = 0
    desk = client_of(superuser)
    for number in (1, 3, 30):
        while made < number:
            make_teacher(made, school=school if made == 0 else None)
            made += 1
        client.get("/teachers/")
        desk.get("/cabinet/pages/")
        with django_assert_num_queries(LIST_QUERIES):
            html = client.get("/teachers/").content.decode()
        assert html.count('class="row person-row"') == min(number, 24)
        with django_assert_num_queries(WATCHED_QUERIES - ("cached" in settings.SESSION_ENGINE)):
            desk.get("/cabinet/pages/")
    narrowed = client.get("/teachers/?school=gimnaziya-stepnaya&subject=no-such").content.decode()
    assert narrowed.count('class="row person-row"') == 1
    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/teachers/teacher-a0/")


LIST_QUERIES = 12
WATCHED_QUERIES = 16
PAGE_QUERIES = 15


def test_light_text_holds_no_harm() -> None:
    html = light_html(
        "<script>x</script> [a](javascript:x) [b](//evil.example) ![c](https://a.ru/p.png)\n\n- раз"
    )
    assert "<script" not in html
    assert "javascript:x)" in html
    assert 'href="//' not in html
    assert "<img" not in html
    assert "<li>раз</li>" in html
    assert light_words("**Раз** & [два](https://a.ru)") == "Раз & два"
