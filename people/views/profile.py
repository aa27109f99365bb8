"""The profile: names, and the way to the e-mail, the notices and the security of the account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from core.cabinet import CabinetMixin
from people.forms.names import NAMES, NamesForm
from people.models import User
from people.services.profile import change_names
from people.views.consents import ProcessingConsentMixin


class ProfileView(ProcessingConsentMixin, CabinetMixin, FormView):
    """One's own account and nobody else's."""

    title = gettext_lazy("Profile")
    template_name = "people/profile.html"
    form_class = NamesForm
    success_url = reverse_lazy("profile")
    carried = NAMES

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: what is wrong in the form does not stand in the header.
        return super().get_form_kwargs() | {"instance": User.objects.get(pk=self.request.user.pk)}

    def form_valid(self, form: NamesForm) -> HttpResponse:
        change_names(user=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(self.request, _("Your names are saved."))
        return super().form_valid(form)
