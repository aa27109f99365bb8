"""What a teacher's portfolio says: everything is the teacher's own, so no consent is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.light_text import light_words
from people.enums import TrainingState
from people.models import StaffRecord
from people.queries.teacher_pages import own_page, with_work

if TYPE_CHECKING:
    from people.models import User


class PortfolioPart(models.TextChoices):
    """What a teacher may take into the portfolio."""

    WORK = "work", gettext_lazy("Position and subjects")
    EXPERIENCE = "experience", gettext_lazy("Education, category and length of service")
    TRAINING = "training", gettext_lazy("Confirmed training")
    AWARDS = "awards", gettext_lazy("Awards")
    ABOUT = "about", gettext_lazy("About myself, from my page")


def portfolio(*, user: User, record: StaffRecord, parts: list[str]) -> dict[str, Any]:
    """The data of the template ``portfolio`` with the chosen ``parts``; empty ones are left out."""
    (record,) = with_work(StaffRecord.objects.filter(pk=record.pk))
    held: list[Any] = record.held  # type: ignore[attr-defined]
    makers = {
        PortfolioPart.WORK: lambda: _work(record),
        PortfolioPart.EXPERIENCE: lambda: _experience(record),
        PortfolioPart.TRAINING: lambda: _training(record),
        PortfolioPart.AWARDS: lambda: _awards(record),
        PortfolioPart.ABOUT: lambda: _about(user),
    }
    sections = [makers[part]() for part in PortfolioPart if part in parts]
    return {
        "title": _("Portfolio: %(name)s") % {"name": record.full_name},
        "name": record.full_name,
        "lead": "; ".join(f"{position.title}, {position.organisation.name}" for position in held),
        "made": _("Made on %(day)s from the staff register of the district")
        % {"day": date_format(timezone.localdate(), "j E Y")},
        "sections": [section for section in sections if section is not None],
    }


def _work(record: StaffRecord) -> dict[str, Any] | None:
    held: list[Any] = record.held  # type: ignore[attr-defined]
    taught: list[Any] = record.taught  # type: ignore[attr-defined]
    pairs = [
        [capfirst(position.title), f"{position.organisation.name}, {_since(position.starts_on)}"]
        for position in held
    ]
    if taught:
        pairs.append([_("Subjects"), ", ".join(load.subject.name for load in taught)])
    return {"title": _("Work"), "pairs": pairs} if pairs else None


def _experience(record: StaffRecord) -> dict[str, Any] | None:
    pairs = [
        [
            _("Education"),
            ", ".join(
                str(part)
                for part in (item.get_level_display(), item.institution, item.speciality, item.year)
                if part
            ),
        ]
        for item in record.educations.all()
    ]
    if record.category:
        given = f", {_day(record.category_date)}" if record.category_date else ""
        pairs.append([_("Category"), f"{record.get_category_display()}{given}"])
    years = record.teaching_years_on(timezone.localdate())
    if years is not None:
        words = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
        pairs.append([_("Teaching service"), words])
    return {"title": _("Education and experience"), "pairs": pairs} if pairs else None


def _training(record: StaffRecord) -> dict[str, Any] | None:
    found = record.trainings.filter(state=TrainingState.CONFIRMED)  # type: ignore[attr-defined]
    rows = [
        [
            item.programme,
            f"{item.get_kind_display()}, {item.provider}",
            str(item.hours),
            _day(item.ends_on),
            item.document_number,
        ]
        for item in found
    ]
    if not rows:
        return None
    columns = [
        _("Programme"),
        _("Kind and provider"),
        _("Hours of training"),
        _("Finished"),
        _("Document"),
    ]
    return {
        "title": _("Training"),
        "columns": columns,
        "widths": [6, 5, 2, 3, 3],
        "rows": rows,
    }


def _awards(record: StaffRecord) -> dict[str, Any] | None:
    pairs = [[str(item.year or ""), item.name] for item in record.awards.all()]
    return {"title": _("Awards"), "pairs": pairs} if pairs else None


def _about(user: User) -> dict[str, Any] | None:
    page = own_page(user)
    if page is None or not (page.about or page.topics):
        return None
    words = [light_words(page.about)] if page.about else []
    if page.topics:
        words.append(f"{_('How I can help colleagues')}: {'; '.join(page.topics)}.")
    return {"title": _("About myself"), "paragraphs": words}


def _day(day: Any) -> str:
    return date_format(day, "d.m.Y")


def _since(day: Any) -> str:
    return _("since %(day)s") % {"day": _day(day)}
