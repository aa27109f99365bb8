"""The ground floor: what every other app stands on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Portal ground")

    def ready(self) -> None:
        from core import (  # noqa: F401 - jobs and rooms register themselves
            cabinet_rooms,
            date_inputs,
            impersonal_records,
            jobs,
            package_words,
            personal_records,
            signal_handlers,
            sqlite,
            translation_drafts,
        )
        from core.office.desk_tables import guard_desk_tables

        sqlite.connect()
        date_inputs.take_dates_literally()
        signal_handlers.connect()
        package_words.put_into_words()
        translation_drafts.keep_drafts()
        guard_desk_tables()
