"""`python -m bench.register_import --rows 5000`: seconds and memory of reading and writing a file.

It works in the database of DATABASE_URL and takes away again what it has made.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from datetime import date, timedelta
from io import BytesIO

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from core.office import write_long_xlsx
from core.services.private_files import store_private_file
from people.models import Organisation, StaffRecord, User
from people.register_files.columns import titles
from people.services.staff_imports import (
    apply_import,
    begin_import,
    confirm_import,
    read_import,
)

LETTERS = "абвгдежзиклмнопрстуф"
MARK = "Замер"


def book(rows: int, organisation: str) -> bytes:
    """A file with as many people as ``rows``."""

    def lines() -> object:
        for number in range(rows):
            word, rest = "", number
            for _place in range(4):
                word, rest = word + LETTERS[rest % 20], rest // 20
            day = date(1960, 1, 1) + timedelta(days=number % 14000)
            values = {
                "Фамилия": MARK + word,
                "Имя": "Анна",
                "Отчество": "Ивановна",
                "Дата рождения": day,
                "Организация": organisation,
                "Должность": "учитель",
                "Работает с": date(2020, 9, 1),
                "Категория": "Первая категория",
                "Уровень образования": "Высшее педагогическое",
            }
            yield [values.get(title) for title in titles()]

    file = write_long_xlsx(sheet="Реестр", heads=[(t, 16) for t in titles()], rows=lines())
    with file:
        return BytesIO(file.read()).getvalue()


def peak() -> float:
    """The most memory this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    user = User.objects.create_superuser(f"bench-{time.time_ns()}@example.org")
    organisation = Organisation.objects.create(
        name=f"{MARK} {localdate()}", slug=f"bench-{time.time_ns()}", kind="school"
    )
    try:
        data = ContentFile(book(rows, organisation.name), name="Замер.xlsx")
        load = begin_import(file=store_private_file(upload=data, user=user), user=user)
        before, began = peak(), time.perf_counter()
        read_import(pk=load.pk)
        load.refresh_from_db()
        read, after = time.perf_counter() - began, peak()
        print(f"read: {read:.1f} s, peak {after:.0f} MB (before: {before:.0f} MB)")
        print(f"{load.state} {load.problem} new {load.created}, refused {load.refused}")
        confirm_import(load=load, user=user)
        began = time.perf_counter()
        apply_import(pk=load.pk)
        load.refresh_from_db()
        print(f"written: {time.perf_counter() - began:.1f} s, peak {peak():.0f} MB; {load.state}")
    finally:
        made = StaffRecord.objects.filter(positions__organisation=organisation)
        for record in made.iterator():
            record.revisions.all().delete()
            record.delete()
        organisation.delete()
        user.delete()


if __name__ == "__main__":
    main()
