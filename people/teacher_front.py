"""What teachers' own pages put into the cabinet, and what the register puts into these pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.enums import ConsentItem, TrainingState
from people.models import TeacherPage, User
from people.permissions import user_watches_pages
from people.queries.teacher_pages import ShownTeacher
from people.registries import register_teacher_block
from people.views.own_page import ROOM
from people.views.watched_pages import ROOM as WATCHED

# A page of one person stays readable.
TRAININGS = 20

register_cabinet_section(order=320, title=ROOM, url_name="own_page")
register_cabinet_section(
    order=330, title=WATCHED, url_name="watched_pages", shown_to=user_watches_pages
)


@register_cabinet_tasks
def mend_the_page(user: User, limit: int) -> Iterable[CabinetTask]:
    """The author hears what an editor has found."""
    page = TeacherPage.objects.filter(user=user, is_open=True, hidden_at__isnull=False).first()
    if page is not None:
        yield CabinetTask(
            title=_("Your page is hidden by an editor"),
            note=_("Remark: {remark}").format(remark=page.hidden_reason),
            url=reverse("own_page"),
            action=_("Correct"),
            state="returned",
            state_words=_("Attention"),
        )


@register_teacher_block(
    "experience",
    label=gettext_lazy("Education, category and length of service"),
    order=10,
    item=ConsentItem.EXPERIENCE,
    template="people/teachers/blocks/experience.html",
)
def experience(shown: ShownTeacher) -> dict[str, Any] | None:
    """What the register says of education, category and service."""
    record = shown.record
    years = record.teaching_years_on(timezone.localdate())
    educations = list(record.educations.all())
    if not (educations or record.category or record.degree or years is not None):
        return None
    return {"record": record, "educations": educations, "years": years}


@register_teacher_block(
    "training",
    label=gettext_lazy("Confirmed training"),
    order=20,
    item=ConsentItem.EXPERIENCE,
    template="people/teachers/blocks/training.html",
)
def training(shown: ShownTeacher) -> dict[str, Any] | None:
    """The newest training that the school has confirmed; numbers of documents stay closed."""
    confirmed = shown.record.trainings.filter(state=TrainingState.CONFIRMED)  # type: ignore[attr-defined]
    found = list(confirmed[:TRAININGS])
    return {"trainings": found} if found else None


@register_teacher_block(
    "awards",
    label=gettext_lazy("Awards"),
    order=30,
    item=ConsentItem.RESULTS,
    template="people/teachers/blocks/awards.html",
)
def awards(shown: ShownTeacher) -> dict[str, Any] | None:
    """Awards and honorary titles of the register."""
    found = list(shown.record.awards.all())
    return {"awards": found} if found else None


@register_teacher_block(
    "email",
    label=gettext_lazy("E-mail for colleagues"),
    order=90,
    item=ConsentItem.CONTACTS,
    template="people/teachers/blocks/email.html",
)
def email(shown: ShownTeacher) -> dict[str, Any] | None:
    """The address that the person signs in with; only where it was chosen."""
    return {"email": shown.page.user.email}
