"""Buttons of the lists of what waits: confirm, or send back with a remark."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import ListView, View

from people.forms.remarks import RemarkForm


class DecisionView(View, ABC):
    """Decides about one thing of ``queue`` and returns to it.

    A remark that is refused comes back as it was typed, at its place in the list.
    """

    http_method_names = ["post"]
    queue: type[ListView]
    queue_name = ""
    # Where the thing keeps the remark.
    remark_field = "remark"
    request: HttpRequest

    @abstractmethod
    def get_things(self) -> models.QuerySet[Any]:
        """What this person may decide about."""

    @abstractmethod
    def decide(self, thing: Any) -> str:
        """Do what the button says; returns the words for the person."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = get_object_or_404(self.get_things(), pk=pk)
        try:
            messages.success(request, self.decide(thing))
        except ValidationError as error:
            if "remark" in getattr(error, "error_dict", {}):
                return self._again(pk, error)
            messages.error(request, " ".join(error.messages))
        return redirect(self.queue_name)

    def remark(self, thing: models.Model) -> str:
        """The remark that was typed; raises ValidationError when it is too long to be kept."""
        length = thing._meta.get_field(self.remark_field).max_length
        form = RemarkForm(self.request.POST, max_length=length)  # type: ignore[arg-type]
        if not form.is_valid():
            raise ValidationError({"remark": form.errors["remark"].as_data()})
        return str(form.cleaned_data["remark"])

    def _again(self, pk: int, error: ValidationError) -> HttpResponse:
        typed = self.request.POST.get("remark", "")
        view = self.queue(extra_context={"failed": pk, "typed": typed, "errors": error.messages})
        view.setup(self.request)
        return view.get(self.request)
