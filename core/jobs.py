"""What the ground does at set times."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from core.enums import Access
from core.models import Card, DeskWord
from core.registries import register_scheduled_job
from core.search.desk_texts import desk_texts
from core.search.spelling import forget_words
from core.services.letter_sending import forget_old_letters
from core.services.notices import write_digests
from core.services.private_files import remove_unused
from core.services.private_uploads import remove_expired_uploads
from core.services.record_cards import refresh_record_cards


@register_scheduled_job(every=timedelta(seconds=30))
def publish_scheduled() -> None:
    """Publish what has reached its time and take down what has expired."""
    call_command("publish_scheduled")


@register_scheduled_job(every=timedelta(hours=24))
def refresh_search_norms() -> None:
    """Reckon anew how short titles rank against long ones in the admin search."""
    backend = get_search_backend()
    backend.get_index_for_model(Page)._refresh_title_norms(full=True)


@register_scheduled_job(every=timedelta(hours=24))
def forget_search_words() -> None:
    """Stop offering words of texts that are closed, changed or gone."""
    cards = Card.objects.filter(access=Access.PUBLIC).only("title", "summary", "text")
    texts = cards.iterator(chunk_size=500)
    forget_words(f"{card.title} {card.summary} {card.text}" for card in texts)
    forget_words(desk_texts(), store=DeskWord)


@register_scheduled_job(every=timedelta(hours=1))
def remove_unused_private_files() -> None:
    """Delete what people uploaded and then did not hand in, and what came only in part."""
    remove_unused()
    remove_expired_uploads()


@register_scheduled_job(every=timedelta(hours=24))
def renew_record_cards() -> None:
    """Take from lists and search what has ended by its date, as an organisation that closed."""
    refresh_record_cards()


@register_scheduled_job(every=timedelta(hours=24))
def remove_old_letters() -> None:
    """Forget to whom the portal wrote a month ago."""
    forget_old_letters()


@register_scheduled_job(every=timedelta(hours=24))
def remove_task_results() -> None:
    """Forget what the task queue has done; without a queue nothing of it is kept."""
    if isinstance(task_backends["default"], DatabaseBackend):
        call_command("prune_db_task_results", queue_name="*", min_age_days=14)


@register_scheduled_job(every=timedelta(minutes=10))
def write_daily_letters() -> None:
    """One letter a day to those who want notices together."""
    write_digests()
