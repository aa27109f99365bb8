"""Consents in the cabinet: each is a page of its own, apart from everything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from core.cabinet import CabinetMixin
from core.chrome import Link
from core.office import Paper, attachment, write_docx
from people.enums import ConsentItem, ConsentKind
from people.forms.consents import FORMS
from people.models import Consent, ConsentText, User
from people.queries.consent_texts import compare, texts_in_force
from people.queries.publishing import may_process
from people.services.consent_texts import text_in_force, wording
from people.services.consents import give_consent, withdraw_consent

HISTORY = 20
# What was typed on a page that was closed meanwhile, until the consent is given; in the session.
CARRIED = "typed_before_consent"


def own_consents(user: User) -> QuerySet[Consent]:
    """The consents that ``user`` has given, here or on paper."""
    return Consent.objects.filter(Q(user=user) | Q(record__user=user)).select_related("text")


class ConsentsView(CabinetMixin, TemplateView):
    """Both consents with their state, and what was given and withdrawn before."""

    title = gettext_lazy("Consents")
    template_name = "people/consents/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        # The later word counts, and before a paper what was said with the account.
        by_weight = own_consents(user).in_force().order_by("on_paper", "-given_at", "-pk")
        given: dict[str, Consent] = {}
        for consent in by_weight:
            given.setdefault(consent.kind, consent)
        newest = texts_in_force()
        return super().get_context_data(
            documents=[
                {
                    "name": kind.label,
                    "url": reverse("consent", args=[kind.value]),
                    "consent": given.get(kind.value),
                    "is_outdated": kind.value in given
                    and given[kind.value].text != newest.get(kind.value),
                    "items": item_words(given[kind.value]) if kind.value in given else [],
                }
                for kind in ConsentKind
            ],
            history=own_consents(user)[:HISTORY],
            **kwargs,
        )


class ConsentView(CabinetMixin, FormView):
    """One consent: its whole text, the choice, and the two buttons."""

    template_name = "people/consents/consent.html"

    @cached_property
    def kind(self) -> ConsentKind:
        """The consent that the address names."""
        try:
            return ConsentKind(self.kwargs["kind"])
        except ValueError as error:
            raise Http404("There is no such consent.") from error

    @cached_property
    def text(self) -> ConsentText:
        """The version that is agreed to today."""
        text = text_in_force(self.kind)
        if text is None:
            raise Http404("No text of this consent is in force.")
        return text

    @cached_property
    def current(self) -> Consent | None:
        """What the person has agreed to, if it holds."""
        user: Any = self.request.user
        found = own_consents(user).in_force().filter(kind=self.kind)
        return found.order_by("on_paper", "-given_at", "-pk").first()

    def get_title(self) -> str:
        return str(self.kind.label)

    def get_trail(self) -> list[Link]:
        return [Link(_("Consents"), reverse("consents"))]

    def get_form_class(self) -> Any:
        return FORMS[self.kind]

    def get_form_kwargs(self) -> dict[str, Any]:
        user: Any = self.request.user
        nameless = not (user.last_name and user.first_name)
        # The first consent to processing is also where a wrong name is put right: until it is
        # given, the profile is closed.
        asked = nameless or (self.kind == ConsentKind.PROCESSING and self.current is None)
        signer = User.objects.get(pk=user.pk) if asked else None
        return super().get_form_kwargs() | {"text": self.text, "signer": signer}

    def get_initial(self) -> dict[str, Any]:
        carried = self.request.session.get(CARRIED, {})
        if self.current is None:
            return carried
        # What a new version asks about besides is not ticked for anybody.
        items = [item for item in self.current.items if item in self.text.items]
        return {**carried, "items": items, "valid_until": self.current.valid_until}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        chosen = self.current.items if self.current else []
        kwargs.setdefault("form", self.get_form())
        # The version agreed to, where it is not the one in force.
        former = self.current.text if self.current and self.current.text != self.text else None
        changes = compare(former, self.text) if former else []
        return super().get_context_data(
            text=self.text,
            wording=wording(self.text, name=user.get_full_name(), items=chosen),
            current=self.current,
            former=former,
            parts=[part for part in changes if part.differs],
            next=self.next,
            asks_name="last_name" in kwargs["form"].fields,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == "withdraw":
            withdraw_consent(user=request.user, kind=self.kind)  # type: ignore[arg-type]
            messages.success(request, _("The consent is withdrawn. It no longer works anywhere."))
            if self.kind == ConsentKind.PROCESSING and self.publishes():
                messages.warning(
                    request,
                    _(
                        "What you have allowed to be published stays on the portal: that is "
                        "another consent. Withdraw it, too, if nothing shall be published."
                    ),
                )
            return redirect("consents")
        return super().post(request, *args, **kwargs)

    def publishes(self) -> bool:
        """Whether the person allows anything to be published."""
        user: Any = self.request.user
        return own_consents(user).in_force().filter(kind=ConsentKind.DISTRIBUTION).exists()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            give_consent(
                user=self.request.user,  # type: ignore[arg-type]
                text=self.text_that_was_read(),
                items=form.cleaned_data.get("items", ()),
                valid_until=form.cleaned_data.get("valid_until"),
                names=form.names(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self.request.session.pop(CARRIED, None)
        messages.success(self.request, _("Your consent is recorded."))
        return redirect(self.way_on())

    def way_on(self) -> str:
        """Where a given consent leads."""
        return self.next or reverse("consents")

    def text_that_was_read(self) -> ConsentText:
        """The version that stood on the page; another one may be in force by now."""
        number = self.request.POST.get("version", "")
        versions = ConsentText.objects.filter(kind=self.kind)
        # More digits are no version, and thousands of them no number.
        is_version = number.isdecimal() and len(number) < 6
        found = versions.filter(version=int(number)).first() if is_version else None
        return found or self.text

    @property
    def next(self) -> str:
        """Where the person came from; only ever a page of this site."""
        asked = self.request.POST.get("next") or self.request.GET.get("next") or ""
        safe = url_has_allowed_host_and_scheme(
            asked, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return asked if safe else ""


class ConsentPrintView(CabinetMixin, TemplateView):
    """A consent as it was given, to be printed and signed."""

    template_name = "people/consents/print.html"

    @cached_property
    def consent(self) -> Consent:
        """One's own, and nobody else's."""
        user: Any = self.request.user
        return get_object_or_404(own_consents(user), pk=self.kwargs["pk"])

    def get_title(self) -> str:
        return self.consent.text.title

    def get_trail(self) -> list[Link]:
        return [Link(_("Consents"), reverse("consents"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consent=self.consent, **kwargs)


class ConsentDocxView(ConsentPrintView):
    """The same as a Word file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return consent_docx(self.consent)


