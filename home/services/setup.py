"""Everything a new portal needs before the first editor signs in."""

from __future__ import annotations

import json
from pathlib import Path

import monitoring
from core.bulk import writing_much
from home.services.editorial import set_up_editorial
from home.services.order_64 import set_up_order_64
from home.services.practice_review import attach_practice_workflow
from home.services.structure import set_up_languages, set_up_structure
from monitoring.services import import_road_map
from people.services.consent_texts import set_up_consent_texts
from practices.models import PracticeBankPage

ROAD_MAP = Path(monitoring.__file__).parent / "data" / "road_map_order_64.json"


@writing_much()
def set_up_portal() -> None:
    """Languages, road map, pages and lists, groups, reviews, order No. 64, texts of consents."""
    set_up_languages()
    _set_up_road_map()
    set_up_structure()
    set_up_editorial()
    for bank in PracticeBankPage.objects.all():
        attach_practice_workflow(bank)
    set_up_order_64()
    set_up_consent_texts()


def _set_up_road_map() -> None:
    """The road map of order No. 64; what officials changed in it since stays theirs."""
    import_road_map(data=json.loads(ROAD_MAP.read_text(encoding="utf-8")))
