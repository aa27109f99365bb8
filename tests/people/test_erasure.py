"""Nothing of an erased person is left in the database, but what is kept on a named ground."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision
from wagtail.users.models import UserProfile

from core.models import Letter, Notice, PrivateFile
from core.rights import current_mentions
from core.services.letters import write_letter
from core.services.private_files import store_private_file
from home.services.roles import set_up_roles
from people.enums import ConsentKind, LinkState, OrganisationRoleKind, Role
from people.models import (
    Award,
    Consent,
    ErasureRequest,
    Invitation,
    StaffRecord,
    User,
)
from people.queries.publishing import published_items
from people.queries.rights import subject_of
from people.services.consent_texts import set_up_consent_texts, text_in_force
from people.services.consents import give_consent
from people.services.erasure import (
    ask_erasure,
    confirm_erasure,
    erase_person,
    refuse_erasure,
    withdraw_erasure,
)
from people.services.invitations import invite
from people.services.links import ask_link, confirm_link
from people.services.openings import note_openings
from people.services.training import enter_training
from tests.core.test_upload_checks import pdf
from tests.factories.home import NewsPageFactory
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)
from tests.people.traces import (
    BORN,
    EMAIL,
    FIRST,
    KEPT_TABLES,
    MIDDLE,
    SURNAME,
    private_files_on_disk,
    traces,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(site_tree: SimpleNamespace) -> SimpleNamespace:
    """A teacher with everything, once renamed; a head, a methodist and two administrators."""
    set_up_roles()
    set_up_consent_texts()
    school = OrganisationFactory()
    head = OrganisationRoleFactory(organisation=school, kind=OrganisationRoleKind.HEAD).user
    user = UserFactory(email=EMAIL, last_name=SURNAME, first_name=FIRST, patronymic=MIDDLE)
    admin, other_admin = (UserFactory(groups=[Role.ADMINISTRATOR.value]) for _ in range(2))
    record = StaffRecordFactory(
        organisation=school,
        last_name="Шестопалова",
        first_name=FIRST,
        patronymic=MIDDLE,
        birth_date=BORN,
    )
    record.last_name = SURNAME
    record.save()
    record.save_revision()
    return SimpleNamespace(
        school=school, head=head, user=user, record=record, admin=admin, other_admin=other_admin
    )


def live_a_life(world: SimpleNamespace) -> None:
    """Everything that leaves a trace, through the services that people use."""
    user, record, head = world.user, world.record, world.head
    for kind, items in ((ConsentKind.PROCESSING, []), (ConsentKind.DISTRIBUTION, ["name"])):
        give_consent(user=user, text=text_in_force(kind), items=items)
    link = ask_link(
        user=user,
        organisation=world.school,
        last_name=SURNAME,
        first_name=FIRST,
        patronymic=MIDDLE,
        birth_date=BORN,
    )
    assert link.state == LinkState.REQUESTED
    confirm_link(link=link, record=record, user=head)
    record.refresh_from_db()
    Award.objects.create(record=record, name=f"Медаль {SURNAME}ой")
    upload = ContentFile(pdf(), name=f"{SURNAME} {FIRST}.pdf")
    scan = store_private_file(upload=upload, user=user)
    training = TrainingRecordFactory.build(record=record, document_number=f"{SURNAME}-1", scan=scan)
    enter_training(training=training, user=user)
    store_private_file(upload=ContentFile(pdf(), name=f"Портфолио {SURNAME}.pdf"), user=user)
    note_openings(records=[record], viewer=head, place="card")
    invite(email=EMAIL, user=world.admin, district_role=Role.EDITOR)
    address = EmailAddress.objects.get(user=user)
    EmailConfirmation.objects.create(email_address=address, key="k" * 64, sent=timezone.now())
    Authenticator.objects.create(user=user, type="totp", data={"secret": EMAIL})
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_verified_email"] = EMAIL
    session.save()
    UserSession.objects.create(
        user=user, ip="10.0.0.1", session_key=session.session_key, user_agent="Firefox"
    )
    Notice.objects.create(
        recipient=head, kind="notice", subject="Слова", text=f"{SURNAME} Е. А. просит"
    )
    write_letter(
        recipient="someone@example.org",
        message="notice",
        context={
            "notice": Notice(subject=f"О: {FIRST} {SURNAME}", text=EMAIL),
            "url": "",
            "notices_url": "",
            "settings_url": "",
        },
    )
    FormState.objects.create(
        user=user,
        content_type_id=record.latest_revision.content_type_id,
        object_id=str(record.pk),
        last_updated_at=timezone.now(),
        data="name=%D0%97%D1%8F%D0%B1%D0%BB%D0%B8%D0%BA%D0%BE%D0%B2%D0%B0",
    )
    log(instance=world.school, action="wagtail.edit", user=head, data={"by": f"{SURNAME} {FIRST}"})
    UserProfile.objects.create(
        user=user, avatar=ContentFile(b"GIF89a", name="zyablikova.gif"), preferred_language="ru"
    )


def test_nothing_is_left_of_an_erased_person(
    world: SimpleNamespace, committed: Callable[[], AbstractContextManager[None]]
) -> None:
    live_a_life(world)
    request = ask_erasure(user=world.user, text=f"Я, {SURNAME}, прошу")
    before = traces()
    # The test would see them: it knows how each table writes its texts.
    assert {
        *("people_user", "people_staffrecord", "people_stafflink", "people_trainingrecord"),
        *("people_invitation", "people_erasurerequest", "people_award", "core_privatefile"),
        *("core_notice", "core_letter", "account_emailaddress", "wagtailcore_revision"),
        *("wagtailcore_modellogentry", "mfa_authenticator", "wagtailadmin_formstate"),
        "people_consent",
    } <= before.keys()
    assert len(private_files_on_disk()) == 2
    assert published_items(world.user) == {"name"}

    with committed():
        confirm_erasure(request=request, user=world.admin)

    assert set(traces()) - KEPT_TABLES == set()
    assert private_files_on_disk() == []
    account = User.objects.get(pk=world.user.pk)
    assert str(account) == f"Удалённый пользователь № {account.pk}"
    assert (account.is_active, account.has_usable_password(), account.erased_at is None) == (
        *(False, False),
        False,
    )
    assert not UserSession.objects.filter(user=account).exists()
    record = StaffRecord.objects.get(pk=world.record.pk)
    assert (record.user, record.birth_date) == (None, date(1987, 1, 1))
    # What past figures are counted from is still there.
    assert record.trainings.get().hours == 36
    assert record.positions.get().ends_on == timezone.localdate()
    # The consent stays as evidence, ended.
    assert Consent.objects.filter(user=account, withdrawn_at__isnull=False).count() == 2
    assert published_items(account) == frozenset()
    assert ErasureRequest.objects.get().state == "done"
    entry = ModelLogEntry.objects.get(action="people.erase_person")
    assert entry.user == world.admin
    assert entry.data["erased"]["people_stafflink"] == 1
    assert f"Удалённый пользователь № {account.pk}" in Notice.objects.get(kind="notice").text
    # Whoever asks again finds it done.
    assert erase_person(user=account, by=world.other_admin) == account
    assert ModelLogEntry.objects.filter(action="people.erase_person").count() == 1
    assert json.dumps(entry.data)


def test_what_others_need_stays_with_them(world: SimpleNamespace) -> None:
    colleague = StaffRecordFactory(organisation=world.school)
    scan = store_private_file(upload=ContentFile(pdf(), name="Диплом.pdf"), user=world.head)
    training = TrainingRecordFactory.build(record=colleague, scan=scan)
    enter_training(training=training, user=world.head)
    erase_person(user=world.head, by=world.admin)
    assert colleague.trainings.get().scan == scan
    assert PrivateFile.objects.filter(pk=scan.pk).exists()
    colleague.refresh_from_db()
    assert colleague.erased_at is None
    assert Revision.objects.for_instance(colleague).exists()


def test_pages_that_name_the_person_are_shown_before(world: SimpleNamespace) -> None:
    page = NewsPageFactory(title=f"Победила {FIRST} {SURNAME}")
    page.save_revision().publish()
    NewsPageFactory(title=f"Другая {SURNAME}").save_revision()
    assert [thing.pk for thing in current_mentions(subject_of(world.user), limit=9)] == [page.pk]
    page.title = "Победитель"
    page.save_revision().publish()
    erase_person(user=world.user, by=world.admin)
    # The version of before is cleaned, the other person's page is left alone.
    contents = json.dumps(
        [revision.content for revision in Revision.objects.all()], ensure_ascii=False
    )
    assert f"{FIRST} {SURNAME}" not in contents
    assert f"Другая {SURNAME}" in contents


def test_who_may_decide(world: SimpleNamespace) -> None:
    request = ask_erasure(user=world.user)
    assert ask_erasure(user=world.user) == request
    for person in (world.user, world.head, UserFactory(groups=[Role.COORDINATOR.value])):
        with pytest.raises(PermissionDenied):
            confirm_erasure(request=request, user=person)
        with pytest.raises(PermissionDenied):
            refuse_erasure(request=request, remark="Нет", user=person)
    with pytest.raises(PermissionDenied):
        withdraw_erasure(request=request, user=world.admin)
    with pytest.raises(ValidationError):
        refuse_erasure(request=request, remark=" ", user=world.admin)
    refuse_erasure(request=request, remark="Закон велит хранить", user=world.admin)
    with pytest.raises(ValidationError):
        confirm_erasure(request=request, user=world.admin)
    assert Notice.objects.filter(recipient=world.user, text__contains="Закон велит").exists()
    assert User.objects.get(pk=world.user.pk).is_active


def test_the_last_administrator_stays(world: SimpleNamespace) -> None:
    request = ask_erasure(user=world.other_admin)
    confirm_erasure(request=request, user=world.admin)
    with pytest.raises(ValidationError, match="другого администратора"):
        ask_erasure(user=world.admin)
    root = UserFactory(superuser=True, is_active=False)
    with pytest.raises(PermissionDenied):
        erase_person(user=world.admin, by=root)
    # Only a superuser touches a superuser.
    root.is_active = True
    root.save()
    with pytest.raises(PermissionDenied):
        erase_person(user=root, by=world.admin)
    assert erase_person(user=world.admin, by=root).erased_at is not None


def test_letters_to_the_person_are_gone(world: SimpleNamespace) -> None:
    ask = ask_erasure(user=world.user)
    refuse_erasure(request=ask, remark="Пока нет", user=world.admin)
    assert Letter.objects.filter(recipient=EMAIL).exists()
    erase_person(user=world.user, by=world.admin)
    assert not Letter.objects.filter(recipient=EMAIL).exists()
    assert not Invitation.objects.filter(email=EMAIL).exists()
