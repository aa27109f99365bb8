"""What the ground does at set times."""

from datetime import timedelta

from django.core.management import call_command

from core.registries import register_scheduled_job


@register_scheduled_job(every=timedelta(seconds=30))
def publish_scheduled() -> None:
    """Publish what has reached its time and take down what has expired."""
    call_command("publish_scheduled")
