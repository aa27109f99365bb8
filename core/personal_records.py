"""What the ground and the packages below it hold of people (see core.rights)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_plus

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail import models as wagtail_models
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.users.models import UserProfile
from wagtail_localize import models as localize

from core.models import (
    Letter,
    Notice,
    NoticeDigest,
    NoticeSetting,
    PortalDocument,
    PortalImage,
    PrivateUpload,
)
from core.rights import (
    DataSubject,
    Fate,
    name_nobody,
    personal_data,
    register_personal_data,
)
from core.rights.texts import clean_earlier_revisions
from core.services.private_uploads import drop_upload

# Before anything is erased the journal is asked by the numbers of what is still there.
FIRST = 10
_WORK = _("Work of the account: what was made stays, who made it has no name any more.")


def erase_files(rows: models.QuerySet[Any], name: str) -> None:
    """Delete ``rows`` with the content of their file field ``name``, that after the commit."""
    for row in rows:
        file = getattr(row, name)
        if file:
            storage, path = file.storage, file.name
            transaction.on_commit(lambda storage=storage, path=path: storage.delete(path))
        row.delete()


# --- Messages ---------------------------------------------------------------------------------


def _erase_notices(subject: DataSubject) -> None:
    Notice.objects.filter(recipient=subject.user).delete()
    name_nobody(Notice.objects.order_by("pk"), ("subject", "text"), subject)


def _letters(subject: DataSubject) -> models.QuerySet[Letter]:
    mine = Q(pk__in=[])
    for address in subject.emails:
        mine |= Q(recipient__iexact=address)
    return Letter.objects.filter(mine)


def _erase_letters(subject: DataSubject) -> None:
    _letters(subject).delete()
    name_nobody(Letter.objects.order_by("pk"), ("subject", "text", "html", "error"), subject)


register_personal_data(
    Notice,
    found=lambda subject: Notice.objects.filter(recipient=subject.user),
    fields=("kind", "subject", "text", "created_at", "read_at"),
    erase=_erase_notices,
    why=_("In notices to others the name is written over."),
)
register_personal_data(
    NoticeSetting,
    found=lambda subject: NoticeSetting.objects.filter(user=subject.user),
    fields=("kind", "pace"),
)
register_personal_data(
    NoticeDigest,
    found=lambda subject: NoticeDigest.objects.filter(user=subject.user),
    fields=("day",),
    shown=False,
)
register_personal_data(
    Letter,
    found=_letters,
    fields=("recipient", "subject", "text", "state", "created_at", "sent_at"),
    erase=_erase_letters,
    why=_("In letters to others the name is written over."),
)


# --- Sessions, drafts of forms, settings of the desk ------------------------------------------


def _erase_sessions(subject: DataSubject) -> None:
    """Sessions of the account, and those in which somebody typed its address."""
    addresses = [address.lower() for address in subject.emails]
    for session in Session.objects.iterator(chunk_size=200):
        held = session.get_decoded()
        texts = str(held).lower()
        if held.get("_auth_user_id") == str(subject.user.pk) or any(
            address in texts for address in addresses
        ):
            # Through the engine: it also forgets the copy in the cache.
            session.get_session_store_class()(session.session_key).delete()
            Session.objects.filter(pk=session.pk).delete()


def _drop_uploads(subject: DataSubject) -> None:
    for upload in PrivateUpload.objects.filter(user=subject.user):
        drop_upload(upload=upload)


register_personal_data(
    Session,
    # Whose a session is stands inside it: it is shown by «Где вы вошли».
    found=lambda subject: Session.objects.none(),
    fields=(),
    erase=_erase_sessions,
    shown=False,
)
register_personal_data(
    PrivateUpload,
    found=lambda subject: PrivateUpload.objects.filter(user=subject.user),
    fields=("original_name", "size", "received", "created_at"),
    erase=_drop_uploads,
)
register_personal_data(
    UserProfile,
    title=_("settings of the desk"),
    found=lambda subject: UserProfile.objects.filter(user=subject.user),
    fields=("preferred_language", "theme", "submitted_notifications", "approved_notifications"),
    file="avatar",
    erase=lambda subject: erase_files(UserProfile.objects.filter(user=subject.user), "avatar"),
)
register_personal_data(
    EditingSession,
    found=lambda subject: EditingSession.objects.filter(user=subject.user),
    fields=("object_id", "last_seen_at"),
    shown=False,
)


def _form_states(subject: DataSubject) -> None:
    named = Q(user=subject.user)
    for marker in subject.markers:
        named |= Q(data__icontains=quote_plus(marker)) | Q(data__icontains=marker)
    FormState.objects.filter(named).delete()


register_personal_data(
    FormState,
    title=_("unsaved forms of the desk"),
    found=lambda subject: FormState.objects.filter(user=subject.user),
    fields=("object_id", "last_updated_at"),
    erase=_form_states,
    shown=False,
)
register_personal_data(
    wagtail_models.APIToken,
    title=_("keys for programs"),
    found=lambda subject: wagtail_models.APIToken.objects.filter(user=subject.user),
    fields=("name", "created", "last_used_at"),
)
register_personal_data(
    wagtail_models.PageSubscription,
    title=_("subscriptions to pages"),
    found=lambda subject: wagtail_models.PageSubscription.objects.filter(user=subject.user),
    fields=("page", "comment_notifications"),
)
register_personal_data(
    wagtail_models.UploadedFile,
    title=_("uploads of the desk"),
    found=lambda subject: wagtail_models.UploadedFile.objects.filter(uploaded_by_user=subject.user),
    fields=("file",),
    erase=lambda subject: erase_files(
        wagtail_models.UploadedFile.objects.filter(uploaded_by_user=subject.user), "file"
    ),
    shown=False,
)


def _erase_queries(subject: DataSubject) -> None:
    """Nobody knows who searched, but a name may be what was searched for."""
    named = Q(pk__in=[])
    for marker in subject.markers:
        # Queries are kept in small letters.
        named |= Q(query_string__contains=marker.lower()) | Q(query_string__contains=marker)
    Query.objects.filter(named, editors_picks=None).delete()


register_personal_data(
    Query,
    found=lambda subject: Query.objects.none(),
    fields=("query_string",),
    erase=_erase_queries,
    part_models=(QueryDailyHits,),
    shown=False,
)


# --- Work: what was made stays, its maker has no name -----------------------------------------


def _clean_log(model: type[models.Model]) -> Any:
    def erase(subject: DataSubject) -> None:
        if model is wagtail_models.ModelLogEntry:
            for kind in personal_data():
                if not kind.is_the_person:
                    continue
                # As text: the log keeps numbers of any kind.
                numbers = [str(pk) for pk in kind.found(subject).values_list("pk", flat=True)]
                model._base_manager.filter(
                    content_type=ContentType.objects.get_for_model(kind.model),
                    object_id__in=numbers,
                ).update(label=subject.substitute, data={})
        name_nobody(model._base_manager.order_by("pk"), ("label", "data"), subject)

    return erase


def _clean_comments(model: type[models.Model], field: str) -> Any:
    return lambda subject: name_nobody(model._base_manager.order_by("pk"), (field,), subject)


_JOURNAL = _("The journal says what was done and when; the name is taken out of it.")
register_personal_data(
    wagtail_models.ModelLogEntry,
    title=_("journal of the portal"),
    fate=Fate.NAMELESS,
    why=_JOURNAL,
    found=lambda subject: wagtail_models.ModelLogEntry.objects.filter(user=subject.user),
    fields=("action", "label", "timestamp"),
    erase=_clean_log(wagtail_models.ModelLogEntry),
    order=FIRST,
)
register_personal_data(
    wagtail_models.PageLogEntry,
    title=_("journal of pages"),
    fate=Fate.NAMELESS,
    why=_JOURNAL,
    found=lambda subject: wagtail_models.PageLogEntry.objects.filter(user=subject.user),
    fields=("action", "label", "timestamp"),
    erase=_clean_log(wagtail_models.PageLogEntry),
    order=FIRST,
)
register_personal_data(
    wagtail_models.Revision,
    title=_("versions of pages and entries"),
    fate=Fate.NAMELESS,
    why=_(
        "Versions stay without their author; the name is taken out of all but the one that stands: "
        "that is for an editor to correct."
    ),
    found=lambda subject: wagtail_models.Revision.objects.filter(user=subject.user),
    fields=("object_str", "created_at"),
    erase=clean_earlier_revisions,
    # When the versions of what is erased are gone.
    order=800,
)
for _model, _field, _title in (
    (wagtail_models.Comment, "text", _("comments on pages")),
    (wagtail_models.CommentReply, "text", _("replies to comments")),
):
    register_personal_data(
        _model,
        title=_title,
        fate=Fate.NAMELESS,
        why=_WORK,
        found=lambda subject, model=_model: model.objects.filter(user=subject.user),
        fields=("text", "created_at"),
        erase=_clean_comments(_model, _field),
    )
register_personal_data(
    wagtail_models.TaskState,
    title=_("decisions of the approval"),
    fate=Fate.NAMELESS,
    why=_WORK,
    found=lambda subject: wagtail_models.TaskState.objects.filter(finished_by=subject.user),
    fields=("status", "comment", "finished_at"),
    erase=_clean_comments(wagtail_models.TaskState, "comment"),
)
for _model, _field, _title, _fields in (
    (wagtail_models.WorkflowState, "requested_by", _("asked approvals"), ("created_at",)),
    (wagtail_models.Page, "owner", _("own pages"), ("title", "first_published_at")),
    (PortalImage, "uploaded_by_user", _("uploaded pictures"), ("title", "created_at")),
    (PortalDocument, "uploaded_by_user", _("uploaded documents"), ("title", "created_at")),
    (localize.StringTranslation, "last_translated_by", _("translations"), ("data", "updated_at")),
    (localize.SegmentOverride, "last_translated_by", _("translated parts"), ("updated_at",)),
):
    register_personal_data(
        _model,
        title=_title,
        fate=Fate.NAMELESS,
        why=_WORK,
        found=lambda subject, model=_model, field=_field: model._base_manager.filter(
            **{field: subject.user}
        ),
        fields=_fields,
    )
