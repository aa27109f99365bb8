"""`manage.py load_demo`: invented content on top of the structure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.bulk import writing_much
from home.services.demo import DemoRefusedError, ensure_demo_allowed, load_demo
from home.services.demo_people import DEMO_PASSWORD, load_demo_people
from home.services.demo_practice_reviews import load_demo_reviews
from home.services.demo_practices import load_demo_practices
from home.services.demo_teachers import load_demo_teachers
from home.services.demo_translations import load_demo_translations
from home.services.setup import set_up_portal
from home.services.structure import read_data


class Command(BaseCommand):
    help = "Load the demonstration content and accounts (safe to repeat)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ensure_demo_allowed()
        except DemoRefusedError as error:
            raise CommandError(str(error)) from error
        with writing_much():
            set_up_portal()
            load_demo()
            load_demo_translations()
            logins = load_demo_people()
            load_demo_teachers()
            load_demo_practices()
            load_demo_reviews(read_data("demo_content.json"))
        for login in logins:
            self.stdout.write(f"  {login.email:24} {login.role:24} {login.name}")
        if logins:
            self.stdout.write(f"  Пароль для всех: {DEMO_PASSWORD}")
