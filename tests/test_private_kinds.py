"""Every kind of file that is not for everybody: kind and state by role, as docs/roles.md says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.models import PrivateFile
from core.services.private_files import references, store_private_file
from people.models import Consent, ConsentText, DataArchive, StaffPosition
from practices.models import PracticeFile, PracticeMaterial
from tests.core.test_upload_checks import pdf
from tests.factories.practices import PracticePageFactory
from tests.role_tables import ROLES, table_of
from tests.walks import refusals_once, rights_read_once
from tests.world import given_world, made_world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
TABLE = table_of("Файлы людей")


def _new(place: SimpleNamespace) -> PrivateFile:
    upload = SimpleUploadedFile("Скан.pdf", pdf())
    return store_private_file(upload=upload, user=place.people["owner"])


def _attached(thing: object, field: str, place: SimpleNamespace) -> PrivateFile:
    file = _new(place)
    setattr(thing, field, file)
    thing.save()  # type: ignore[attr-defined]
    return file


def _consent(place: SimpleNamespace, **values: object) -> PrivateFile:
    made = Consent.objects.create(
        text=ConsentText.objects.get(kind="processing"),
        record=place.record,
        on_paper=True,
        given_at=timezone.now() - timedelta(days=1),
        entered_by=place.people["head"],
        **values,
    )
    return _attached(made, "scan", place)


def _left(place: SimpleNamespace) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    StaffPosition.objects.filter(record=place.record).update(ends_on=yesterday)


def _scan_of_who_left(place: SimpleNamespace) -> PrivateFile:
    _left(place)
    return _attached(place.training, "scan", place)


def _consent_of_who_left(place: SimpleNamespace) -> PrivateFile:
    _left(place)
    return _consent(place)


def _of_practice(place: SimpleNamespace, *, live: bool = True) -> PrivateFile:
    file = _new(place)
    material = PracticeMaterial(title="План", file=file)
    page = PracticePageFactory(author=place.people["owner"], materials=[material])
    if not live:
        page.unpublish()
    return file


def _of_draft(place: SimpleNamespace) -> PrivateFile:
    file = _new(place)
    page = PracticePageFactory(author=place.people["owner"], draft=True)
    PracticeFile.objects.create(practice=page, file=file)
    return file


MAKERS: dict[str, Callable[[SimpleNamespace], PrivateFile]] = {
    "`PrivateFile` загружен и ни к чему не приложен": _new,
    "`TrainingRecord.scan` скан документа об обучении": lambda place: _attached(
        place.training, "scan", place
    ),
    "`TrainingRecord.scan` он же, когда педагог уволился": _scan_of_who_left,
    "`Consent.scan` подписанное согласие": _consent,
    "`Consent.scan` оно же, когда отозвано": lambda place: _consent(
        place, withdrawn_at=timezone.now()
    ),
    "`Consent.scan` оно же, когда педагог уволился": _consent_of_who_left,
    "`StaffImport.file` файл реестра, который загрузил руководитель": lambda place: _attached(
        place.load, "file", place
    ),
    "`CorrectionRequest.proof` подтверждение просьбы об исправлении": lambda place: _attached(
        place.correction, "proof", place
    ),
    "`DataArchive.file` копия своих данных": lambda place: _attached(
        DataArchive.objects.create(user=place.people["owner"], state="ready"), "file", place
    ),
    "`PracticeMaterial.file` файл опубликованной практики": lambda place: _of_practice(place),
    "`PracticeMaterial.file` он же, когда практику сняли": lambda place: _of_practice(
        place, live=False
    ),
    "`PracticeFile.file` файл черновика практики": _of_draft,
    "`TeacherPage.photo` снимок, как его загрузили": lambda place: _attached(
        place.page, "photo", place
    ),
    "`TeacherPage.portrait` портрет по адресу файла": lambda place: _attached(
        place.page, "portrait", place
    ),
}


def test_every_kind_is_named() -> None:
    kinds = {f"{model.__name__}.{field}" for model, field in references()}
    assert {row.split("`")[1] for row in TABLE.rows} == {"PrivateFile", *kinds}
    assert set(MAKERS) == set(TABLE.rows)


@pytest.mark.parametrize("row", MAKERS)
@refusals_once()
@rights_read_once()
def test_whole_and_in_parts(world: SimpleNamespace, row: str) -> None:
    address = MAKERS[row](world).get_absolute_url()
    opened = set()
    for role, label in ROLES.items():
        client = Client()
        if world.people[role] is not None:
            client.force_login(world.people[role])
        statuses = (
            client.get(address).status_code,
            client.head(address).status_code,
            client.get(address, headers={"Range": "bytes=0-3"}).status_code,
        )
        if statuses == (200, 200, 206):
            opened.add(label)
        else:
            refused = 302 if role == "visitor" else 404
            assert statuses == (refused, refused, refused), (role, statuses)
    assert opened == TABLE.allowed(row)
