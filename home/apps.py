"""The public face of the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Public site")

    def ready(self) -> None:
<<<<<<< HEAD
        from home import front  # noqa: F401 - registers its parts
        from home.services import labels
=======
        from home.services import labels, roles
>>>>>>> d9ffc33 (Roles, the two steps of approval, folders: set up once, in Russian; missing admin strings; superusers are closed to others)

        labels.connect_signals()
        roles.connect_signals()
