"""A link that an editor puts into a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.languages import link_to
from core.permissions import is_signed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


class LinkValue(blocks.StructValue):
    """Knows where the link leads."""

    def href_for(self, user: User | AnonymousUser | None) -> str:
        """The page in the language of the reader, where it is translated, or the address."""
        page = self["page"]
        if not page:
            return str(self["url"])
        return link_to(page, signed_in=user is not None and is_signed_in(user))


class LinkBlock(blocks.StructBlock):
    """A link inside the portal or outside."""

    text = blocks.CharBlock(label=_("Words of the link"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Or an address"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: dict) -> dict:
        value = super().clean(value)
        chosen = [name for name in ("page", "url") if value[name]]
        # A draft may be saved before the link is chosen.
        if len(chosen) != 1 and not (self.is_deferred_validation and not chosen):
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("Choose a page or give an address: one of the two."))}
            )
        return value
