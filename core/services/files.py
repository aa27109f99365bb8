"""Who may open an uploaded file, and how a service stores one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from modelsearch import index
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import Collection, DraftStateMixin, Page, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from core.models import PortalDocument
from core.permissions import page_visible_to, restrictions_met

if TYPE_CHECKING:
    from core.permissions import Visitor
    from people.models import User

FilePredicate = Callable[[Any, "Visitor"], bool]
_predicates: dict[type[models.Model], FilePredicate] = {}


def register_file_owner(model: type[models.Model]) -> Callable[[FilePredicate], FilePredicate]:
    """Decorate ``(object, user) -> bool``: who may open the files that objects of ``model`` hold.

    Pages, snippets and site settings need no registration. Files of every other model stay closed
    until its app says here who may open them.
    """

    def register(predicate: FilePredicate) -> FilePredicate:
        _predicates[model] = predicate
        return predicate

    return register


def file_visible_to(
    document: PortalDocument,
    user: Visitor,
    *,
    passed_pages: Iterable[int] = (),
    passed_collections: Iterable[int] = (),
) -> bool:
    """Whether ``user`` may open the file.

    A file leaves only when the collection allows it and something published that the user may see
    refers to it, or when the user may change or choose it in the admin. The numbers are those of
    the restrictions whose password the visitor has entered.
    """
    if not restrictions_met(
        document.collection.get_view_restrictions(), user, passed=passed_collections
    ):
        return False
    if _may_handle(document, user):
        return True
    passed = frozenset(passed_pages)
    return any(_owner_allows(owner, user, passed) for owner in _owners(document))


@transaction.atomic
def store_file(
    *, name: str, content: bytes, title: str = "", user: User | None = None
) -> PortalDocument:
    """Check and store a file; ``name`` is what a reader will get it under.

    Raises ValidationError (field ``file``) when the content is refused.
    """
    document = PortalDocument(
        title=(title or name)[:255],
        file=ContentFile(content, name),
        collection=Collection.get_first_root_node(),
        uploaded_by_user=user,
    )
    document.full_clean()
    document._set_document_file_metadata()
    document.save()
    index.insert_or_update_object(document)
    return document


def _may_handle(document: PortalDocument, user: Visitor) -> bool:
    """Whether the user works with this file in the admin."""
    if not (user.is_authenticated and user.has_perm("wagtailadmin.access_admin")):
        return False
    policy = policy_registry.get_by_type(PortalDocument)
    return policy.user_has_any_permission_for_instance(user, ["change", "choose"], document)


def _owners(document: PortalDocument) -> Iterator[models.Model]:
    """Everything that refers to the file as it stands in the database, published or not."""
    seen = set()
    references = ReferenceIndex.get_references_to(document).values_list(
        "content_type__app_label", "content_type__model", "object_id"
    )
    for app_label, model_name, object_id in references:
        if (key := (app_label, model_name, object_id)) in seen:
            continue
        seen.add(key)
        model = apps.get_model(app_label, model_name)
        owner = model._default_manager.filter(pk=object_id).first()
        if owner is not None:
            yield owner


def _owner_allows(owner: models.Model, user: Visitor, passed_pages: frozenset[int]) -> bool:
    """Whether ``owner`` is something published that the user may see. Denied by default."""
    for model, predicate in _predicates.items():
        if isinstance(owner, model):
            return predicate(owner, user)
    if isinstance(owner, Page):
        return page_visible_to(owner, user, passed=passed_pages)
    if isinstance(owner, BaseSiteSetting | BaseGenericSetting):
        return True
    if isinstance(owner, DraftStateMixin):
        return owner.live and not (owner.expire_at and owner.expire_at <= timezone.now())
    return isinstance(owner, tuple(get_snippet_models()))
