"""Filters and tags of Russian words and numbers: plurals, sizes, days that are left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import charts, typography
from core.light_text import light_html

register = template.Library()


@register.filter(needs_autoescape=True)
def typograph(value: Any, autoescape: bool = True) -> SafeString:
    """Non-breaking spaces of Russian typography; HTML that is marked safe keeps its tags."""
    if isinstance(value, SafeData) or hasattr(value, "__html__"):
        return mark_safe(typography.typograph_html(str(conditional_escape(value))))  # noqa: S308
    text = typography.typograph(str(value))
    return conditional_escape(text) if autoescape else mark_safe(text)  # noqa: S308


@register.filter
def light_text(value: str) -> SafeString:
    """What a person wrote of oneself, as HTML (see ``core.light_text``)."""
    return light_html(value)


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
