"""Texts of consents: their versions, a new one in two steps, and a blank to be signed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView

from core.cabinet import CabinetMixin
from core.chrome import Link
from core.office import Paper, attachment, write_docx
from people.enums import ConsentKind
from people.forms.consent_texts import ConsentTextForm
from people.models import ConsentText
from people.permissions import user_keeps_consents, user_reads_consent_texts
from people.queries.consent_texts import compare, effect_of, texts_in_force, versions
from people.services.consent_texts import add_version, blank_wording, text_in_force
from people.views.consent_register import OperatorMixin
from people.views.lists import PagedMixin

ROOM = gettext_lazy("Texts of consents")


class ConsentTextsView(PagedMixin, OperatorMixin, ListView):
    """Every version, and the way to a new one."""

    title = ROOM
    template_name = "people/consents/texts.html"
    context_object_name = "versions"

    def get_queryset(self) -> Any:
        return versions()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        in_force = texts_in_force()
        return super().get_context_data(
            in_force={text.pk for text in in_force.values()},
            kinds=[
                {
                    "name": kind.label,
                    "url": reverse("consent_text_new", args=[kind.value]),
                    "text": in_force.get(kind.value),
                }
                for kind in ConsentKind
            ],
            **kwargs,
        )


class NewConsentTextView(OperatorMixin, FormView):
    """A new version: written beside the one in force, looked at, and only then put in force."""

    template_name = "people/consents/text_new.html"
    form_class = ConsentTextForm

    @cached_property
    def kind(self) -> ConsentKind:
        """The consent that the address names."""
        try:
            return ConsentKind(self.kwargs["kind"])
        except ValueError as error:
            raise Http404("There is no such consent.") from error

    @cached_property
    def current(self) -> ConsentText | None:
        """The version in force."""
        return text_in_force(self.kind)

    def get_title(self) -> str:
        return _("New version: %(name)s") % {"name": self.kind.label}

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("consent_texts"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy without a number: saving it cannot change the version in force.
        copy = ConsentText(kind=self.kind)
        for name in ConsentTextForm.Meta.fields:
            if self.current is not None:
                setattr(copy, name, getattr(self.current, name))
        return super().get_form_kwargs() | {"instance": copy}

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.current.version if self.current else 0}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.setdefault("form", self.get_form())
        rows = [{"field": form[name], "now": self._now(name)} for name in form.fields]
        del rows[list(form.fields).index("seen")]
        return super().get_context_data(current=self.current, rows=rows, **kwargs)

    def _now(self, name: str) -> str:
        """What stands in the version in force where the form has ``name``."""
        if name == "items" and self.current is not None:
            return "\n".join(self.current.item_labels)
        return str(getattr(self.current, name, ""))

    def form_valid(self, form: ConsentTextForm) -> HttpResponse:
        action = self.request.POST.get("action")
        if action == "write":
            return self.render_to_response(self.get_context_data(form=form))
        if action != "confirm":
            return self._look(form)
        try:
            added = add_version(
                text=form.instance,
                seen=form.cleaned_data["seen"],
                user=self.request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("In force from now on: %(name)s, %(edition)s.")
            % {"name": added.get_kind_display(), "edition": added.edition},
        )
        return redirect("consent_texts")

    def form_invalid(self, form: ConsentTextForm) -> HttpResponse:
        """What was written stays; the version in force beside it is the one of this moment."""
        if any(error.code == "changed" for error in form.non_field_errors().as_data()):
            form.data = form.data.copy()
            form.data["seen"] = str(self.current.version if self.current else 0)
        return super().form_invalid(form)

    def _look(self, form: ConsentTextForm) -> HttpResponse:
        """Both versions side by side and whom it touches; nothing is saved yet."""
        parts = compare(self.current, form.instance)
        if self.current is not None and not any(part.differs for part in parts):
            form.add_error(None, _("Nothing has changed: this is the text in force."))
            return self.form_invalid(form)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                parts=parts,
                effect=effect_of(self.current, form.instance),
                hidden=[form[name].as_hidden() for name in form.fields],
            )
        )


class ConsentTextView(CabinetMixin, TemplateView):
    """One version as a blank: to be read, printed and signed by hand."""

    template_name = "people/consents/text.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_reads_consent_texts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def text(self) -> ConsentText:
        """The version that the address names."""
        return get_object_or_404(ConsentText, pk=self.kwargs["pk"], published_at__isnull=False)

    def get_title(self) -> str:
        return self.text.title

    def get_trail(self) -> list[Link]:
        if user_keeps_consents(self.request.user):
            return [Link(str(ROOM), reverse("consent_texts"))]
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        former = (
            ConsentText.objects.filter(kind=self.text.kind, version__lt=self.text.version)
            .order_by("-version")
            .first()
        )
        keeps = user_keeps_consents(self.request.user)
        return super().get_context_data(
            text=self.text,
            wording=blank_wording(self.text),
            is_in_force=text_in_force(self.text.kind) == self.text,
            former=former,
            parts=compare(former, self.text) if former and keeps else [],
            **kwargs,
        )


class ConsentTextDocxView(ConsentTextView):
    """The same blank as a Word file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = self.text
        paper = Paper(
            title=text.title,
            subtitle=[line for line in (text.law, text.edition) if line],
            tables=[],
            # A box is a paragraph of its own: lines within a justified one are torn apart.
            paragraphs=[line for line in blank_wording(text).split("\n") if line],
            signatures=[_("Date ____________        Signature ____________________")],
        )
        name = f"{text.title}, {text.edition}"
        return attachment(write_docx(paper), name=name[:120], kind="docx")
