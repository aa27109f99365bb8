"""Names of the things a page can depend on."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import models

# Carried by every stored page.
EVERYTHING = "all"
FRAME = ("wagtailcore.site", "wagtailcore.locale")
MENU = "menu"
SCHEDULE = "schedule"
# Whether places in the tree still mean the same pages.
PATHS = "paths"


def page(pk: Any) -> str:
    """Everything a page shows."""
    return f"page:{pk}"


def address(pk: Any) -> str:
    """What others show of a page: title, address, whether it is published and open to all."""
    return f"address:{pk}"


def below(path: str, depth: int | None = None) -> str:
    """Which pages stand below a place of the tree, at one depth or at any."""
    return f"below:{path}:{depth or '*'}"


def pages(model: type[models.Model], relation: str = "", value: Any = "") -> str:
    """Which published pages of a type exist: all, or those that lead to one thing."""
    label = model._meta.label_lower
    return f"pages:{label}:{relation}={value}" if relation else f"pages:{label}"


def own_relations(model: type[models.Model]) -> tuple[models.ForeignKey, ...]:
    """The columns by which a page type leads to other things."""
    return tuple(
        field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and not field.remote_field.parent_link
        if model._meta.parents
    )


def translations(key: Any) -> str:
    """In which languages a page exists."""
    return f"translations:{key}"


def cards(kind: str = "", language: str = "") -> str:
    """The published things of one kind and language; an empty part means any."""
    return f"cards:{kind or '*'}:{language or '*'}"


def topic(pk: Any) -> str:
    """The published things that carry a topic."""
    return f"topic:{pk}"


def tag_of(thing: Any) -> str:
    """The tag of a model class, of one object, or the tag itself."""
    if isinstance(thing, str):
        return thing
    if isinstance(thing, type) and issubclass(thing, models.Model):
        return thing._meta.concrete_model._meta.label_lower
    if is_page_class(type(thing)):
        return page(thing.pk)
    return f"{thing._meta.concrete_model._meta.label_lower}:{thing.pk}"


@cache
def is_page_class(model: type) -> bool:
    """Whether the model is a page type."""
    from wagtail.models import Page

    return issubclass(model, Page)
