"""What the review does at set times."""

from datetime import timedelta

from core.registries import register_scheduled_job
from practices.services.review_terms import remind_of_terms


@register_scheduled_job(every=timedelta(hours=1))
def remind_reviewers() -> None:
    """Remind of practices whose term has passed; only what nobody was told of yet."""
    remind_of_terms()
