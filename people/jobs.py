"""What the people's app does at set times."""

from datetime import timedelta

from core.registries import register_scheduled_job
from people import retention_terms  # noqa: F401 - terms register themselves
from people.services.corrections import remind_deciders
from people.services.data_copies import make_waiting_copies, remove_expired_copies
from people.services.retention import purge_expired


@register_scheduled_job(every=timedelta(seconds=10))
def make_copies_of_data() -> None:
    """Copies that people have asked for: beside the requests, since files may be large."""
    make_waiting_copies()


@register_scheduled_job(every=timedelta(hours=1))
def remove_copies_of_data() -> None:
    """A copy is there for a week."""
    remove_expired_copies()


@register_scheduled_job(every=timedelta(hours=24))
def purge_what_has_expired() -> None:
    """Nothing is kept longer than its term says."""
    purge_expired()


@register_scheduled_job(every=timedelta(hours=24))
def remind_of_corrections() -> None:
    """The law counts the days of an answer."""
    remind_deciders()
