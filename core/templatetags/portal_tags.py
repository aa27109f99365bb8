"""Tags and filters of the public templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import forms, template
from django.conf import settings
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import charts, typography
from core.chrome import OWN_ADDRESS, Chrome, render_alike
from core.page_cache import remember

register = template.Library()

# Components of lists that a process holds ready, about a kilobyte each.
MAX_REUSED = 2000

# Icon and colour of every state (see the table of states on the pattern page). The word is given
# by the caller: a state is always an icon, a word and a colour together.
STATES: dict[str, tuple[str, str]] = {
    # anything
    "draft": ("pencil", ""),
    "waiting": ("clock", "st-wait"),
    "review": ("people", "st-wait"),
    "returned": ("back", "st-back"),
    "published": ("check", "st-ok"),
    "late": ("alert", "st-late"),
    "overdue": ("alert", "st-late"),
    "rejected": ("x", "st-late"),
    "closed": ("lock", ""),
    # measures of a road map
    "planned": ("dot", ""),
    "in_progress": ("half", "st-wait"),
    "done": ("check", "st-ok"),
    "done_late": ("late", "st-back"),
    "not_done": ("x", "st-late"),
    "cancelled": ("x", ""),
    # documents
    "project": ("pencil", "st-back"),
    "in_force": ("check", "st-ok"),
    "replaced": ("history", ""),
    "repealed": ("x", ""),
    "signed_in": ("lock", ""),
}


@register.simple_tag
def source_lang() -> SafeString:
    """Attribute of words that exist in the source language alone, on a page in another one."""
    if get_language() == settings.LANGUAGE_CODE:
        return mark_safe("")
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def shared(context: Mapping[str, Any], name: str, *by: Any) -> SafeString:
    """A part of the frame that all visitors who have not signed in see alike.

    ``name`` is its template, which sees ``portal`` and ``request``; ``by`` is what else its look
    depends on. Kept until something on it changes.
    """
    portal = context.get("portal")
    if not isinstance(portal, Chrome):
        # The page of an error.
        return render_to_string(name, context.flatten())  # type: ignore[attr-defined]
    key = ":".join(("html", name, portal.scope, *(str(part) for part in by)))
    html = remember(key, lambda: render_alike(name, portal.request))
    # A quoted path holds no character that means something in HTML.
    return mark_safe(html.replace(OWN_ADDRESS, quote(portal.request.path)))  # noqa: S308


@register.simple_tag
def reuse(name: str, **values: Any) -> SafeString:
    """A component that shows ``values`` and nothing else, like ``include`` with ``only``.

    Lists show the same things again and again: what a process has rendered once it uses again.
    """
    return _render_or_reuse(name, get_language(), **values)


def _render(name: str, _language: str, **values: Any) -> SafeString:
    return render_to_string(name, values)


# By the types of the values, too: words that are marked safe are not the words themselves.
_reused = lru_cache(maxsize=MAX_REUSED, typed=True)(_render)


def _render_or_reuse(name: str, language: str | None, **values: Any) -> SafeString:
    # In development a template may change under a running process.
    return (_render if settings.DEBUG else _reused)(name, language, **values)  # type: ignore[arg-type]


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite. Decoration only: the words stand beside it."""
    return format_html(
        '<svg class="ic{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=20)
def motif(name: str, css: str = "art") -> SafeString:
    """A picture of the steppe: ``mark``, ``strip`` or ``hero``. Follows the colour scheme."""
    box = {"mark": "0 0 48 48", "strip": "0 0 420 144", "hero": "0 0 1440 360"}[name]
    fit = {"mark": "", "strip": "xMaxYMax meet", "hero": "xMaxYMax slice"}[name]
    return format_html(
        '<svg class="{}" viewBox="{}"{} aria-hidden="true"><use href="{}#{}"/></svg>',
        css,
        box,
        format_html(' preserveAspectRatio="{}"', fit) if fit else "",
        static("motif.svg"),
        name,
    )


@register.simple_tag
def state(code: str, words: Any, css: str = "") -> SafeString:
    """The badge of a state: icon, word and colour."""
    name, colour = STATES.get(str(code), ("dot", ""))
    classes = " ".join(part for part in ("st", colour, css) if part)
    return format_html('<span class="{}">{}{}</span>', classes, icon(name), words)


@register.simple_tag
def state_icon(code: str) -> SafeString:
    """Only the icon of a state, where its word stands nearby or in hidden text."""
    return icon(STATES.get(str(code), ("dot", ""))[0])


@register.filter(needs_autoescape=True)
def typograph(value: Any, autoescape: bool = True) -> SafeString:
    """Non-breaking spaces of Russian typography; HTML that is marked safe keeps its tags."""
    if isinstance(value, SafeData) or hasattr(value, "__html__"):
        return mark_safe(typography.typograph_html(str(conditional_escape(value))))  # noqa: S308
    text = typography.typograph(str(value))
    return conditional_escape(text) if autoescape else mark_safe(text)  # noqa: S308


@register.filter
def ru_plural(number: Any, forms: str) -> str:
    """``{{ n|ru_plural:"мера,меры,мер" }}``; in sentences prefer ``blocktranslate``."""
    one, few, many = forms.split(",")
    return typography.plural(int(number), (one, few, many))


@register.filter
def filesize_ru(size: int | None) -> str:
    """Size of a file in words people use: «92 КБ», «1,4 МБ»."""
    return typography.file_size(size)


@register.filter
def phone_link(phone: str) -> str:
    """``tel:`` address of a telephone number."""
    return typography.phone_address(phone)


@register.filter
def without_stop(text: str) -> str:
    """Words that a full stop follows in the template, whether they end in one or not."""
    return text.rstrip().removesuffix(".")


@register.filter
def doc_number(number: str) -> str:
    """«№ 64»; words like «без номера» stay without the sign."""
    return typography.document_number(number)


@register.filter
def number_ru(value: Any) -> str:
    """A number without needless zeros: 50, 1,5."""
    return charts.show_number(value)


@register.filter
def as_percent(part: float, whole: float) -> int:
    """Share in whole percent, between 0 and 100."""
    return 0 if not whole else max(0, min(100, round(100 * part / whole)))


@register.inclusion_tag("components/left.html")
def days_left(day: date, until: str = "", soon: int = 10) -> dict[str, Any]:
    """«9 дней до начала»: how many days are left until ``day``, in words; red when few.

    ``until`` says up to what: «до начала», «до конца приёма».
    """
    days = typography.days_until(day, timezone.localdate())
    if days > 1:
        number = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    elif days == 1:
        number = _("Tomorrow")
    elif days == 0:
        number = _("Today")
    else:
        number = ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
    return {
        "number": number,
        "until": until if days > 1 else "",
        "soon": 0 <= days <= soon,
        "day": day,
    }


@register.inclusion_tag("components/sun.html")
def sun(percent: int, label: str) -> dict[str, Any]:
    """The sun on the line: ``percent`` of the way has passed; ``label`` says the same in words."""
    return {"percent": max(0, min(100, int(percent))), "label": label}


@register.inclusion_tag("components/bar_chart.html")
def bar_chart(
    series: Iterable[Mapping[str, Any]],
    unit: str = "%",
    title: str = "",
    table: bool = True,
    caption: str = "",
) -> dict[str, Any]:
    """Target against fact by year; under it the table with the differences in words.

    ``series`` is a list of dicts ``year, target, fact``; None as target is "not planned", zero is
    zero. ``title`` begins the description that is read aloud; ``table=False`` leaves out the table
    where another page has it.
    """
    return {
        "chart": charts.bar_chart(series, unit=unit, title=title),
        "table": table,
        "caption": caption or title,
        "unit": unit,
    }


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: Any) -> str:
    """The query of this request with ``changes``; None takes a parameter away. Begins with «?»."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    text = query.urlencode()
    return f"?{text}" if text else "?"


_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def structured_data(context: Mapping[str, Any], page: Any) -> SafeString:
    """JSON-LD of a page. Data, not code: the browser runs nothing of it."""
    if not hasattr(page, "get_structured_data") or "request" not in context:
        return mark_safe("")
    text = json.dumps(page.get_structured_data(context["request"]), ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(_JSON_ESCAPES)),  # noqa: S308 (the three characters are escaped)
    )


@register.simple_tag(takes_context=True)
def breadcrumb_trail(context: Mapping[str, Any], page: Any) -> list[Any]:
    """Ancestors of a page from the home page down; one query, none on the page that is served."""
    request = context.get("request")
    if request is not None and page and getattr(request, "portal_page", None) is page:
        return context["portal"].trail
    if not hasattr(page, "get_ancestors") or page.depth < 3:
        return []
    return list(page.get_ancestors().filter(depth__gt=1))


@register.simple_tag
def elided_pages(page_obj: Any) -> list[Any]:
    """Numbers of pages around the current one; «…» where some are left out."""
    return list(
        page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    )


@register.simple_tag
def table_cells(columns: list[Any], row: list[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column."""
    return list(zip(columns, row, strict=False))


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """How a form field is laid out: ``group`` of choices, single ``checkbox`` or ``plain``."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.simple_tag
def styled_field(field: BoundField) -> SafeString:
    """The control of a field in the look of the site."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"in {own}".strip()})
