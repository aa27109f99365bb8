"""Files of a road map that everybody may download."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.chrome import Chrome
from core.models import SiteSettings
from core.office import Paper, attachment, write_csv, write_docx, write_xlsx
from monitoring.queries import ExecutionReport, execution_report, plans
from monitoring.reports import execution_paper, indicator_rows, measure_rows, open_data
from monitoring.reports.open_data import INDICATOR_HEAD, MEASURE_HEAD

MAX_AGE = 300
KEPT = 24 * 60 * 60
# Raise when the look of a file changes, so that kept files are made anew.
LOOK = 2


@dataclass(frozen=True)
class Request:
    """What a writer needs of the request."""

    report: ExecutionReport
    base_url: str
    language: str
    settings: SiteSettings

    def paper(self) -> Paper:
        return execution_paper(
            self.report,
            base_url=self.base_url,
            organisation=self.settings.owner_name,
            warning=self.settings.demo_banner,
            language=self.language,
            created=timezone.localtime(),
        )

    def json(self) -> bytes:
        data = open_data(self.report, base_url=self.base_url, language=self.language)
        if self.settings.demo_banner:
            data = {"notice": self.settings.demo_banner, **data}
        return json.dumps(data, ensure_ascii=False, indent=2).encode()


WRITERS: dict[str, Callable[[Request], bytes]] = {
    "report.docx": lambda asked: write_docx(asked.paper()),
    "report.xlsx": lambda asked: write_xlsx(asked.paper()),
    "indicators.csv": lambda asked: write_csv(INDICATOR_HEAD, indicator_rows(asked.report)),
    "measures.csv": lambda asked: write_csv(
        MEASURE_HEAD, measure_rows(asked.report, base_url=asked.base_url)
    ),
    "data.json": lambda asked: asked.json(),
}


@require_safe
def road_map_file(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """One of the files of a published road map; 404 for anything else.

    Files hold published figures only and are the same for everybody. The tag (ETag) is made of
    all that a file shows, so that a change is seen at once and nothing is made twice.
    """
    writer = WRITERS.get(file)
    plan = next((plan for plan in plans() if plan.slug == slug), None)
    if writer is None or plan is None:
        raise Http404
    asked = Request(
        report=execution_report(plan),
        base_url=request.build_absolute_uri("/").rstrip("/"),
        language=get_language() or "ru",
        settings=Chrome.of(request).settings,
    )
    shown: list[Any] = [LOOK, file, asked.settings.owner_name, asked.json().decode()]
    digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
    etag = f'"{digest[:32]}"'
    tags = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    response: HttpResponse
    if etag in tags or "*" in tags:
        response = HttpResponseNotModified()
    else:
        key = f"road-map-file:{digest}"
        data = cache.get(key)
        if data is None:
            data = writer(asked)
            cache.set(key, data, KEPT)
        response = attachment(
            data, name=_file_name(file, asked.report), kind=file.rpartition(".")[2]
        )
    if file == "data.json":
        # Open data may be read by scripts of other sites.
        response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def _file_name(file: str, report: ExecutionReport) -> str:
    """The name under which people keep the file, without the part after the dot."""
    names = {
        "report.docx": _("Report on the road map %(period)s as of %(day)s"),
        "report.xlsx": _("Report on the road map %(period)s as of %(day)s"),
        "indicators.csv": _("Indicators of the road map %(period)s as of %(day)s"),
        "measures.csv": _("Measures of the road map %(period)s as of %(day)s"),
        "data.json": _("Road map %(period)s as of %(day)s"),
    }
    return names[file] % {"period": report.plan.period, "day": f"{report.on:%d.%m.%Y}"}
