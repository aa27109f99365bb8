"""Nothing is kept longer than its term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import Notice
from people.enums import ConsentKind
from people.models import CardOpening, Consent, RetentionRules, User
from people.services import retention
from people.services.consents import (
    give_consent,
    set_up_consent_texts,
    text_in_force,
    withdraw_consent,
)
from tests.factories.people import StaffRecordFactory

pytestmark = pytest.mark.django_db


def test_every_term_has_its_purge() -> None:
    fields = {field.name for field in RetentionRules._meta.get_fields()} - {"id"}
    assert fields == retention.retention_names()


def test_only_what_is_older_goes_and_is_counted(
    teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    rules = RetentionRules.load()
    rules.notices = 2
    rules.save()
    set_up_consent_texts()
    text = text_in_force(ConsentKind.PROCESSING)
    assert text is not None
    give_consent(user=teacher, text=text)
    withdraw_consent(user=teacher, kind=ConsentKind.PROCESSING)
    standing = give_consent(user=teacher, text=text)
    long_ago = timezone.now() - timedelta(days=4000)
    Consent.objects.update(given_at=long_ago)
    Consent.objects.exclude(pk=standing.pk).update(withdrawn_at=long_ago)
    record = StaffRecordFactory()
    for _ in range(3):
        CardOpening.objects.create(record=record, viewer=teacher, place="card")
    old = [Notice.objects.create(recipient=teacher, kind="notice") for _ in range(5)]
    fresh = Notice.objects.create(recipient=teacher, kind="notice")
    Notice.objects.filter(pk__in=[item.pk for item in old]).update(
        created_at=timezone.now() - timedelta(days=70)
    )

    counts = retention.purge_expired()

    assert counts == {"card_openings": 0, "consents": 1, "requests": 0, "notices": 5}
    # A consent in force has no age.
    assert list(Consent.objects.all()) == [standing]
    assert list(Notice.objects.all()) == [fresh]
    entry = ModelLogEntry.objects.get(action="people.purge_expired")
    assert entry.data == {"consents": 1, "notices": 5}
    retention.purge_expired()
    assert ModelLogEntry.objects.filter(action="people.purge_expired").count() == 1


def test_evidence_is_not_kept_shorter_than_claims_live() -> None:
    with pytest.raises(ValidationError):
        RetentionRules(consents=35).full_clean()
