"""A form that somebody sends after the session has ended: its words are given back, not lost.

Nothing is kept here: the page that answers shows what the browser has just sent, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

# What nobody has written: numbers, quarters, codes of choices and buttons, marks of a content.
_CODE = re.compile(r"\d+(?:-\d)?|[a-z_]+|[\da-f]{32}")
_SECRET = re.compile("password|token|secret")
# What is chosen is chosen again in a moment, and a file the person still has.
_UNWRITTEN = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, forms.FileField)


@dataclass(frozen=True)
class UnsentWord:
    """One written value; ``label`` is empty where the field is not known."""

    label: str
    text: str


def unsent_words(request: HttpRequest, form_class: type[forms.BaseForm] | None) -> list[UnsentWord]:
    """Everything that was written into the form, in its order, without secrets."""
    fields: dict[str, forms.Field] = getattr(form_class, "base_fields", {})
    found = []
    for name, values in request.POST.lists():
        field = fields.get(name)
        if _SECRET.search(name) or not _is_written(field):
            continue
        label = str(field.label or "") if field else ""
        texts = [value.strip() for value in values if isinstance(value, str)]
        found += [
            UnsentWord(label, text)
            for text in texts
            if text and (field is not None or not _CODE.fullmatch(text))
        ]
    return found


def give_back(request: HttpRequest, words: list[UnsentWord]) -> HttpResponse:
    """The page that says that nothing was taken, and shows what was written."""
    context = {"words": words, "again": request.get_full_path()}
    page = TemplateResponse(request, "cabinet/signed_out.html", context, status=403)
    return page.render()


def _is_written(field: Any) -> bool:
    if field is None:
        return True
    secret = isinstance(field.widget, forms.PasswordInput)
    return not (secret or field.widget.is_hidden or isinstance(field, _UNWRITTEN))
