"""One of everything that has a number in an address of the admin: of one's own and of others."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import Collection, Locale, Page, Site, Task, UploadedFile, Workflow
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from core.models import PortalDocument, PortalImage
from core.services.letters import write_letter
from monitoring.models import RoadMap
from people.models import User
from tests.factories.core import (
    PDF_BYTES,
    CalendarDayFactory,
    PortalDocumentFactory,
    PortalImageFactory,
    TopicFactory,
    png_bytes,
)
from tests.factories.home import (
    DocumentPageFactory,
    DocumentTypeFactory,
    NewsPageFactory,
    RubricFactory,
    StandardPageFactory,
)
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import OrganisationFactory, SubjectFactory, UserFactory
from tests.factories.practices import (
    ChecklistPointFactory,
    PracticeKindFactory,
    ReviewCriterionFactory,
)

# Mask of the name of an address → the numbers and words of its parts; the first that fits counts.
Numbers = dict[str, dict[str, Any]]
BETWEEN = {"revision_id_a": "earliest", "revision_id_b": "latest"}
REVIEW = ("workflow_action", "collect_workflow", "confirm_workflow", "workflow_")
# What is done with the strings of a translation.
TRANSLATION = [
    f"wagtail_localize:{name}"
    for name in ("edit_*", "*_pofile", "machine_translate", "preview_*", "stop_*")
]
_years, _slugs = count(2030), count()


def _map() -> Any:
    year = next(_years)
    return RoadMapFactory(start_year=year, end_year=year)


def _named(factory: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: factory(slug=f"proba-{next(_slugs)}", name=f"Проба {next(_slugs)}")


MAKERS: dict[str, Callable[[], Any]] = {
    "core_topic": TopicFactory,
    "home_rubric": _named(RubricFactory),
    "home_documenttype": _named(DocumentTypeFactory),
    "practices_practicekind": _named(PracticeKindFactory),
    "people_organisation": OrganisationFactory,
    "people_subject": SubjectFactory,
    "practices_checklistpoint": ChecklistPointFactory,
    "practices_reviewcriterion": ReviewCriterionFactory,
    "core_calendarday": CalendarDayFactory,
    "monitoring_roadmap": _map,
    "monitoring_indicator": lambda: IndicatorFactory(road_map=RoadMap.objects.first() or _map()),
    "monitoring_measure": lambda: MeasureFactory(road_map=RoadMap.objects.first() or _map()),
}


def _in_review(record: Any, owner: User) -> dict[str, Any]:
    """Numbers of a record that stands at the step of a methodist."""
    record.save_revision(user=owner)
    state = record.get_workflow().start(record, owner)
    step = state.current_task_state
    return {
        "page_id": record.pk,
        "pk": record.pk,
        "action_name": "approve",
        "task_state_id": step.pk,
        "task_id": step.task_id,
        "workflow_state_id": state.pk,
    }


def _locked(record: Any, by: User) -> dict[str, Any]:
    """Numbers of a record that somebody has locked."""
    type(record).objects.filter(pk=record.pk).update(locked=True, locked_by=by)
    return {"page_id": record.pk, "pk": record.pk}


def _page(page: Page, parent: Page, owner: User, kind: str) -> Numbers:
    """Numbers of a page, and of two more of its kind: in review, and locked."""
    factory: Any = NewsPageFactory if kind == "newspage" else StandardPageFactory
    more = {"parent": parent, "owner": owner}
    review = _in_review(factory(**more, draft=True), owner)
    # A step that was finished may be looked at, too.
    locked = _locked(factory(**more), owner)
    model = {"content_type_app_name": "home", "content_type_model_name": kind}
    own = {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "pk": page.pk,
        "page_pk": page.pk,
        "destination_id": parent.pk,
        "parent_page_id": parent.pk,
        "revision_id": page.latest_revision.pk,
        "app_label": "home",
        "model_name": kind,
        **BETWEEN,
        **model,
    }
    session = EditingSession.objects.create(
        user=owner,
        content_type=ContentType.objects.get_for_model(page.specific_class),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
    )
    return {
        **{f"wagtailadmin_pages:{name}*": review for name in REVIEW},
        "wagtailadmin_pages:unlock": locked,
        "wagtailadmin_pages:*": own,
        "wagtailadmin_explore*": own,
        "wagtailadmin_choose_page_child": own,
        "wagtailadmin_api:pages:*": own,
        "wagtailadmin_editing_sessions:*": own | {"object_id": page.pk, "session_id": session.pk},
        "wagtail_localize:submit_page*": own,
        "wagtail_localize:convert_to_alias": own,
        "wagtail_bulk_action:page:*": own,
    }


def things_of(owner: User, tree: SimpleNamespace, *, live: bool) -> Numbers:
    """A news item, a document, a picture, a file and the account of ``owner``."""
    news = NewsPageFactory(parent=tree.news, owner=owner, draft=not live)
    document = DocumentPageFactory(parent=tree.library, owner=owner, with_file=True)
    image = PortalImageFactory(uploaded_by_user=owner).pk
    file = PortalDocumentFactory(uploaded_by_user=owner).pk
    new_image = _waiting(owner, PortalImage, ContentFile(png_bytes(), "photo.png"))
    new_file = _waiting(owner, PortalDocument, ContentFile(PDF_BYTES, "prikaz.pdf"))
    files = {"pk": file, "document_id": file, "doc_id": file, "uploaded_file_id": new_file.pk}
    pictures = {"pk": image, "image_id": image, "filter_spec": "original"}
    return {
        **_page(news, tree.news, owner, "newspage"),
        "document_version": {"page_id": document.pk},
        "wagtaildocs*": files,
        "wagtailadmin_api:documents:*": files,
        "wagtail_bulk_action:portaldocument:*": files,
        "wagtailimages*": pictures | {"uploaded_file_id": new_image.pk},
        "wagtailadmin_api:images:*": pictures,
        "wagtail_bulk_action:portalimage:*": pictures,
        "wagtailusers_users:*": {"pk": owner.pk},
        "wagtail_bulk_action:user:*": {"pk": owner.pk},
    }


def things_elsewhere(owner: User, tree: SimpleNamespace) -> Numbers:
    """A draft right below the home page, where no editor writes."""
    return _page(
        StandardPageFactory(parent=tree.home, owner=owner, draft=True),
        tree.home,
        owner,
        "standardpage",
    )


def _waiting(owner: User, model: type[Any], content: ContentFile) -> UploadedFile:
    """A file that came without a title and waits for one."""
    kind = ContentType.objects.get_for_model(model)
    return UploadedFile.objects.create(uploaded_by_user=owner, for_content_type=kind, file=content)


def things_of_the_portal(tree: SimpleNamespace) -> Numbers:
    """What belongs to nobody: lists, records, translations, the arrangement of the portal."""
    owner = UserFactory()
    english = Locale.objects.get_or_create(language_code="en")[0]
    workflow = Workflow.objects.create(name="Ещё одна проверка")
    task = Task.objects.first()
    folder = Collection.get_first_root_node().add_child(name="Папка")
    letter = write_letter(
        recipient="anna@example.org", message="second_factor_removed", context={}, user=owner
    )
    standard = StandardPageFactory(parent=tree.home)
    source = TranslationSource.get_or_create_from_instance(standard)[0]
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=False)
    strings = {
        "translation_id": translation.pk,
        "string_segment_id": StringSegment.objects.filter(source=source)[0].pk,
        "overridable_segment_id": OverridableSegment.objects.filter(source=source)[0].pk,
        "mode": "default",
    }
    numbers: Numbers = {
        "wagtailadmin_collections:*": {"pk": folder.pk, "collection_id": folder.pk},
        "wagtailadmin_workflows:*task*": {
            "pk": task.pk,
            "task_id": task.pk,  # type: ignore[union-attr]
            "app_label": "wagtailcore",
            "model_name": "groupapprovaltask",
        },
        "wagtailadmin_workflows:*": {
            "pk": workflow.pk,
            "workflow_pk": workflow.pk,
            "page_pk": standard.pk,
        },
        "wagtail_localize:*snippet*": {
            "app_label": "core",
            "model_name": "topic",
            "pk": TopicFactory().pk,
        },
        "*update_translations": {"translation_source_id": source.pk},
        **dict.fromkeys(TRANSLATION, strings),
        "wagtailredirects:*": {"redirect_id": Redirect.objects.create(old_path="/old").pk},
        "wagtailsearchpromotions:*": {"query_id": Query.get("наставник").pk},
        "letters:*": {"pk": letter.pk},
        "wagtaillocales:*": {"pk": english.pk},
        "wagtailsites:*": {"pk": Site.objects.get().pk},
        "wagtailusers_groups:*": {"pk": Group.objects.first().pk},  # type: ignore[union-attr]
        "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
        "editors_guide_chapter": {"chapter": "novosti"},
        "editors_guide_picture": {"name": "bloki.png"},
    }
    for model in get_snippet_models():
        numbers |= _snippet(f"{model._meta.app_label}_{model._meta.model_name}", owner)
    return numbers


def _snippet(space: str, owner: User) -> Numbers:
    make = MAKERS[space]
    record = make()
    own: dict[str, Any] = {"pk": record.pk}
    if hasattr(record, "save_revision"):
        own |= {"revision_id": record.save_revision(user=owner).pk, **BETWEEN}
    numbers: Numbers = {}
    if hasattr(record, "get_workflow"):
        review = _in_review(make(), owner)
        numbers |= {f"wagtailsnippets_{space}:{name}*": review for name in REVIEW}
        numbers[f"wagtailsnippets_{space}:unlock"] = _locked(make(), owner)
    return {
        **numbers,
        f"wagtailsnippets_{space}:*": own,
        f"wagtailsnippetchoosers_{space}:*": own,
        f"wagtail_bulk_action:{space.partition('_')[2]}:*": own,
    }
