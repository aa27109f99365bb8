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
            review_front,
            review_jobs,
            review_records,
        )
        from practices.notifications import connect as connect_notices
        from practices.queries.selection import PracticeSelection
        from practices.review_signals import connect as connect_review

        allow_query(*PracticeSelection.kept_parameters())
        connect_notices()
        connect_review()
