"""Models of the ground and of the packages below it that hold nothing of any person."""

from django.apps import apps
from django_tasks_db.models import DBTaskResult
from taggit.models import Tag, TaggedItem
from wagtail import models as wagtail_models
from wagtail.admin.models import Admin
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.documents.models import Document
from wagtail.embeds.models import Embed
from wagtail.images.models import Image, Rendition
from wagtail_localize import models as localize

from core.models import (
    CalendarDay,
    Card,
    CardFacet,
    CardTopic,
    DeskWord,
    PortalRendition,
    ReviewTask,
    SearchWord,
    SiteSettings,
    SiteWords,
    Topic,
)
from core.rights import register_impersonal

register_impersonal(
    *(Topic, SearchWord, SiteSettings, SiteWords, ReviewTask, ReviewTask.groups.through),
    *(Card, CardTopic, CardFacet, PortalRendition, CalendarDay),
    why="Settings of the portal, and copies of what its pages show: they change with the page.",
)
register_impersonal(
    *(wagtail_models.Locale, wagtail_models.Site, wagtail_models.Collection),
    *(wagtail_models.GroupSitePermission, wagtail_models.GroupCollectionPermission),
    *(wagtail_models.GroupPagePermission, wagtail_models.CollectionViewRestriction),
    wagtail_models.CollectionViewRestriction.groups.through,
    *(wagtail_models.PageViewRestriction, wagtail_models.PageViewRestriction.groups.through),
    *(wagtail_models.Workflow, wagtail_models.WorkflowTask, wagtail_models.WorkflowPage),
    *(wagtail_models.WorkflowContentType, wagtail_models.Task, wagtail_models.GroupApprovalTask),
    *(wagtail_models.GroupApprovalTask.groups.through, wagtail_models.ReferenceIndex, Admin),
    *(Redirect, SearchPromotion, Embed, Tag, TaggedItem, localize.LocaleSynchronization),
    why="The order of the desk: rights of groups, steps of the approval, addresses.",
)
register_impersonal(
    *(Document, Image, Rendition),
    why="Models of Wagtail in whose place the portal has its own; their tables are empty.",
)
register_impersonal(
    *(localize.TranslatableObject, localize.TranslationSource, localize.Translation),
    *(localize.TranslationLog, localize.String, localize.TranslationContext, localize.Template),
    *(localize.StringSegment, localize.TemplateSegment, localize.RelatedObjectSegment),
    localize.OverridableSegment,
    why="Texts of pages on their way into other languages: they change with the page.",
)
register_impersonal(
    DeskWord,
    # Its tables differ with the database.
    *apps.get_app_config("wagtailsearch").get_models(include_auto_created=True),
    why="The index of the search: copies of what pages and entries say, changed with them.",
)
register_impersonal(
    DBTaskResult,
    why="Numbers of what was to be done in the background; purged two weeks after it was done.",
)
