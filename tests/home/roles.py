"""What each row of docs/roles.md means: a real request to the admin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, DraftStateMixin, Page, Site, Task, Workflow

from core.models import CalendarDay, PortalDocument, PortalImage, Topic
from home.models import DocumentType, HomePage, NewsPage, Rubric
from people.models import Organisation, RetentionRules, StaffRules, Subject, User
from practices.models import ChecklistPoint, PracticeKind, ReviewCriterion, ReviewRules
from tests.factories.core import (
    PDF_BYTES,
    CalendarDayFactory,
    PortalDocumentFactory,
    PortalImageFactory,
    TopicFactory,
    png_bytes,
)
from tests.factories.home import DocumentTypeFactory, RubricFactory
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import OrganisationFactory, SubjectFactory
from tests.factories.practices import (
    ChecklistPointFactory,
    PracticeKindFactory,
    ReviewCriterionFactory,
)
from tests.home.desk import Desk, gone, probe, screen

ADD = "wagtailadmin_pages:add"
EDIT = "wagtailadmin_pages:edit"
screen("создать новость", ADD, "home", "newspage", lambda d: d.tree.news.pk)
screen("создать документ", ADD, "home", "documentpage", lambda d: d.tree.library.pk)
screen("создать страницу в разделе", ADD, "home", "standardpage", lambda d: d.section.pk)
screen("создать раздел на главной", ADD, "home", "sectionpage", lambda d: d.tree.home.pk)
screen("создать страницу темы", ADD, "home", "topicpage", lambda d: d.tree.topics.pk)
screen("изменить главную страницу", EDIT, lambda d: HomePage.objects.get().pk)
screen("изменить свой черновик", EDIT, lambda d: d.news().pk)
screen("изменить чужую новость", EDIT, lambda d: d.news(owner=d.others["author"]).pk)
screen("снять с публикации", "wagtailadmin_pages:unpublish", lambda d: d.news(live=True).pk)
screen("переместить свой черновик", "wagtailadmin_pages:move", lambda d: d.news().pk)
screen("переместить страницу", "wagtailadmin_pages:move", lambda d: d.news(live=True).pk)
screen("закрыть страницу паролем", "wagtailadmin_pages:set_privacy", lambda d: d.news(live=True).pk)
screen(
    "отправить страницу на перевод",
    "wagtail_localize:submit_page_translation",
    lambda d: d.news(live=True).pk,
)
gone("удалить свой черновик", "wagtailadmin_pages:delete", lambda d: d.news())
gone("удалить опубликованную страницу", "wagtailadmin_pages:delete", lambda d: d.news(live=True))


@probe("отправить на проверку")
def _submit(desk: Desk) -> bool:
    page = desk.news()
    desk.save(page, **{"action-submit": "1"})
    return bool(NewsPage.objects.get(pk=page.pk).workflow_in_progress)


@probe("одобрить на первом шаге")
def _approve_first(desk: Desk) -> bool:
    return desk.decides("approve", step=1)


@probe("вернуть на первом шаге")
def _return_first(desk: Desk) -> bool:
    return desk.decides("reject", step=1)


@probe("утвердить на втором шаге")
def _approve_second(desk: Desk) -> bool:
    return desk.decides("approve", step=2)


@probe("опубликовать без проверки")
def _publish(desk: Desk) -> bool:
    page = desk.news()
    desk.save(page, **{"action-publish": "1"})
    return NewsPage.objects.get(pk=page.pk).live


@probe("назначить время публикации без проверки")
def _schedule(desk: Desk) -> bool:
    page = desk.news()
    tomorrow = timezone.localtime() + timedelta(days=1)
    desk.save(page, **{"action-publish": "1", "go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M")})
    return bool(NewsPage.objects.get(pk=page.pk).approved_schedule)


@probe("заблокировать страницу")
def _lock(desk: Desk) -> bool:
    page = desk.news(live=True)
    desk.post("wagtailadmin_pages:lock", page.pk)
    return NewsPage.objects.get(pk=page.pk).locked


@probe("снять чужую блокировку")
def _unlock(desk: Desk) -> bool:
    page = desk.news(live=True)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=desk.others["author"])
    desk.post("wagtailadmin_pages:unlock", page.pk)
    return not NewsPage.objects.get(pk=page.pk).locked


LISTS: tuple[tuple[str, type[Any], Callable[[], Any]], ...] = (
    ("тему", Topic, TopicFactory),
    ("рубрику", Rubric, lambda: RubricFactory(slug="proba", name="Проба")),
    ("тип документа", DocumentType, lambda: DocumentTypeFactory(slug="proba", name="проба")),
    ("вид практики", PracticeKind, lambda: PracticeKindFactory(slug="proba", name="Проба")),
    ("организацию", Organisation, OrganisationFactory),
    ("предмет", Subject, SubjectFactory),
)
for _name, _model, _make in LISTS:
    _space = f"wagtailsnippets_{_model._meta.app_label}_{_model._meta.model_name}"
    screen(f"добавить {_name}", f"{_space}:add")
    screen(f"изменить {_name}", f"{_space}:edit", lambda d, make=_make: make().pk)
    if issubclass(_model, DraftStateMixin):
        screen(
            f"снять с публикации {_name}", f"{_space}:unpublish", lambda d, make=_make: make().pk
        )
    gone(f"удалить {_name}", f"{_space}:delete", lambda d, make=_make: make())

REVIEW: tuple[tuple[str, type[Any], Callable[[], Any]], ...] = (
    ("пункт формальной проверки", ChecklistPoint, ChecklistPointFactory),
    ("критерий экспертизы", ReviewCriterion, ReviewCriterionFactory),
    ("день календаря", CalendarDay, CalendarDayFactory),
)
for _name, _model, _make in REVIEW:
    _space = f"wagtailsnippets_{_model._meta.app_label}_{_model._meta.model_name}"
    screen(f"добавить {_name}", f"{_space}:add")
    screen(f"изменить {_name}", f"{_space}:edit", lambda d, make=_make: make().pk)
gone(
    "удалить день календаря",
    "wagtailsnippets_core_calendarday:delete",
    lambda d: CalendarDayFactory(),
)
screen(
    "изменить правила экспертизы практик",
    "wagtailsettings:edit",
    "practices",
    "reviewrules",
    lambda d: ReviewRules.load().pk,
)

screen(
    "изменить правила реестра",
    "wagtailsettings:edit",
    "people",
    "staffrules",
    lambda d: StaffRules.load().pk,
)
screen(
    "изменить сроки хранения персональных данных",
    "wagtailsettings:edit",
    "people",
    "retentionrules",
    lambda d: RetentionRules.load().pk,
)

RECORDS: tuple[tuple[str, str, Callable[[], Any]], ...] = (
    ("дорожную карту", "roadmap", RoadMapFactory),
    ("показатель", "indicator", IndicatorFactory),
    ("меру", "measure", MeasureFactory),
)
for _name, _model_name, _make in RECORDS:
    _space = f"wagtailsnippets_monitoring_{_model_name}"
    screen(f"добавить {_name}", f"{_space}:add")
    screen(f"изменить {_name}", f"{_space}:edit", lambda d, make=_make: make().pk)
    screen(f"снять с публикации {_name}", f"{_space}:unpublish", lambda d, make=_make: make().pk)
    gone(f"удалить {_name}", f"{_space}:delete", lambda d, make=_make: make())
screen(
    "подтвердить факт показателя",
    "wagtailsnippets_monitoring_indicator:confirm",
    lambda d: IndicatorFactory().pk,
)


@probe("загрузить картинку")
def _upload_image(desk: Desk) -> bool:
    file = SimpleUploadedFile("photo.png", png_bytes(), "image/png")
    root = Collection.get_first_root_node()
    desk.post("wagtailimages:add", title="Проба", file=file, collection=root.pk)
    return PortalImage.objects.filter(uploaded_by_user=desk.user).exists()


@probe("загрузить файл")
def _upload_document(desk: Desk) -> bool:
    file = SimpleUploadedFile("prikaz.pdf", PDF_BYTES, "application/pdf")
    root = Collection.get_first_root_node()
    desk.post("wagtaildocs:add", title="Проба", file=file, collection=root.pk)
    return PortalDocument.objects.filter(uploaded_by_user=desk.user).exists()


def _image(desk: Desk, *, own: bool = False) -> Any:
    return PortalImageFactory(uploaded_by_user=desk.user if own else desk.others["author"])


def _file(desk: Desk, *, own: bool = False) -> Any:
    return PortalDocumentFactory(uploaded_by_user=desk.user if own else desk.others["author"])


screen("изменить свою картинку", "wagtailimages:edit", lambda d: _image(d, own=True).pk)
screen("изменить чужую картинку", "wagtailimages:edit", lambda d: _image(d).pk)
gone("удалить чужую картинку", "wagtailimages:delete", _image)
screen("изменить свой файл", "wagtaildocs:edit", lambda d: _file(d, own=True).pk)
screen("изменить чужой файл", "wagtaildocs:edit", lambda d: _file(d).pk)
gone("удалить чужой файл", "wagtaildocs:delete", _file)


def _folder(desk: Desk) -> Collection:
    return Collection.get_first_root_node().add_child(name="Проба")


screen("добавить папку", "wagtailadmin_collections:add")
screen("переименовать папку", "wagtailadmin_collections:edit", lambda d: _folder(d).pk)
gone("удалить папку", "wagtailadmin_collections:delete", _folder)

USERS = "wagtailusers_users"
screen("увидеть список пользователей", f"{USERS}:index")
screen("добавить пользователя", f"{USERS}:add")
screen("изменить пользователя", f"{USERS}:edit", lambda d: d.others["author"].pk)


@probe("снять чужой второй фактор")
def _take_factor(desk: Desk) -> bool:
    return _asks_to_be_sure(desk, desk.others["author"])


@probe("снять второй фактор с себя")
def _take_own_factor(desk: Desk) -> bool:
    return _asks_to_be_sure(desk, desk.user)


def _asks_to_be_sure(desk: Desk, account: User) -> bool:
    """Whoever may is asked for the password once more; the others go back to the first page."""
    answer = desk.client.get(reverse(f"{USERS}:lost_factor", args=[account.pk]))
    return answer.headers["Location"].startswith(reverse("account_reauthenticate"))


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
    lambda d: Workflow.objects.earliest("pk").pk,
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
