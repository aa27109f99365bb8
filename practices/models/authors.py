"""Who a practice belongs to, and every file that was ever attached to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Organisation
from practices.models.practice import PracticePage

if TYPE_CHECKING:
    from core.permissions import Visitor


class PracticeAuthorQuerySet(models.QuerySet["PracticeAuthor"]):
    """The vocabulary of authors."""

    def confirmed(self) -> Self:
        """Authors who have said yes."""
        return self.filter(confirmed_at__isnull=False)

    def of(self, user: Visitor) -> Self:
        """The confirmed authorships of ``user``."""
        return self.confirmed().filter(user=user.pk) if user.is_authenticated else self.none()


class PracticeAuthor(models.Model):
    """A person or an organisation whose experience a practice is.

    Name and position are never copied here: each page asks what the consent of the person allows
    today. An account that is erased leaves an author without a name.
    """

    practice = models.ForeignKey(
        PracticePage,
        verbose_name=_("practice"),
        on_delete=models.CASCADE,
        related_name="authors",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practice_authorships",
    )
    # Where the experience was made: the «address» to which colleagues may come.
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # Empty while a co-author has not answered the invitation.
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = PracticeAuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author of a practice")
        verbose_name_plural = _("authors of practices")
        ordering = ["practice", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "user"],
                condition=Q(user__isnull=False),
                name="practices_author_once",
                violation_error_message=_("This person is among the authors already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.user_id or self.organisation_id}"


class PracticeFile(models.Model):
    """A file that some version of a practice has: authors and reviewers open it through this.

    ``PracticeMaterial`` of the published version opens it to everybody.
    """

    practice = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey("core.PrivateFile", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("file of a practice")
        verbose_name_plural = _("files of practices")
        constraints = [
            models.UniqueConstraint(fields=["practice", "file"], name="practices_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.file_id}"
