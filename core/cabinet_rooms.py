"""What the ground itself puts into the cabinet: notices and how often they come by e-mail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.cabinet import register_cabinet_panel, register_cabinet_section
from core.chrome import Chrome
from core.models import Notice

PANEL_LENGTH = 5

register_cabinet_section(
    order=80,
    title=_("Notices"),
    url_name="notices",
    # The header shows the same number: it is counted once.
    count=lambda request: Chrome.of(request).unread,
)


@register_cabinet_panel(order=80, template="cabinet/panels/notices.html")
def last_notices(request: HttpRequest) -> dict[str, Any]:
    """The newest notices; before the first one a sentence says what will stand here."""
    return {"notices": list(Notice.objects.filter(recipient=request.user.pk)[:PANEL_LENGTH])}
