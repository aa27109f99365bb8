"""What the set-up and the demonstration have once made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupRecord(models.Model):
    """A thing that the set-up made once and will never make again.

    Without this memory a page that an editor deleted or gave a new address would come back with
    the next start of the portal.
    """

    key = models.CharField(_("key"), max_length=160, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("set-up record")
        verbose_name_plural = _("set-up records")

    def __str__(self) -> str:
        return self.key
