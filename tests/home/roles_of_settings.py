"""The rows of docs/roles.md about accounts and about the portal itself."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Site, Task, Workflow

from people.models import User
from tests.home.roles import Desk, probe, screen

USERS = "wagtailusers_users"
screen("увидеть список пользователей", f"{USERS}:index")
screen("добавить пользователя", f"{USERS}:add")
screen("изменить пользователя", f"{USERS}:edit", lambda d: d.others["author"].pk)
screen("изменить суперпользователя", f"{USERS}:edit", lambda d: d.others["superuser"].pk)
screen("изменить группу", "wagtailusers_groups:edit", lambda d: Group.objects.first().pk)  # type: ignore[union-attr]
gone("удалить пользователя", f"{USERS}:delete", lambda d: d.others["author"])


@probe("сделать суперпользователя")
def _make_superuser(desk: Desk) -> bool:
    desk.post(
        f"{USERS}:add",
        email="proba@example.ru",
        first_name="Проба",
        last_name="Проба",
        password1="dlinnyj-parol-1",
        password2="dlinnyj-parol-1",
        is_superuser="on",
    )
    author = desk.others["author"]
    desk.post(
        f"{USERS}:edit",
        author.pk,
        email=author.email,
        first_name="А",
        last_name="Б",
        is_active="on",
        is_superuser="on",
    )
    return User.objects.filter(is_superuser=True).exclude(pk=desk.others["superuser"].pk).exists()


@probe("закрыть вход суперпользователю")
def _close_superuser(desk: Desk) -> bool:
    superuser = desk.others["superuser"]
    address = reverse("wagtail_bulk_action", args=["people", "user", "set_active_state"])
    desk.client.post(f"{address}?id={superuser.pk}", {"mark_as_active": "False"})
    superuser.refresh_from_db()
    return not superuser.is_active


screen(
    "изменить настройки портала",
    "wagtailsettings:edit",
    "core",
    "sitesettings",
    lambda d: Site.objects.get().pk,
)
screen("увидеть исходящие письма", "letters:index")
screen("изменить адрес сайта", "wagtailsites:edit", lambda d: Site.objects.get().pk)
screen("добавить язык", "wagtaillocales:add")
screen(
    "изменить порядок проверки",
    "wagtailadmin_workflows:edit",
    lambda d: Workflow.objects.get().pk,
)
screen(
    "изменить шаг проверки",
    "wagtailadmin_workflows:edit_task",
    lambda d: Task.objects.first().pk,  # type: ignore[union-attr]
)
screen("добавить перенаправление", "wagtailredirects:add")
screen("закрепить результат поиска", "wagtailsearchpromotions:add")
screen("отчёт: согласование", "wagtailadmin_reports:workflow")
screen("отчёт: история сайта", "wagtailadmin_reports:site_history")
screen("отчёт: давно не менявшиеся страницы", "wagtailadmin_reports:aging_pages")
screen("отчёт: виды страниц", "wagtailadmin_reports:page_types_usage")
screen("отчёт: заблокированные страницы", "wagtailadmin_reports:locked_pages")
