"""A draft in its sections: whatever is written stays, and nothing of another tab is overwritten."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.models import Revision

from core.models import PrivateFile
from practices.models import PracticeAuthor, PracticeCase, PracticeFile, PracticePage
from practices.queries.versions import newest_version
from practices.services.writing import save_version
from tests.core.test_upload_checks import pdf
from tests.factories.people import OrganisationFactory, UserFactory
from tests.practices.written import (
    ROOM,
    address,
    author_of_practices,
    draft_of,
    form_of,
    given_bank,  # noqa: F401 - a fixture
    newest,
    page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(bank: Any, client_of: Any) -> SimpleNamespace:
    user = author_of_practices()
    return SimpleNamespace(user=user, client=client_of(user), practice=draft_of(user))


def test_two_clicks_make_one_draft(bank, client_of) -> None:
    user = author_of_practices()
    client = client_of(user)
    first, second = (client.post(f"{ROOM}new/") for _click in range(2))
    assert first["Location"] == second["Location"]
    practice = PracticePage.objects.get()
    assert first["Location"] == address(practice, "authors")
    assert (practice.live, practice.owner) == (False, user)
    assert PracticeAuthor.objects.of(user).get().practice == practice
    assert PracticeCase.objects.get().standing == "draft"
    # One that something was written into is left alone.
    data = form_of(client, practice, "results") | {"measured": "Скорость счёта"}
    assert client.post(address(practice, "results"), data).status_code == 302
    assert client.post(f"{ROOM}new/")["Location"] != first["Location"]


def test_without_a_bank_it_is_said_in_words(site_tree, client_of) -> None:
    client = client_of(UserFactory())
    assert "Банк практик ещё не открыт" in page(client, f"{ROOM}new/")
    answer = client.post(f"{ROOM}new/")
    assert answer.status_code == 409
    assert "нет раздела" in answer.content.decode().replace("\xa0", " ")
    assert not PracticePage.objects.exists()


def test_every_section_is_saved_and_leads_to_the_next(mine) -> None:
    school = OrganisationFactory(name="Лицей карточек")
    said = {
        "authors": {"organisation": school.pk},
        "about": {"title": "Устный счёт", "level": "primary", "grade_from": "2", "grade_to": "4"},
        "description": {"relevance": "Зачем\r\nэто"},
        "results": {"before": "42,5", "after": "70", "results": "Лучше"},
        "materials": {"no_children": "on"},
        "consents": {"is_own_work": "on"},
    }
    following = [*list(said)[1:], "check"]
    for (section, values), then in zip(said.items(), following, strict=True):
        data = form_of(mine.client, mine.practice, section) | values
        answer = mine.client.post(address(mine.practice, section), data)
        assert (answer.status_code, answer["Location"]) == (302, address(mine.practice, then))
    version = newest(mine.practice)
    assert (version.title, version.grades, str(version.before)) == ("Устный счёт", "2–4", "42.5")
    assert (version.relevance, version.is_own_work, version.no_children) == (
        "Зачем\nэто",
        True,
        True,
    )
    assert PracticeAuthor.objects.get().organisation == school
    assert "Устный счёт" in page(mine.client, ROOM)
    assert "заполнено" in page(mine.client, address(mine.practice, "check"))


def test_a_wrong_value_is_named_and_the_right_ones_are_saved(mine) -> None:
    data = form_of(mine.client, mine.practice, "results")
    data |= {"before": "много", "after": "70", "results": "Лучше"}
    answer = mine.client.post(address(mine.practice, "results"), data)
    said = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    assert "Впишите число" in said
    assert 'value="много"' in said
    version = newest(mine.practice)
    assert (version.before, str(version.after), version.results) == (None, "70", "Лучше")

    data = form_of(mine.client, mine.practice, "about") | {"grade_from": "9", "grade_to": "5"}
    answer = mine.client.post(address(mine.practice, "about"), data | {"level": "forged"})
    assert "Последний класс меньше первого" in answer.content.decode()
    assert (newest(mine.practice).grade_from, newest(mine.practice).level) == (None, "")


def saved_by_itself(mine: SimpleNamespace, section: str = "description", **values: Any) -> Any:
    data = form_of(mine.client, mine.practice, section) | values | {"autosave": "1"}
    return mine.client.post(address(mine.practice, section), data)


def test_autosave_keeps_one_version_for_a_part_of_the_day(mine) -> None:
    said = saved_by_itself(mine, relevance="Раз").json()
    assert said["words"].startswith("Сохранено в")
    saved_by_itself(mine, relevance="Два")
    assert Revision.objects.for_instance(mine.practice).count() == 1
    # What the button has saved stays.
    data = form_of(mine.client, mine.practice, "description") | {"relevance": "Три"}
    mine.client.post(address(mine.practice, "description"), data)
    saved_by_itself(mine, relevance="Четыре")
    kept = Revision.objects.for_instance(mine.practice).order_by("pk")
    assert [item.content["relevance"] for item in kept] == ["Три", "Четыре"]
    # So does that of another time of the day, and that of a co-author.
    kept.filter(pk=kept.last().pk).update(created_at=timezone.now() - timedelta(hours=13))
    saved_by_itself(mine, relevance="Пять")
    other = author_of_practices()
    PracticeAuthor.objects.create(
        practice=mine.practice, user=other, confirmed_at=timezone.now(), order=1
    )
    version = newest(mine.practice)
    version.relevance = "Шесть"
    save_version(version, user=other, autosaved=True)
    assert kept.all().count() == 4


def test_two_tabs_are_noticed_and_compared(mine) -> None:
    first = form_of(mine.client, mine.practice, "description")
    second = dict(first)
    where = address(mine.practice, "description")
    mine.client.post(where, first | {"relevance": "Первая вкладка", "goal": "Цель"})

    # Only the other tab has touched this: nothing to decide, nothing overwritten.
    by_itself = mine.client.post(where, second | {"novelty": "Новое", "autosave": "1"})
    assert by_itself.status_code == 200
    assert newest(mine.practice).goal == "Цель"
    second["opened"] = by_itself.json()["opened"]

    conflict = second | {"relevance": "Вторая вкладка", "novelty": "Новое"}
    by_itself = mine.client.post(where, conflict | {"autosave": "1"})
    assert by_itself.status_code == 409
    answer = mine.client.post(where, conflict)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Первая вкладка" in said
    assert "Вторая вкладка" in said
    assert "Оставить моё" in said
    assert newest(mine.practice).relevance == "Первая вкладка"

    again = conflict | {"opened": answer.context["opened"]}
    mine.client.post(where, again | {"choose-relevance": "theirs", "goal": "Цель"})
    assert newest(mine.practice).relevance == "Первая вкладка"
    mine.client.post(where, again | {"choose-relevance": "mine", "goal": "Цель"})
    version = newest(mine.practice)
    assert (version.relevance, version.goal, version.novelty) == ("Вторая вкладка", "Цель", "Новое")


def press(mine: SimpleNamespace, button: str, section: str = "description", **values: Any) -> str:
    data = form_of(mine.client, mine.practice, section) | values | {"do": button}
    return mine.client.post(address(mine.practice, section), data)["Location"]


def blocks(mine: SimpleNamespace) -> list[tuple[str, Any]]:
    stored = newest(mine.practice).technology.get_prep_value()
    return [(block["type"], block["value"]) for block in stored]


def test_blocks_are_put_together_by_buttons(mine) -> None:
    assert press(mine, "add-light_text").endswith("#b-0")
    press(mine, "add-heading", **{"b-0-text": "Раздаём\r\nкарточки"})
    press(mine, "add-steps", **{"b-1-text": "Ход урока"})
    press(mine, "step-2", **{"b-2-s-0-title": "Разминка", "b-2-s-0-text": "Раз < два"})
    press(mine, "up-1")
    found = blocks(mine)
    assert found[:2] == [
        ("heading", {"text": "Ход урока", "anchor": "khod-uroka"}),
        ("light_text", "Раздаём\nкарточки"),
    ]
    steps = found[2][1]["items"]
    assert len(steps) == 3
    assert "Разминка" in str(newest(mine.practice).technology)
    assert steps[0]["value"] == {"title": "Разминка", "text": "<p>Раз &lt; два</p>"}
    press(mine, "remove-1")
    press(mine, "remove-77")
    assert [kind for kind, _value in blocks(mine)] == ["heading", "steps"]

    # Too long a heading is named at its field, and what was stored stays.
    data = form_of(mine.client, mine.practice, "description") | {"b-0-text": "я" * 161}
    answer = mine.client.post(address(mine.practice, "description"), data)
    assert answer.status_code == 422
    assert [anchor for anchor, _words in answer.context["mistakes"]] == ["id_b-0-text"]
    assert blocks(mine)[0][1]["text"] == "Ход урока"


def test_what_an_editor_made_is_kept_and_cannot_be_forged(mine) -> None:
    table = {"caption": "Баллы", "table": {"columns": [], "rows": []}}
    step = {"title": "Шаг", "text": "<p>Со <b>смыслом</b></p>"}
    version = newest(mine.practice)
    field: Any = version._meta.get_field("technology")
    version.technology = field.stream_block.to_python(
        [
            {"type": "table", "value": table, "id": "a"},
            {
                "type": "steps",
                "value": {"title": "", "items": [{"type": "item", "value": step, "id": "c"}]},
            },
        ]
    )
    save_version(version, user=mine.user, autosaved=False)
    assert "Эту часть сделал редактор" in page(mine.client, address(mine.practice, "description"))
    data = form_of(mine.client, mine.practice, "description")
    forged = {"b": ["0", "1", "7", "8"], "b-7-type": "image", "b-7-id": "x", "b-8-type": "table"}
    mine.client.post(address(mine.practice, "description"), data | forged | {"goal": "Цель"})
    (first, kept), (second, steps) = blocks(mine)
    assert (first, kept["caption"], second) == ("table", "Баллы", "steps")
    # Looked at and not changed: its bold words stay.
    assert steps["items"][0]["value"] == step
    press(mine, "down-0")
    assert [kind for kind, _value in blocks(mine)] == ["steps", "table"]


def test_files_get_titles_and_an_order(mine, settings) -> None:
    def add(name: str, **values: Any) -> Any:
        data = form_of(mine.client, mine.practice, "materials") | values
        data |= {"do": "file", "new_file": SimpleUploadedFile(name, pdf())}
        return mine.client.post(address(mine.practice, "materials"), data)

    assert add("Правила_игры.pdf").status_code == 302
    add("Карточки.pdf", new_title="Карточки для счёта")
    files = list(PrivateFile.objects.order_by("pk"))
    assert set(PracticeFile.objects.values_list("file", flat=True)) == {file.pk for file in files}
    press(mine, f"up-{files[1].pk}", "materials")
    titles = [item.title for item in newest(mine.practice).materials.all()]
    assert titles == ["Карточки для счёта", "Правила игры"]

    # A kind that is not taken is refused at the field; what was written stays.
    refused = add("Звук.mp3", borrowings="Рисунки сайта")
    assert refused.status_code == 422
    assert [anchor for anchor, _words in refused.context["mistakes"]] == ["id_new_file"]
    assert newest(mine.practice).borrowings == "Рисунки сайта"

    # Files of others are not attached by their number.
    foreign = PrivateFile.objects.create(
        file="people/x.pdf",
        original_name="Чужой.pdf",
        size=1,
        checksum="0" * 64,
        uploaded_by=UserFactory(),
    )
    data = form_of(mine.client, mine.practice, "materials")
    data["material-file"] = [str(foreign.pk), "9" * 30, *data["material-file"]]
    data["material-title"] = ["Чужой", "Нет", *data["material-title"]]
    mine.client.post(address(mine.practice, "materials"), data)
    press(mine, f"remove-{files[1].pk}", "materials")
    kept = [item.file_id for item in newest(mine.practice).materials.all()]
    assert kept == [files[0].pk]
    assert not PracticeFile.objects.filter(file=foreign).exists()
    # What a version had stays with the practice.
    assert PracticeFile.objects.count() == 2


def test_only_confirmed_authors_get_in(mine, client_of) -> None:
    stranger, invited = UserFactory(), UserFactory()
    PracticeAuthor.objects.create(practice=mine.practice, user=invited, order=1)
    places = ["", "about/", "check/", "preview/", "take-back/", "take-off/"]
    for user in (stranger, invited):
        client = client_of(user)
        for place in places:
            where = f"{ROOM}{mine.practice.pk}/{place}"
            assert client.get(where).status_code == 404
            assert client.post(where, {"title": "Чужое"}).status_code in (404, 405)
        assert "Практика без названия" not in page(client, ROOM)
    assert newest_version(mine.practice).title != "Чужое"


def test_an_ended_session_gives_the_words_back(mine, client_of) -> None:
    data = form_of(mine.client, mine.practice, "description") | {"relevance": "Долгий текст"}
    answer = client_of(None).post(address(mine.practice, "description"), data)
    assert answer.status_code == 403
    assert "Долгий текст" in answer.content.decode()


@pytest.mark.parametrize("nonsense", ["", "[]", "{", json.dumps({"relevance": {"a": 1}})])
def test_nonsense_instead_of_marks_breaks_nothing(mine, nonsense) -> None:
    data = form_of(mine.client, mine.practice, "description")
    data |= {"opened": nonsense, "relevance": "Текст", "b": ["x", "-1"], "do": "up-x"}
    assert mine.client.post(address(mine.practice, "description"), data).status_code in (302, 409)
