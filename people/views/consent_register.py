"""The operator's register of consents: who agreed to what, when, and when it ended."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.log_actions import log

from core.cabinet import CabinetMixin
from core.office import Column, Paper, Table, attachment, write_xlsx
from people.forms.consents import RegisterFilterForm
from people.models import Consent, ConsentText, User
from people.permissions import user_keeps_consents
from people.views.consents import item_words

PER_PAGE = 25


def consents_found(form: RegisterFilterForm) -> QuerySet[Consent]:
    """Consents that fit the form; a wrong filter narrows nothing."""
    form.full_clean()
    chosen = form.cleaned_data
    found = Consent.objects.select_related("text", "user", "record")
    if kind := chosen.get("kind"):
        found = found.filter(kind=kind)
    if chosen.get("state") == "in_force":
        found = found.in_force()
    elif chosen.get("state") == "ended":
        found = found.exclude(pk__in=Consent.objects.in_force().order_by().values("pk"))
    for word in chosen.get("q", "").split():
        # Names are found with ё and е alike, as people write them.
        pattern = re.sub("[её]", "[её]", re.escape(word), flags=re.I)
        named = Q()
        for owner in ("user", "record"):
            for name in ("last_name", "first_name", "patronymic"):
                named |= Q(**{f"{owner}__{name}__iregex": pattern})
        found = found.filter(named)
    return found


class OperatorMixin(CabinetMixin):
    """For whoever keeps the consents, and nobody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_keeps_consents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class _NarrowedMixin(OperatorMixin):
    """The register, narrowed by a form."""

    @cached_property
    def form(self) -> RegisterFilterForm:
        """What the list is narrowed to."""
        return RegisterFilterForm(self.request.GET)


class ConsentRegisterView(_NarrowedMixin, TemplateView):
    """The list, newest first."""

    title = gettext_lazy("Register of consents")
    template_name = "people/consents/register.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(consents_found(self.form), PER_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            form=self.form,
            page_obj=page,
            columns=[
                {"title": title}
                for title in (_("Person"), _("Consent"), _("Given"), _("Allows"), _("State"))
            ],
            rows=[_row(consent) for consent in page.object_list],
            query=query.urlencode(),
            narrowed=any(self.form.cleaned_data.values()),
            **kwargs,
        )


class ConsentRegisterFileView(_NarrowedMixin, TemplateView):
    """The same as XLSX, narrowed as the list is; taking it out is written down."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = [_row(consent) for consent in consents_found(self.form).iterator(chunk_size=500)]
        titles = (_("Person"), _("Consent"), _("Given"), _("Allows"), _("State"))
        widths = (60, 70, 30, 70, 40)
        table = Table(
            title=_("Consents"),
            sheet=_("Consents"),
            columns=[Column(t, w) for t, w in zip(titles, widths, strict=True)],
            rows=rows,
        )
        name = _("Register of consents")
        paper = Paper(title=name, subtitle=[f"{timezone.localdate():%d.%m.%Y}"], tables=[table])
        user: User = request.user  # type: ignore[assignment]
        newest = ConsentText.objects.first()
        if newest is not None:
            log(
                instance=newest,
                action="people.export_consents",
                user=user,
                data={"rows": len(rows)},
            )
        return attachment(write_xlsx(paper), name=name, kind="xlsx")


def _row(consent: Consent) -> list[str]:
    owner = consent.record or consent.user
    name = str(owner) if owner is not None else ""
    if consent.withdrawn_at:
        moment = timezone.localtime(consent.withdrawn_at)
        words = (
            _("replaced by a new one on %(day)s")
            if consent.is_replaced
            else _("withdrawn on %(day)s")
        )
        state = words % {"day": f"{moment:%d.%m.%Y %H:%M}"}
    elif consent.valid_until and consent.valid_until < timezone.localdate():
        state = _("ended on %(day)s") % {"day": f"{consent.valid_until:%d.%m.%Y}"}
    else:
        state = _("in force")
    given = f"{timezone.localtime(consent.given_at):%d.%m.%Y %H:%M}"
    if consent.on_paper:
        given = _("%(moment)s, on paper") % {"moment": given[:10]}
    document = f"{consent.get_kind_display()}, {consent.text.edition}"
    return [name, document, given, "; ".join(item_words(consent)) or "—", state]
