"""The public face of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from home import front  # noqa: F401 - registers its parts
        from home.services import labels, roles

        labels.connect_signals()
        roles.connect_signals()
