"""What all pages about one practice of one's own share: whose it is, and the seven parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.queries.publishing import may_process
from practices.models import PracticeAuthor, PracticePage, ReviewRemark
from practices.queries.completeness import Gap, gaps
from practices.queries.own import OwnPractice, own_practices, told, with_remarks
from practices.queries.versions import newest_version
from practices.sections import CHECK, SECTION_OF, SECTIONS, WritingSection
from practices.services.writing import public_title
from practices.views.own import ROOM


@dataclass(frozen=True)
class Part:
    """A part of the form in the list beside it."""

    section: WritingSection
    url: str
    # «filled», «returned» or «open».
    state: str
    words: str
    active: bool


class OwnPracticeMixin(CabinetMixin):
    """A page about a practice of which the person is a confirmed author; others find nothing."""

    section: WritingSection = CHECK
    practice: PracticePage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            found = with_remarks(own_practices(request.user)).filter(pk=kwargs["pk"]).first()
            if found is None:
                raise Http404("There is no such practice of this person.")
            self.practice = found
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def own(self) -> OwnPractice:
        """The practice in the words of the list."""
        return told(self.practice)

    @cached_property
    def version(self) -> PracticePage:
        """The newest version; forms write into it."""
        return newest_version(self.practice)

    @cached_property
    def author(self) -> PracticeAuthor | None:
        """The authorship of the person."""
        own = PracticeAuthor.objects.of(self.request.user).filter(practice=self.practice)
        return own.select_related("organisation").first()

    @cached_property
    def may_process(self) -> bool:
        """Whether the person has agreed to the processing of personal data."""
        user: Any = self.request.user
        return may_process(user)

    @cached_property
    def remarks(self) -> list[ReviewRemark]:
        """What the reviewers ask to correct."""
        return list(ReviewRemark.objects.filter(practice=self.practice, closed_at=None))

    def get_title(self) -> str:
        return public_title(self.version)

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("own_practices"))]

    def get_gaps(self) -> list[Gap]:
        """What the newest version still lacks."""
        return gaps(
            newest_version(PracticePage.objects.get(pk=self.practice.pk)),
            author=self.author,
            may_process=self.may_process,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = self.get_gaps()
        parts = self._parts(missing)
        here = {item.pk for item in self.remarks if _section_of(item) in (self.section, None)}
        return super().get_context_data(
            practice=self.practice,
            own=self.own,
            section=self.section,
            parts=parts,
            done=sum(part.state == "filled" for part in parts),
            gaps=missing,
            remarks=[item for item in self.remarks if item.pk in here],
            **kwargs,
        )

    def _parts(self, missing: list[Gap]) -> list[Part]:
        lacking = {gap.section for gap in missing}
        returned = {_section_of(item) for item in self.remarks}
        found = []
        for section in SECTIONS:
            state, words = "filled", _("filled in")
            if section in returned:
                state, words = "returned", _("returned by the reviewer")
            elif section == CHECK:
                state, words = self._sending(missing)
            elif section in lacking:
                state, words = "open", _("to be filled in")
            url = reverse("practice_section", args=[self.practice.pk, section.slug])
            found.append(Part(section, url, state, words, section == self.section))
        return found

    def _sending(self, missing: list[Gap]) -> tuple[str, str]:
        if self.own.is_with_the_centre:
            return "filled", _("sent")
        return "open", _("after the rest") if missing else _("ready to be sent")


def _section_of(remark: ReviewRemark) -> WritingSection | None:
    return SECTION_OF.get(remark.field)