def consent_docx(consent: Consent) -> HttpResponse:
    """A consent as a paper with a line for the signature."""
    day = f"{timezone.localtime(consent.given_at):%d.%m.%Y}"
    paper = Paper(
        title=consent.text.title,
        subtitle=[line for line in (consent.text.law, consent.text.edition) if line],
        tables=[],
        paragraphs=consent.wording.split("\n\n"),
        signatures=[_("Date %(day)s        Signature ____________________") % {"day": day}],
    )
    return attachment(write_docx(paper), name=f"{consent.text.title} {day}"[:120], kind="docx")


class ProcessingConsentMixin:
    """Stands before a view that takes personal data: without the consent it is asked for first.

    ``carried`` names fields that the consent asks for as well: typed here, they stand there.
    """

    carried: Sequence[str] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user: Any = request.user
        if user.is_authenticated and not may_process(user):
            messages.info(request, _("This page works with personal data: read the consent first."))
            typed = {name: request.POST[name] for name in self.carried if name in request.POST}
            if typed:
                request.session[CARRIED] = {name: said[:150] for name, said in typed.items()}
            address = reverse("consent", args=[ConsentKind.PROCESSING.value])
            return redirect(f"{address}?next={request.path}")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def item_words(consent: Consent) -> list[str]:
    """What a consent allows to be published, in words."""
    return [str(ConsentItem(item).label) for item in consent.items if item in ConsentItem.values]
