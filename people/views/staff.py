"""The staff register in the cabinet: list, card, confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.forms.staff import StaffFilterForm
from people.models import StaffQuerySet, StaffRecord
from people.permissions import (
    user_can_confirm_staff,
    user_can_edit_staff,
    user_keeps_all_staff,
    user_sees_quarters,
)
from people.queries.rights import user_decides_erasure
from people.queries.staff import sees_others, staff_list, with_rows
from people.queries.staff_history import history_of, since_confirmed
from people.services.openings import note_openings
from people.services.staff import confirm_staff
from people.views.lists import PagedMixin


class RegisterMixin(CabinetMixin):
    """A screen of the register: its own way back."""

    def get_trail(self) -> list[Link]:
        return [Link(_("Staff register"), reverse("staff"))]

    def to_card(self, record: StaffRecord) -> HttpResponse:
        """To the card, or to the list for those who may not open it any more."""
        visible = StaffRecord.objects.visible_to(self.request.user)  # type: ignore[attr-defined]
        if visible.filter(pk=record.pk).exists():
            return redirect("staff_card", pk=record.pk)
        return redirect("staff")


class StaffListView(PagedMixin, CabinetMixin, ListView):
    """Everybody whose card the person may open, with search, filters and order."""

    title = gettext_lazy("Staff register")
    template_name = "people/staff/list.html"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not sees_others(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> StaffQuerySet:
        user: Any = self.request.user
        self.form = StaffFilterForm(self.request.GET, user=user)
        return with_rows(staff_list(user=user, chosen=self.form.chosen), coming=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            form=self.form,
            sees_quarters=user_sees_quarters(user),
            query=query.urlencode(),
            narrowed=any(value for value in self.form.chosen.values()),
            own_url=reverse("staff"),
            # Whoever is here without a role of the district acts for an organisation.
            keeps_staff=not user.district_roles or user_keeps_all_staff(user),
            today=timezone.localdate(),
            **kwargs,
        )


class StaffCardView(RegisterMixin, DetailView):
    """One record with training and history; whoever opens another's card is written down."""

    template_name = "people/staff/card.html"
    object: StaffRecord

    def get_queryset(self) -> StaffQuerySet:
        return StaffRecord.objects.visible_to(self.request.user).select_related("confirmed_by")

    def get_title(self) -> str:
        return self.object.full_name

    def get_trail(self) -> list[Link]:
        user: Any = self.request.user
        return super().get_trail() if sees_others(user) else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        record, today = self.object, timezone.localdate()
        note_openings(records=[record], viewer=user, place="card")
        may_confirm = user_can_confirm_staff(user, record) and not record.confirmed
        return super().get_context_data(
            record=record,
            age=record.age_on(today),
            teaching_years=record.teaching_years_on(today),
            total_years=record.total_years_on(today),
            positions=record.positions.select_related("organisation"),
            loads=record.loads.select_related("subject"),
            trainings=record.trainings.all(),
            history=history_of(record),
            may_confirm=may_confirm,
            unseen=since_confirmed(record) if may_confirm else [],
            may_edit=user_can_edit_staff(user, record),
            may_erase=user_decides_erasure(user) and record.user_id != user.pk,
            **kwargs,
        )


class StaffConfirmView(RegisterMixin, View):
    """A methodist vouches for the revision that was on the screen."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        record = get_object_or_404(StaffRecord.objects.visible_to(user), pk=pk)
        revision = request.POST.get("revision", "")
        try:
            confirm_staff(
                record=record, user=user, revision_id=int(revision) if revision.isdecimal() else 0
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Confirmed."))
        return redirect("staff_card", pk=pk)
