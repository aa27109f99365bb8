"""How long each kind of data of people stays (152-FZ, article 5, part 7)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from core.models import Notice
from core.rights import personal_data
from core.services import letter_sending, private_uploads
from people.enums import ImportState, LinkState, RequestState
from people.models import (
    CardOpening,
    Consent,
    ConsentAnswer,
    CorrectionRequest,
    ErasureRequest,
    Invitation,
    OrganisationRole,
    StaffImport,
    StaffLink,
    StaffMove,
    StaffPosition,
    StaffRecord,
    User,
)
from people.services import data_copies, staff_imports
from people.services.erasure_by_letter import forget_who_left
from people.services.retention import register_fixed_term, register_retention

Rows = list[models.QuerySet[Any]]


@register_retention("card_openings")
def _openings(border: datetime) -> Rows:
    return [CardOpening.objects.filter(opened_at__lt=border)]


@register_retention("consents", files=((Consent, "scan"),))
def _consents(border: datetime) -> Rows:
    ended = Q(withdrawn_at__lt=border) | Q(valid_until__lt=timezone.localdate(border))
    answers = ConsentAnswer.objects.filter(answered_at__lt=border)
    return [Consent.objects.filter(ended), answers]


@register_retention("requests", files=((CorrectionRequest, "proof"),))
def _requests(border: datetime) -> Rows:
    closed = (RequestState.REFUSED, RequestState.WITHDRAWN)
    over = (ImportState.APPLIED, ImportState.DROPPED)
    return [
        StaffLink.objects.exclude(state=LinkState.REQUESTED).filter(decided_at__lt=border),
        StaffMove.objects.exclude(state=RequestState.WAITING).filter(decided_at__lt=border),
        ErasureRequest.objects.filter(state__in=closed, decided_at__lt=border),
        CorrectionRequest.objects.exclude(state=RequestState.WAITING).filter(decided_at__lt=border),
        Invitation.objects.filter(expires_at__lt=border),
        StaffImport.objects.filter(state__in=over, touched_at__lt=border),
    ]


@register_retention("notices")
def _notices(border: datetime) -> Rows:
    return [Notice.objects.filter(created_at__lt=border)]


@register_retention("left_staff", act=lambda record: forget_who_left(record=record))
def _left_staff(border: datetime) -> Rows:
    """Whoever held the last position before that day; without any, whom nobody has touched since.

    A position ahead counts as work: the person comes back.
    """
    positions = StaffPosition.objects.filter(record=OuterRef("pk"))
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate(border))
    untouched = ~Exists(positions) & Q(changed_at__lt=border)
    left = Exists(positions) & ~Exists(positions.filter(later))
    return [StaffRecord.objects.filter(untouched | left, erased_at__isnull=True)]


@register_retention("unconfirmed_accounts")
def _unconfirmed_accounts(border: datetime) -> Rows:
    """Nobody has ever come in, and nobody has given the account anything to do."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    roles = OrganisationRole.objects.filter(user=OuterRef("pk"))
    return [
        User.objects.filter(
            Exists(addresses),
            ~Exists(addresses.filter(verified=True)),
            ~Exists(roles),
            date_joined__lt=border,
            last_login__isnull=True,
            erased_at__isnull=True,
            staff_record__isnull=True,
            groups__isnull=True,
            is_staff=False,
            is_superuser=False,
        )
    ]


@register_retention("journal")
def _journal(border: datetime) -> Rows:
    models_of_people = [kind.model for kind in personal_data()]
    types = ContentType.objects.get_for_models(*models_of_people).values()
    return [ModelLogEntry.objects.filter(content_type__in=list(types), timestamp__lt=border)]


@register_retention("erasures")
def _erasures(border: datetime) -> Rows:
    return [ErasureRequest.objects.filter(state=RequestState.DONE, decided_at__lt=border)]


register_fixed_term(
    _("sent letters"), days=letter_sending.KEPT_FOR.days, due=letter_sending.old_letters
)
register_fixed_term(
    _("files of imports nobody has agreed to"),
    days=staff_imports.KEPT_FOR.days,
    due=staff_imports.left_imports,
)
register_fixed_term(
    _("copies of personal data"), days=data_copies.KEPT_FOR.days, due=data_copies.expired_copies
)
register_fixed_term(
    _("uploads that were not finished"),
    days=private_uploads.EXPIRES_AFTER.days,
    due=private_uploads.expired_uploads,
)
