"""A file that fills the register: what it would do, until somebody says yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import ImportState, RowOutcome
from people.models.staff import StaffRecord


class StaffImport(models.Model):
    """One upload of one person. Its rows and its file go once it is applied or given up."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="staff_imports",
    )
    file = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("file"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    file_name = models.CharField(_("name of the file"), max_length=255)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING
    )
    # What stands in the way, in words for the person.
    problem = models.TextField(blank=True)
    total = models.PositiveIntegerField(_("rows in the file"), default=0)
    done = models.PositiveIntegerField(_("rows read"), default=0)
    created = models.PositiveIntegerField(_("new people"), default=0)
    changed = models.PositiveIntegerField(_("changed people"), default=0)
    same = models.PositiveIntegerField(_("rows that change nothing"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    touched_at = models.DateTimeField(_("moved on at"), auto_now=True)

    class Meta:
        verbose_name = _("import of the register")
        verbose_name_plural = _("imports of the register")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="staff_import_work")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def at_work(self) -> bool:
        """The portal is busy with it; the page shows how far it is."""
        return self.state in (ImportState.WAITING, ImportState.READING, ImportState.APPLYING)

    @property
    def per_cent(self) -> int:
        """How much of the file has been read."""
        return min(100, self.done * 100 // self.total) if self.total else 0


class StaffImportRow(models.Model):
    """A row of the file with what would become of it."""

    load = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row of the file"))
    # The first row of the same person: one person may hold several positions.
    person_row = models.PositiveIntegerField()
    outcome = models.CharField(_("what becomes of it"), max_length=8, choices=RowOutcome.choices)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=460, blank=True)
    record = models.ForeignKey(StaffRecord, null=True, on_delete=models.SET_NULL, related_name="+")
    # The revision of the record that the preview was made from.
    opened_revision = models.PositiveBigIntegerField(null=True)
    values = models.JSONField(default=dict)
    # Why it is refused, or field, before and after of each difference.
    words = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["load", "number"], name="people_import_row_once")
        ]
        indexes = [
            models.Index(fields=["load", "outcome", "number"], name="staff_import_list"),
            models.Index(fields=["load", "person_row", "number"], name="staff_import_people"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
