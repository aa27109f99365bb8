"""Makes the table of the bare page and one page."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare.settings"

import django

django.setup()

from django.core.management import call_command

from bench.bare.models import BarePage

call_command("migrate", verbosity=0)
if not BarePage.objects.exists():
    from wagtail.models import Page

    home = Page.objects.get(depth=2)
    home.add_child(instance=BarePage(title="Страница", slug="page", body="Слово за словом. " * 80))
