"""Groups of the admin and what each of them may do.

The same is said in words in docs/roles.md, and a test asks the admin about every cell of that
table. A permission is granted once: what an administrator took away later stays away, and a
permission that a new version adds reaches the groups that exist already.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.signals import page_published

from home.models import (
    DocumentLibraryPage,
    HomePage,
    NewsIndexPage,
    SectionPage,
    SetupRecord,
)
from people.enums import Role

ALL = ("add", "change", "delete")
# Lists with drafts, and with them the one that has none.
DRAFTED_LISTS = (
    *("core.topic", "home.rubric", "home.documenttype", "people.subject"),
    "practices.practicekind",
)
LISTS = (*DRAFTED_LISTS, "people.organisation")
# By what practices are reviewed; what is not used any more is switched off, never deleted.
REVIEW_LISTS = ("practices.checklistpoint", "practices.reviewcriterion")
ROAD_MAP = ("monitoring.roadmap", "monitoring.indicator", "monitoring.measure")


def _on(actions: Iterable[str], *models: str) -> set[str]:
    """``app.action_model`` for every pair of action and model."""
    return {
        f"{app}.{action}_{model}"
        for action in actions
        for app, model in (name.split(".") for name in models)
    }


_EDITOR = {"wagtailadmin.access_admin"}
_METHODIST = {
    *_EDITOR,
    "wagtail_localize.submit_translation",
    *_on(("add", "change"), *LISTS),
    *_on(("publish",), *DRAFTED_LISTS),
    *_on(("change",), *ROAD_MAP),
}
_COORDINATOR = {
    *_METHODIST,
    *_on(("delete",), *LISTS),
    *_on(("add", "publish", "lock", "unlock"), *ROAD_MAP),
    "monitoring.confirm_indicator_fact",
    "people.change_staffrules",
    *_on(("add", "change"), *REVIEW_LISTS),
    *_on(ALL, "core.calendarday"),
    "practices.change_reviewrules",
    *_on(ALL, "wagtailredirects.redirect", "wagtailsearchpromotions.searchpromotion"),
}
_ADMINISTRATOR = {
    *_COORDINATOR,
    *_on(("delete",), *ROAD_MAP),
    "core.change_sitesettings",
    "core.change_letter",
    "people.change_retentionrules",
    *_on(ALL, "people.user", "auth.group"),
    *_on(ALL, "wagtailcore.locale", "wagtailcore.site"),
    *_on(ALL, "wagtailcore.workflow", "wagtailcore.task"),
}

# Permissions on records of a kind.
MODEL_PERMISSIONS: dict[Role, set[str]] = {
    Role.EDITOR: _EDITOR,
    Role.METHODIST: _METHODIST,
    Role.COORDINATOR: _COORDINATOR,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}
# Permissions on the whole page tree; editors have theirs on branches only (EDITOR_BRANCHES).
PAGE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.METHODIST: ("add", "change", "lock"),
    Role.COORDINATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
# Where editors write: news, documents and the sections below the home page.
EDITOR_BRANCHES = (NewsIndexPage, DocumentLibraryPage, SectionPage)
_FILES = ("wagtailimages.{}_image", "wagtaildocs.{}_document")
# Permissions on pictures and files: «add» includes editing one's own.
FILE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "choose"),
    Role.METHODIST: ("add", "change", "choose"),
    Role.COORDINATOR: ("add", "change", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "choose"),
}
COLLECTION_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.COORDINATOR: ("add", "change"),
    Role.ADMINISTRATOR: ALL,
}


@transaction.atomic
def set_up_roles() -> None:
    """Make the four groups and grant what was never granted before."""
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    granted, permissions = _Granted(), _Permissions()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.add(
            *[
                permissions[name]
                for name in sorted(MODEL_PERMISSIONS[role])
                if granted.first_time(role, name)
            ]
        )
        GroupPagePermission.objects.bulk_create(
            [
                GroupPagePermission(
                    group=group,
                    page=root,
                    permission_id=permissions[f"wagtailcore.{action}_page"],
                )
                for action in PAGE_PERMISSIONS.get(role, ())
                if granted.first_time(role, f"page.{action}")
            ],
            ignore_conflicts=True,
        )
        names = [form.format(action) for form in _FILES for action in FILE_PERMISSIONS[role]]
        names += [
            f"wagtailcore.{action}_collection" for action in COLLECTION_PERMISSIONS.get(role, ())
        ]
        GroupCollectionPermission.objects.bulk_create(
            [
                GroupCollectionPermission(
                    group=group, collection=collection, permission_id=permissions[name]
                )
                for name in names
                if granted.first_time(role, f"files.{name}")
            ],
            ignore_conflicts=True,
        )
    granted.remember()
    for model in EDITOR_BRANCHES:
        for page in model.objects.all():
            open_branch_to_editors(page=page)


@transaction.atomic
def open_branch_to_editors(*, page: Page) -> bool:
    """Let editors write below ``page`` if it is a section of the home page; True when it is new.

    Sections inside a section need nothing: permissions of a branch hold for all below it.
    """
    if not isinstance(page, EDITOR_BRANCHES):
        return False
    parent = page.get_parent()
    if not Group.objects.filter(name=Role.EDITOR.value).exists():
        return False
    if parent is None or parent.cached_content_type.model_class() is not HomePage:
        return False
    granted = _Granted()
    if not granted.first_time(Role.EDITOR, f"branch.{page.translation_key}.{page.locale_id}"):
        return False
    granted.remember()
    GroupPagePermission.objects.get_or_create(
        group=Group.objects.get(name=Role.EDITOR.value),
        page=page,
        permission=Permission.objects.get(
            content_type=ContentType.objects.get_for_model(Page), codename="add_page"
        ),
    )
    return True


def _on_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    open_branch_to_editors(page=instance)


def connect_signals() -> None:
    """A section made later is open to editors as soon as it is published."""
    page_published.connect(_on_published, dispatch_uid="editors_branch")


class _Granted:
    """The memory of what was granted, read once and written at the end."""

    def __init__(self) -> None:
        self._keys = set(
            SetupRecord.objects.filter(key__startswith="grant:").values_list("key", flat=True)
        )
        self._new: list[str] = []

    def first_time(self, role: Role, what: str) -> bool:
        """True the first time ever."""
        key = f"grant:{role.name.lower()}:{what}"
        if key in self._keys:
            return False
        self._keys.add(key)
        self._new.append(key)
        return True

    def remember(self) -> None:
        """Write down what was granted for the first time."""
        SetupRecord.objects.bulk_create([SetupRecord(key=key) for key in self._new])
        self._new.clear()


class _Permissions(dict[str, int]):
    """The number of each permission by ``app.codename``: read at once, there are hundreds."""

    def __init__(self) -> None:
        rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
        super().__init__({f"{app}.{codename}": pk for app, codename, pk in rows})

    def __missing__(self, name: str) -> int:
        """Those of drafts and locks are made when they lack."""
        app, codename = name.split(".")
        action, model = codename.split("_", 1)
        self[name] = Permission.objects.create(
            content_type=ContentType.objects.get_by_natural_key(app, model),
            codename=codename,
            name=f"Can {action} {model}",
        ).pk
        return self[name]
