"""Addresses of the admin that speak of one thing, and how they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Collection, Site

from tests.admin_table.world import Numbers

# They say nothing and ask nothing of who comes.
FOR_ALL = {
    *("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", ""),
    *("wagtailadmin_password_reset_done", "wagtailadmin_password_reset_complete"),
    *("wagtailadmin_password_reset_confirm", "wagtailadmin_javascript_catalog"),
    *("wagtailadmin_sprite", "wagtail_localize:javascript_catalog"),
    # Whoever is signed in hears so, whoever is not is sent to the log-in.
    "still_signed_in",
    # Closed to everybody, as test_admin_addresses tries.
    "wagtailadmin_error_test",
}
MISSING = 999_999
# Rows that any request may write, or the first look of a person.
SESSIONS = {
    *("django_session", "usersessions_usersession"),
    *("wagtailusers_userprofile", "core_sitesettings"),
}


def addresses(
    patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Full name and form of every address below ``patterns``."""
    for pattern in patterns:
        form = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, form, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")).strip(":"), form


def of_admin() -> list[tuple[str, str]]:
    """Name and form of every address below /admin/."""
    found = addresses(get_resolver().url_patterns)
    return [(name, form) for name, form in found if form.lstrip("^").startswith("admin/")]


def numbered() -> list[tuple[str, str, dict[str, Any]]]:
    """Name, form and given words of every address with a part to fill.

    What one address does by a word (an action on many things, an action of the API, a form of
    settings) stands as so many addresses; the word is the end of the name.
    """
    found: list[tuple[str, str, dict[str, Any]]] = []
    for name, form in of_admin():
        if "<" not in form or (name and name in FOR_ALL):
            continue
        if name == "wagtail_bulk_action":
            found += [
                (f"{name}:{words['model_name']}:{words['action']}", form, words)
                for words in _bulk_actions()
            ]
        elif name == "wagtailadmin_api:pages:action":
            found += [
                (f"{name}:{action}", form, {"action_name": action})
                for action in PagesAdminAPIViewSet.actions
            ]
        elif name.startswith("wagtailsettings:"):
            # Without a number it only leads to the one with the number.
            if "<int:pk>" not in form:
                continue
            found += [(f"{name}:{words['model_name']}", form, words) for words in _settings()]
        elif "<str:mode>" in form:
            found.append((f"{name}:mode", form, {}))
        else:
            # The package's own address behind ours, which has no name.
            found.append((name or "wagtail_localize:update_translations", form, {}))
    return found


def _bulk_actions() -> list[dict[str, Any]]:
    bulk_action_registry._scan_for_bulk_actions()
    return [
        {"app_label": app, "model_name": model, "action": action}
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]


def _settings() -> list[dict[str, Any]]:
    return [
        {
            "app_name": model._meta.app_label,
            "model_name": model._meta.model_name,
            "pk": Site.objects.get().pk if issubclass(model, BaseSiteSetting) else model.load().pk,
        }
        for model in settings_registry
    ]


def numbers_for(numbers: Numbers, name: str) -> dict[str, Any] | None:
    """What fills the address of this name; None: these things have nothing for it."""
    return next((values for mask, values in numbers.items() if fnmatchcase(name, mask)), None)


def filled(form: str, values: dict[str, Any]) -> str:
    """The address with its parts filled; a part without a value is a KeyError."""
    named = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)", r"<\1>", form)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), named)
    return "/" + re.sub(r"[\^$\\]", "", path)


def opened(answer: HttpResponse) -> bool:
    """Whether the address is open: not sent to the first page or the entrance, not forbidden."""
    sent_away = answer.status_code == 302 and re.match(
        r"/admin/$|/account/log-in/", answer.headers["Location"]
    )
    return not sent_away and answer.status_code != 403


class Writes:
    """Tables that were written to, leaving out the sessions of people."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        found = re.match(r'\s*(INSERT|UPDATE|DELETE)[^"]* "(\w+)"', sql, re.I)
        result = execute(sql, params, many, context)
        # What an insert returns hides the number of its rows.
        if found and (found[1].upper() == "INSERT" or context["cursor"].rowcount):
            self.tables |= {found[2]} - SESSIONS
        return result


def ask(
    client: Client, method: str, address: str, data: dict[str, Any] | None = None
) -> tuple[HttpResponse, set[str]]:
    """The answer, and the tables that were written to."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        answer = getattr(client, method)(address, data or {})
    # No page shows them here, so they would pile up, and every request would read them all.
    client.cookies.pop("messages", None)
    return answer, writes.tables


def _places() -> dict[str, Any]:
    """Where the actions put things: a page, a folder, a role."""
    folder = Collection.get_first_root_node().get_children().first()
    return {
        "chooser": Site.objects.get().root_page_id,
        "collection": folder.pk,
        "role": Group.objects.first().pk,  # type: ignore[union-attr]
    }


def forms_of_actions(things: dict[str, Any], places: dict[str, Any]) -> dict[str, Any]:
    """What the confirmed forms of all actions ask for: on many things, and of the API."""
    asked = {
        **places,
        "id": things.get("pk"),
        "tags": "метка",
        "mark_as_active": "False",
        "destination_page_id": things.get("destination_id"),
        "slug": "kopiya",
        "locale": "en",
        "revision_id": things.get("revision_id"),
        "position": "first-child",
    }
    return {name: value for name, value in asked.items() if value is not None}


@dataclass(frozen=True)
class Target:
    """An address filled with the numbers of one thing."""

    name: str
    scope: str
    address: str
    data: dict[str, Any]


def targets(scopes: dict[str, Numbers], *, number: int | None = None) -> Iterator[Target]:
    """Every numbered address with the things of every scope that has any for it.

    With ``number`` that one stands in the place of all others, where there are any.
    """
    places = _places()
    for name, form, words in numbered():
        for scope, numbers in scopes.items():
            things = numbers_for(numbers, name)
            if things is None and not (name.startswith("wagtailsettings:") and scope == "portal"):
                continue
            data = forms_of_actions(things or {}, places)
            values = {**(things or {}), **words}
            if number is not None:
                given = values
                values = {key: number if isinstance(it, int) else it for key, it in values.items()}
                if filled(form, values) == filled(form, given):
                    continue
            yield Target(name, scope, filled(form, values), data)
