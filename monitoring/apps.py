"""Road maps, indicators and what feeds the reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from monitoring import front, personal_records, signal_handlers  # noqa: F401

        signal_handlers.connect()
