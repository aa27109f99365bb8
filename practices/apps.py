"""The bank of practices: what teachers publish of their experience, and how it is reviewed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = _("Practices")

    def ready(self) -> None:
        from core.page_cache import allow_query
        from practices import (  # noqa: F401 - they register
            cabinet_front,
            catalogue,
            journal,
            permissions,
            personal_records,
        )
        from practices.queries.selection import PracticeSelection

        allow_query(*PracticeSelection.kept_parameters())
