"""The first page of the cabinet: what all apps have for the person who signed in."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.cabinet import CabinetMixin, cabinet_panels, cabinet_tasks
from core.cabinet_shelves import cabinet_shelves

# Of each source; the room of the source shows the rest.
TASKS_SHOWN = 5
# Of each shelf; its rooms hold the rest.
SHELF_LENGTH = 5


class CabinetHome(CabinetMixin, TemplateView):
    """What waits for the person, what is one's own, and the parts that apps have registered."""

    template_name = "cabinet/home.html"

    def get_title(self) -> str:
        name = self.request.user.first_name  # type: ignore[union-attr]
        return _("Good day, %(name)s") % {"name": name} if name else _("Cabinet")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            tasks=cabinet_tasks(user, limit=TASKS_SHOWN),
            shelves=cabinet_shelves(user, limit=SHELF_LENGTH),
            panels=[
                render_to_string(template, context, request=self.request)
                for template, context in cabinet_panels(self.request)
            ],
            **kwargs,
        )
