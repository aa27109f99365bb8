"""The founding order of the centre: the first document of the library, with its full text."""

from __future__ import annotations

from datetime import date

from core.blocks import BodyBlock
from core.models import Topic
from core.services.files import store_file
from home.enums import DocumentStatus, FileRole
from home.models import DocumentFile, DocumentPage, DocumentType
from home.services.office_text import docx_from_blocks
from home.services.order_64_text import SOURCE, order_blocks
from home.services.seeding import find_page, make_page, once, source_locale
from monitoring.models import Measure, RoadMap
from monitoring.services.revising import amend

KEY = "dokumenty/prikaz-64"
TITLE = (
    "Об утверждении муниципальной «дорожной карты» по созданию муниципального центра "
    "непрерывного повышения квалификации в Курманаевском районе"
)
ISSUER = (
    "Отдел образования администрации муниципального образования "
    "Курманаевский район Оренбургской области"
)
# Nobody may take what we made of the text for the paper with the signature.
NOTE = (
    "Текстовая версия приказа отдела образования от 25.06.2020 № 64, сделанная порталом. "
    "Это не снимок подписанного подлинника; текст приведён дословно, вместе с опечатками."
)


def set_up_order_64() -> DocumentPage | None:
    """Put order No. 64 into the library unless it was ever there; returns what stands there now.

    Needs the library, the document types and the road map; without them nothing is made.
    """
    library = find_page("dokumenty")
    kind = DocumentType.objects.filter(slug="prikaz", locale=source_locale()).first()
    if library is None or kind is None:
        return None
    page = make_page(key=KEY, parent=library, build=lambda: _build(kind))
    if not isinstance(page, DocumentPage):
        return None
    _lead_to(page)
    return page


def _lead_to(page: DocumentPage) -> None:
    """The line «утверждена приказом № 64» of the road map leads to the order, once."""
    plan = RoadMap.objects.in_source_language().filter(slug="2020-2024").first()
    if plan is None or not once("road-map:basis"):
        return
    if plan.basis_page_id is None:
        amend(plan, change=lambda record: setattr(record, "basis_page_id", page.pk))


def _build(kind: DocumentType) -> DocumentPage:
    blocks = order_blocks()
    page = DocumentPage(
        title=TITLE,
        slug="prikaz-64",
        seo_title="Приказ от 25.06.2020 № 64: дорожная карта центра",
        summary=(
            "Назначает муниципального координатора и утверждает дорожную карту "
            "на 2020–2024 годы: шесть показателей и 32 меры."
        ),
        document_type=kind,
        number="64",
        date=date(2020, 6, 25),
        issuer=ISSUER,
        status=DocumentStatus.IN_FORCE,
        status_note="срок реализации истёк 31.12.2024",
        body=BodyBlock().to_python(blocks),
    )
    page.topics = list(Topic.objects.filter(slug="nacproekt", locale=source_locale()))
    page.measures = list(
        Measure.objects.filter(
            road_map__slug="2020-2024", number__in=["4.1", "4.1."], locale=source_locale()
        )
    )
    docx = docx_from_blocks(title=f"Приказ № 64. {TITLE}", author=ISSUER, note=NOTE, blocks=blocks)
    page.files = [  # type: ignore[misc]
        DocumentFile(
            document=store_file(
                name="Приказ № 64 от 25.06.2020 (текстовая версия).docx",
                content=docx,
                title="Приказ № 64 от 25.06.2020, текстовая версия",
            ),
            role=FileRole.MAIN,
        ),
        DocumentFile(
            document=store_file(
                name="Приказ № 64 от 25.06.2020 (исходный текст).txt",
                content=SOURCE.read_bytes(),
                title="Приказ № 64 от 25.06.2020, исходный текст без оформления",
            ),
            role=FileRole.ACCESSIBLE,
        ),
    ]
    return page
