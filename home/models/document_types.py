"""Kinds of official papers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import ListEntry


class DocumentType(ListEntry):
    """A kind of official paper, for example «приказ»."""

    class Meta(ListEntry.Meta):
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="home_doctype_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="home_doctype_slug"),
        ]
