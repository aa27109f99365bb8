"""Practices of the demonstration, published as their authors would have sent them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from anyascii import anyascii
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from pypdf import PdfReader, PdfWriter
from wagtail.models import Page

from core.bulk import writing_much
from core.models import PrivateFile, Topic
from core.pdf import make_pdf
from core.services.private_files import store_private_file
from home.services.demo_files import MARK
from home.services.demo_register import demo_organisation
from home.services.demo_teachers import account_of, agree_to_be_named
from home.services.seeding import (
    find_page,
    make_page,
    make_snippet,
    marked_value,
    once,
    source_locale,
    today_plus,
)
from home.services.structure import read_data
from people.models import Subject
from practices.enums import Generalisation, SchoolLevel, Standing
from practices.models import (
    PracticeAuthor,
    PracticeCase,
    PracticeFile,
    PracticeKind,
    PracticeMaterial,
    PracticePage,
)

SECTIONS = {"kopilka": "metodicheskaya-kopilka", "adresa": "adresa-peredovogo-opyta"}
LEVELS = {
    "дошкольное образование": SchoolLevel.PRESCHOOL,
    "начальное общее образование": SchoolLevel.PRIMARY,
    "основное общее образование": SchoolLevel.BASIC,
    "среднее общее образование": SchoolLevel.SECONDARY,
    "дополнительное образование": SchoolLevel.ADDITIONAL,
}
GENERALISED = {
    "школьный": Generalisation.SCHOOL,
    "муниципальный": Generalisation.MUNICIPAL,
    "региональный": Generalisation.REGIONAL,
}
_GRADES = re.compile(r"(\d+)–(\d+)")


@dataclass(frozen=True)
class Handout:
    """A file of a practice before it is stored."""

    title: str
    ending: str
    content: bytes


@writing_much()
@transaction.atomic
def load_demo_practices() -> None:
    """The practices with files, authors and the end of their review; each is made once."""
    extra = read_data("demo_practices.json")
    entries = [
        entry
        for entry in read_data("demo_content.json")["practices"]
        if entry["status"] == "published" and once(f"practice:{entry['slug']}")
    ]
    files = _handouts(entries)
    for entry in sorted(entries, key=lambda entry: entry["offset_days"]):
        _make(entry, extra[entry["slug"]], files[entry["slug"]])


def _make(entry: dict[str, Any], extra: dict[str, Any], handouts: list[Handout]) -> None:
    key = f"praktiki/{SECTIONS[entry['section']]}"
    user = account_of(entry["author"])
    if extra.get("named", True) and user is not None:
        agree_to_be_named(user)
    stored = [(handout.title, _stored(handout, user)) for handout in handouts]
    page = make_page(
        key=f"{key}/{entry['slug']}",
        parent=find_page(key),
        build=lambda: _page(entry, extra, stored),
    )
    if page is None:
        return
    PracticeAuthor.objects.create(
        practice=page,
        user=user,
        organisation=demo_organisation(entry["org"]),
        confirmed_at=page.first_published_at,
    )
    PracticeFile.objects.bulk_create(PracticeFile(practice=page, file=file) for _t, file in stored)
    PracticeCase.objects.create(
        practice=page,
        standing=Standing.PUBLISHED,
        standing_since=page.first_published_at,
        sent_at=page.first_published_at - timedelta(days=6),
    )
    Page.objects.filter(pk=page.pk).update(last_published_at=page.first_published_at)


def _page(
    entry: dict[str, Any], extra: dict[str, Any], stored: list[tuple[str, PrivateFile]]
) -> PracticePage:
    """The page as the data describe it."""
    grades = _GRADES.fullmatch(entry["grades"])
    published = timezone.make_aware(datetime.combine(today_plus(entry["offset_days"]), time(10)))
    page = PracticePage(
        title=entry["title"],
        slug=entry["slug"],
        summary=entry["summary"],
        kind=PracticeKind.objects.filter(name=entry["kind"], locale=source_locale()).first(),
        level=LEVELS[entry["level"]],
        grade_from=int(grades[1]) if grades else None,
        grade_to=int(grades[2]) if grades else None,
        audience="" if grades else extra.get("audience", entry["grades"]),
        relevance=entry["relevance"],
        goal=entry["goal"],
        tasks="\n".join(entry["tasks"]),
        novelty=extra.get("novelty", ""),
        technology=_technology(entry["body"], extra.get("steps")),
        conditions=entry["conditions"],
        risks=entry["risks"],
        effort=extra.get("effort", ""),
        results=entry["results"],
        generalisation=GENERALISED[entry["generalisation"]],
        small_school=extra.get("small_school", ""),
        keywords=", ".join(entry["keywords"]),
        age_mark=entry["age_mark"],
        is_own_work=True,
        no_children=True,
        first_published_at=published,
    )
    if "measured" in extra:
        words, before, after, unit = extra["measured"]
        page.measured, page.unit = words, unit
        page.before, page.after = Decimal(before), Decimal(after)
    subject = _subject(entry["subject"])
    page.subjects = [subject] if subject is not None else []
    page.topics = list(Topic.objects.filter(slug__in=extra["topics"], locale=source_locale()))
    page.materials = [  # type: ignore[misc]
        PracticeMaterial(title=title, file=file, sort_order=place)
        for place, (title, file) in enumerate(stored)
    ]
    return page


def _technology(body: list[str], steps: Any) -> Any:
    """Paragraphs, and after the first of them the steps where the data have some."""
    raw: list[dict[str, Any]] = [{"type": "light_text", "value": text} for text in body]
    if steps:
        items = [{"title": title, "text": f"<p>{text}</p>"} for title, text in steps]
        raw.insert(1, {"type": "steps", "value": {"title": "", "items": items}})
    return marked_value(PracticePage._meta.get_field("technology").stream_block, raw)


def _subject(name: str) -> Subject | None:
    """The subject of the list; one that the list lacks is added to its end."""
    known = Subject.objects.filter(name=name, locale=source_locale()).first()
    slug = slugify(anyascii(name))[:80]
    return known or make_snippet(
        key=f"subjects/{slug}",
        model=Subject,
        match={"slug": slug},
        values={"name": name, "order": 100},
    )


def _stored(handout: Handout, user: Any) -> PrivateFile:
    name = f"{handout.title} (демо).{handout.ending}"
    return store_private_file(upload=ContentFile(handout.content, name=name), user=user)


def _handouts(entries: list[dict[str, Any]]) -> dict[str, list[Handout]]:
    """The files of each practice; all PDF are set at once, since each process costs its start."""
    pages = iter(_set_pdf(entries))
    found = {}
    for entry in entries:
        made = []
        for material in entry["materials"]:
            ending = material["format"].lower()
            content = next(pages) if ending == "pdf" else _office_file(material, entry)
            made.append(Handout(material["title"], ending, content))
        found[entry["slug"]] = made
    return found


def _set_pdf(entries: list[dict[str, Any]]) -> Iterator[bytes]:
    handouts = [
        {
            "title": material["title"],
            "mark": MARK,
            "lead": entry["goal"],
            "heading": entry["title"],
            "points": [task[:1].upper() + task[1:] for task in entry["tasks"]],
        }
        for entry in entries
        for material in entry["materials"]
        if material["format"] == "PDF"
    ]
    if not handouts:
        return
    whole = make_pdf(
        "handout",
        {"title": "Раздаточный материал", "author": "МКУ «ИМЦ» (демо)", "handouts": handouts},
    )
    for page in PdfReader(BytesIO(whole)).pages:
        writer, stream = PdfWriter(), BytesIO()
        writer.add_page(page)
        writer.write(stream)
        yield stream.getvalue()


def _office_file(material: dict[str, str], entry: dict[str, Any]) -> bytes:
    stream = BytesIO()
    if material["format"] == "XLSX":
        book = Workbook()
        sheet = book.active
        sheet.title = "Демо"
        for row in ([material["title"]], [MARK], [], ["Что", "Отметка"]):
            sheet.append(row)
        for task in entry["tasks"]:
            sheet.append([task])
        for cell in (sheet["A1"], *sheet[4]):
            cell.font = Font(bold=True)
        sheet.column_dimensions["A"].width = 60
        book.save(stream)
        return stream.getvalue()
    document = Document()
    document.core_properties.title = material["title"]
    document.core_properties.author = "МКУ «ИМЦ» (демо)"
    document.core_properties.language = "ru-RU"
    document.add_heading(material["title"], level=0)
    document.add_paragraph(MARK)
    document.add_heading("Цель", level=1)
    document.add_paragraph(entry["goal"])
    document.add_heading("Ход", level=1)
    for text in entry["body"]:
        document.add_paragraph(text)
    document.save(stream)
    return stream.getvalue()
