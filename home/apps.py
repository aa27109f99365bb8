"""The public face of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from core.page_cache import allow_query
        from home import cabinet_front, front, personal_records  # noqa: F401 - they register
        from home.queries.selection import Selection
        from home.services import labels, old_addresses, roles

        allow_query(*Selection.kept_parameters())
        labels.connect_signals()
        old_addresses.connect_signals()
        roles.connect_signals()
