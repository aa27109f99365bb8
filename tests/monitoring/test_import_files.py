"""What the import says of a file, and that nothing of a bad file is loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from monitoring.models import ImportRecord, Indicator, Measure, RoadMap
from monitoring.services import RoadMapFileError, import_road_map
from tests.monitoring.conftest import FILE

pytestmark = pytest.mark.django_db


def nothing_is_loaded() -> bool:
    return not any(
        model.objects.exists() for model in (RoadMap, Indicator, Measure, ImportRecord, Revision)
    )


def problems(data: Any) -> list[str]:
    with pytest.raises(RoadMapFileError) as caught:
        import_road_map(data=data)
    return [str(problem) for problem in caught.value.problems]


def test_a_dry_run_writes_nothing(data: dict) -> None:
    result = import_road_map(data=data, dry_run=True)
    assert len(result.created) == 39
    assert nothing_is_loaded()


def spoil(row: str, **values: Any) -> Callable[[dict], None]:
    """Change one row of the file; a value of ``...`` takes the field away."""

    def change(data: dict) -> None:
        kind, _, number = row.partition(" ")
        rows = {"мера": data["measures"], "показатель": data["indicators"]}.get(kind)
        target = (
            data["roadmap"]
            if rows is None
            else next(item for item in rows if str(item["number"]) == number)
        )
        for name, value in values.items():
            if value is ...:
                del target[name]
            else:
                target[name] = value

    return change


def targets(**changes: Any) -> dict[str, Any]:
    years = {"2020": 5, "2021": 10, "2022": 20, "2023": 30, "2024": 50}
    return years | {name.removeprefix("y"): value for name, value in changes.items()}


BAD = [
    ("мера 4.3", {"title": ""}, "мера 4.3: не заполнено поле «title»"),
    ("мера 4.3", {"title": 7}, "мера 4.3: поле «title» должно быть текстом"),
    (
        "мера 4.3",
        {"title": "А\x00Б"},
        "мера 4.3: в поле «title» есть знак, который не часть текста",
    ),
    (
        "мера 4.3",
        {"title": "А\ud800Б"},
        "мера 4.3: в поле «title» есть знак, который не часть текста",
    ),
    ("мера 4.3", {"start": "31.12.2024"}, "мера 4.3: поле «start» должно быть датой"),
    ("мера 4.3", {"end": "2024-02-30"}, "мера 4.3: поле «end» должно быть датой"),
    ("мера 4.3", {"end": "2021-01-01"}, "мера 4.3: мера заканчивается раньше"),
    ("мера 4.3", {"end": "2025-01-01"}, "мера 4.3: даты выходят за годы 2020–2024"),
    ("мера 4.3", {"responsible": ...}, "мера 4.3: поле «responsible» должно быть списком"),
    (
        "мера 4.3",
        {"responsible": [{"name": "А", "kind": "робот"}]},
        "мера 4.3: вид ответственного",
    ),
    ("мера 4.3", {"responsible": [{"kind": "role"}]}, "мера 4.3: не заполнено поле «name»"),
    ("мера 4.3", {"number": "4.4"}, "мера 4.4: номер встречается больше одного раза"),
    ("мера 4.3", {"number": ...}, "мера в строке 3: не заполнено поле «number»"),
    ("мера 4.3", {"number": "4-3"}, "мера 4-3: номер пишется так: 4.12"),
    ("мера 4.3", {"see_also": ["4.99"]}, "мера 4.3: в «see_also» назван номер 4.99"),
    ("показатель 3", {"number": 4}, "показатель 4: номер встречается больше одного раза"),
    ("показатель 3", {"number": True}, "показатель в строке 3: поле «number»"),
    ("показатель 3", {"targets": []}, "показатель 3: «targets» должно быть объектом"),
    ("показатель 3", {"targets": targets(y2025=1)}, "показатель 3: год 2025 не входит"),
    ("показатель 3", {"targets": targets(y2024="-")}, "показатель 3: план на 2024 год должен быть"),
    ("показатель 3", {"targets": targets(y2024=101)}, "показатель 3: план на 2024 год должен быть"),
    ("показатель 3", {"targets": targets(y2024=-1)}, "показатель 3: план на 2024 год должен быть"),
    (
        "показатель 3",
        {"targets": targets(y2024=float("nan"))},
        "показатель 3: план на 2024 год должен быть",
    ),
    ("показатель 3", {"targets": targets(y2024=1.005)}, "показатель 3: в плане на 2024 год больше"),
    ("показатель 3", {"targets": {"2020": 1}}, "показатель 3: нет плана на 2021 год"),
    ("карта", {"title": ...}, "дорожная карта: не заполнено поле «title»"),
    ("карта", {"start_year": "2020"}, "дорожная карта: поле «start_year»"),
    ("карта", {"end_year": 2019}, "дорожная карта: «end_year» раньше"),
    ("карта", {"end_year": 2040}, "дорожная карта: план больше чем на 12 лет"),
    ("карта", {"slug": "Карта"}, "дорожная карта: в «slug» могут быть"),
]


@pytest.mark.parametrize(("row", "values", "reason"), BAD)
def test_a_bad_row_is_named_with_its_reason(
    data: dict, row: str, values: dict, reason: str
) -> None:
    spoil(row, **values)(data)
    assert any(problem.startswith(reason) for problem in problems(data))
    assert nothing_is_loaded()


def test_all_mistakes_are_told_together(data: dict) -> None:
    spoil("мера 4.3", title="")(data)
    spoil("мера 4.9", end="завтра")(data)
    spoil("показатель 2", targets=[])(data)
    assert problems(data) == [
        "показатель 2: «targets» должно быть объектом с планом на каждый год",
        "мера 4.3: не заполнено поле «title»",
        "мера 4.9: поле «end» должно быть датой вида 2024-12-31",
    ]


@pytest.mark.parametrize("data", [None, [], "x", 7, {}, {"schema": "roadmap/2"}])
def test_what_is_no_road_map_is_refused(data: Any) -> None:
    assert problems(data)


# --- The command --------------------------------------------------------------------------------


def test_the_command_imports_and_tells(capsys: pytest.CaptureFixture) -> None:
    call_command("import_road_map", str(FILE))
    assert "Создано: 39, обновлено: 0, без изменений: 0." in capsys.readouterr().out
    call_command("import_road_map", str(FILE))
    assert "Создано: 0, обновлено: 0, без изменений: 39." in capsys.readouterr().out


def test_the_command_can_only_look(capsys: pytest.CaptureFixture) -> None:
    call_command("import_road_map", str(FILE), "--dry-run")
    assert "Проверка без записи" in capsys.readouterr().out
    assert not RoadMap.objects.exists()


def test_the_command_names_bad_rows(tmp_path: Path, data: dict) -> None:
    spoil("мера 4.3", title="")(data)
    file = tmp_path / "карта.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(CommandError, match=r"Ничего не загружено(.|\n)*- мера 4\.3: не заполнено"):
        call_command("import_road_map", str(file))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "не JSON: строка 1"),
        (b"\xff\xfe\x00", "не текст в кодировке UTF-8"),
        (b"[" * 100_000, "вложен"),
    ],
)
def test_the_command_explains_a_broken_file(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "road.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_road_map", str(file))


def test_the_command_says_in_russian_that_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^Файла .*/nofile нет\.$"):
        call_command("import_road_map", str(tmp_path / "nofile"))
    with pytest.raises(CommandError, match="не удалось прочитать"):
        call_command("import_road_map", str(tmp_path))
