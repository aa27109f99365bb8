"""One section of the form: saved by its button or by itself, never over another tab's text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from people.enums import ConsentItem
from people.queries.publishing import display_name, published_items
from practices.forms.sections import FORMS, OrganisationForm, SectionForm
from practices.models import PracticePage, ReviewRemark
from practices.queries.versions import MANY, digests, newest_version
from practices.sections import AUTHORS, BY_SLUG, CHECK, CONSENTS, SECTIONS
from practices.services.writing import (
    ChangedMeanwhileError,
    LockedError,
    name_organisation,
    save_fields,
)
from practices.views.frame import OwnPracticeMixin

THEIRS = "theirs"


@dataclass(frozen=True)
class Cell:
    """A field of the form with what reviewers say about it; ``field`` is None for own parts."""

    name: str
    field: BoundField | None
    remarks: list[ReviewRemark] = field(default_factory=list)

    @property
    def is_long_list(self) -> bool:
        """Whether it is a choice among many, which would fill a phone several times."""
        return self.field is not None and self.name in MANY

    @property
    def chosen(self) -> list[str]:
        """What is chosen of a long list, in words."""
        assert self.field is not None
        return [
            str(option.data["label"]) for option in self.field.subwidgets if option.data["selected"]
        ]


class SectionView(OwnPracticeMixin, TemplateView):
    """One of the sections 1 to 6."""

    template_name = "practices/writing/section.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        section = BY_SLUG.get(kwargs["section"])
        if section is None or section == CHECK:
            raise Http404("There is no such section.")
        self.section = section
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def get_form(self) -> Any:
        """The form with what was sent, or with what is stored."""
        sent = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        if self.section == AUTHORS:
            initial = {"organisation": self.author and self.author.organisation_id}
            return OrganisationForm(*sent, initial=initial)
        return FORMS[self.section.slug](*sent, user=self.request.user, instance=self.version)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.own.is_with_the_centre:
            return self._refused(str(LockedError().messages[0]))
        form = self.get_form()
        form.is_valid()
        anchor = ""
        try:
            if self.section == AUTHORS:
                self._save_organisation(form)
            else:
                anchor = self._press(form)
                self._save(form)
        except ChangedMeanwhileError as error:
            return self._compare(form, error)
        except LockedError as error:
            return self._refused(" ".join(error.messages))
        right = self._is_right(form)
        if "autosave" in request.POST:
            return self._saved_by_itself(form, right)
        if not right:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self._onward(anchor)

    def _is_right(self, form: Any) -> bool:
        """Asked after the buttons: what is taken away cannot be wrong any more."""
        parts = (getattr(form, "technology", None), getattr(form, "materials", None))
        return not form.errors and all(part.is_right() for part in parts if part is not None)

    def _press(self, form: SectionForm) -> str:
        """A button of the form itself: add, move, take away."""
        button = self.request.POST.get("do", "")
        part = form.technology or form.materials
        if not button or part is None:
            return ""
        anchor = part.press(button) if button != "file" else "materials"
        part.fill(form.instance)
        return anchor

    def _save(self, form: SectionForm) -> None:
        user: Any = self.request.user
        chosen = {
            name.removeprefix("choose-")
            for name, value in self.request.POST.items()
            if name.startswith("choose-") and value == THEIRS
        }
        save_fields(
            practice=self.practice,
            mine=form.instance,
            user=user,
            names=self.section.fields,
            opened=self.opened(),
            theirs=chosen,
            autosaved="autosave" in self.request.POST,
        )

    def _save_organisation(self, form: OrganisationForm) -> None:
        user: Any = self.request.user
        if form.is_valid():
            self.author = name_organisation(
                practice=self.practice,
                user=user,
                organisation=form.cleaned_data["organisation"],
            )

    def opened(self) -> dict[str, str]:
        """The marks of the fields as the form was opened with; nonsense is none."""
        try:
            said = json.loads(self.request.POST.get("opened", ""))
        except ValueError:
            return {}
        if not isinstance(said, dict):
            return {}
        return {name: str(mark) for name, mark in said.items() if name in self.section.fields}

    def stored_marks(self) -> dict[str, str]:
        """The marks of the fields as they are stored now."""
        if self.section == AUTHORS:
            return {}
        stored = newest_version(PracticePage.objects.get(pk=self.practice.pk))
        return digests(stored, self.section.fields)

    def _saved_by_itself(self, form: Any, right: bool) -> HttpResponse:
        """What the script shows: when it was saved, and which fields were not."""
        bad = [str(field.label) for field in form if field.errors]
        if not right and not bad:
            bad = [str(self.section.title)]
        words = _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M}"}
        if bad:
            words += ". " + ngettext(
                "Mend this field: %(names)s", "Mend these fields: %(names)s", len(bad)
            ) % {"names": ", ".join(bad)}
        return JsonResponse(
            {"words": words, "opened": json.dumps(self._marks_after(form)), "title": self._title()}
        )

    def _title(self) -> str:
        return self.get_title()

    def _marks_after(self, form: Any) -> dict[str, str]:
        """Marks for the form that stays open: a field it does not show as stored keeps the old."""
        stored = self.stored_marks()
        if not stored:
            return {}
        shown = digests(form.instance, self.section.fields)
        before = self.opened()
        return {
            name: mark if shown[name] == mark else before.get(name, mark)
            for name, mark in stored.items()
        }

    def _refused(self, words: str) -> HttpResponse:
        if "autosave" in self.request.POST:
            return JsonResponse({"words": words}, status=423)
        messages.error(self.request, words)
        return redirect("practice_section", self.practice.pk, CHECK.slug)

    def _compare(self, form: Any, error: ChangedMeanwhileError) -> HttpResponse:
        """Both texts; nothing of the form is lost, and nothing stored is overwritten."""
        if "autosave" in self.request.POST:
            return JsonResponse({"words": " ".join(error.messages)}, status=409)
        return self.render_to_response(
            self.get_context_data(form=form, conflicts=error.conflicts), status=409
        )

    def _onward(self, anchor: str) -> HttpResponse:
        here = reverse("practice_section", args=[self.practice.pk, self.section.slug])
        if anchor:
            return redirect(f"{here}#{anchor}")
        messages.success(self.request, _("Saved."))
        if "later" in self.request.POST:
            return redirect("own_practices")
        return redirect("practice_section", self.practice.pk, SECTIONS[self.section.number].slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        form = kwargs["form"]
        if self.section in (AUTHORS, CONSENTS):
            items = published_items(user)
            kwargs |= {
                "public_name": display_name(user, items),
                "gives_name": ConsentItem.NAME in items,
                "gives_materials": ConsentItem.MATERIALS in items,
                "may_process": self.may_process,
                "author": self.author,
            }
        kwargs.setdefault("opened", json.dumps(self.stored_marks()))
        part = getattr(form, "technology", None) or getattr(form, "materials", None)
        kwargs["mistakes"] = part.mistakes() if part is not None and form.is_bound else []
        following = SECTIONS[self.section.number]
        return super().get_context_data(rows=self._rows(form), following=following, **kwargs)

    def _rows(self, form: Any) -> list[list[Cell]]:
        by_field: dict[str, list[ReviewRemark]] = {}
        for remark in self.remarks:
            by_field.setdefault(remark.field, []).append(remark)
        return [
            [
                Cell(name, form[name] if name in form.fields else None, by_field.get(name, []))
                for name in ((row,) if isinstance(row, str) else row)
            ]
            for row in self.section.rows
        ]
