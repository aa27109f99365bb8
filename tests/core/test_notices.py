"""Notices: in the cabinet always, by e-mail as often as the person wants, off by one press."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import NoticePace
from core.models import Letter, Notice, NoticeDigest, NoticeSetting
from core.services import notices
from core.services.letter_sending import send_waiting
from core.services.notices import (
    mark_read,
    notify,
    register_notice_kind,
    set_pace,
    unsubscribe_url,
    write_digests,
)
from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Two kinds: one may be switched off, the other may not."""
    monkeypatch.setattr(notices, "_kinds", {})
    register_notice_kind("news", title="Новости заявок", for_whom=bool)
    register_notice_kind("needed", title="Решения", for_whom=bool, may_be_off=False)


def tell(user: User, kind: str = "news", **values) -> Notice | None:
    return notify(recipient=user, kind=kind, **{"subject": "Заявка принята", **values})


def clock(hour: int, minute: int = 0, day: int = 20):
    moment = datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())
    return patch("django.utils.timezone.now", return_value=moment)


class TestTelling:
    def test_at_once_without_a_setting(self, teacher):
        notice = tell(teacher, text="Подробности", url="/cabinet/")
        assert (notice.subject, notice.in_digest, notice.read_at) == ("Заявка принята", False, None)
        send_waiting()
        (letter,) = mail.outbox
        assert letter.subject == "Заявка принята"
        assert "Здравствуйте, Анна!" in letter.body
        assert "http://testserver/cabinet/" in letter.body
        assert "Подробности" in str(letter.alternatives[0].content)

    @pytest.mark.parametrize(
        ("kind", "pace", "letters", "in_digest"),
        [
            ("news", NoticePace.AT_ONCE, 1, False),
            ("news", NoticePace.DAILY, 0, True),
            ("news", NoticePace.NEVER, 0, False),
            ("needed", NoticePace.DAILY, 0, True),
            # Switched off before it became important.
            ("needed", NoticePace.NEVER, 1, False),
        ],
    )
    def test_as_often_as_was_chosen(self, teacher, kind, pace, letters, in_digest):
        NoticeSetting.objects.create(user=teacher, kind=kind, pace=pace)
        assert tell(teacher, kind).in_digest is in_digest
        assert Letter.objects.count() == letters

    def test_what_is_undone_was_never_said(self, teacher):
        with transaction.atomic():
            tell(teacher)
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert not Letter.objects.exists()

    def test_a_closed_account_is_told_nothing(self):
        assert tell(UserFactory(inactive=True)) is None
        assert not Letter.objects.exists()

    def test_an_unknown_kind_is_a_mistake_of_the_program(self, teacher):
        with pytest.raises(KeyError):
            tell(teacher, "nowhere")

    def test_in_the_language_of_the_reader(self, teacher):
        from wagtail.users.models import UserProfile

        UserProfile.objects.update_or_create(user=teacher, defaults={"preferred_language": "en"})
        notice = tell(teacher, subject=_("Notices"))
        assert notice.subject == "Notices"
        assert tell(UserFactory(), subject=_("Notices")).subject == "Уведомления"

    def test_words_of_people_stay_words(self, teacher):
        tell(teacher, subject="<b>Тема</b>\r\nBcc: x@example.org", text="<script>1</script>")
        send_waiting()
        (letter,) = mail.outbox
        assert letter.message()["Bcc"] is None
        html = str(letter.alternatives[0].content)
        assert "<script>" not in html
        assert "&lt;b&gt;" in html


class TestDigest:
    def wait(self, user, hour, day=19, **values):
        NoticeSetting.objects.get_or_create(user=user, kind="news", pace=NoticePace.DAILY)
        with clock(hour, day=day):
            return tell(user, **values)

    def test_once_a_day_with_all_of_yesterday(self, teacher):
        self.wait(teacher, 9, subject="Первое")
        self.wait(teacher, 21, subject="Второе", url="/cabinet/")
        self.wait(teacher, 9, day=20, subject="Сегодняшнее")
        with clock(7, 59):
            assert write_digests() == 0
        with clock(8, 1):
            assert write_digests() == 1
            assert write_digests() == 0
        with clock(23):
            assert write_digests() == 0
        (letter,) = Letter.objects.all()
        assert letter.subject == "Уведомления портала, 20 ноября"
        assert letter.text.index("Первое") < letter.text.index("Второе")
        assert "Сегодняшнее" not in letter.text
        with clock(8, 1, day=21):
            assert write_digests() == 1
        with clock(8, 1, day=22):
            assert write_digests() == 0

    def test_each_gets_their_own(self, teacher):
        other = UserFactory()
        self.wait(teacher, 9, subject="Для Анны")
        self.wait(other, 9, subject="Для другого")
        with clock(8, 1):
            assert write_digests() == 2
        assert "Для другого" not in Letter.objects.get(recipient=teacher.email).text

    def test_a_closed_account_gets_none(self, teacher):
        self.wait(teacher, 9)
        User.objects.update(is_active=False)
        with clock(8, 1):
            assert write_digests() == 0
        assert not Notice.objects.filter(in_digest=True).exists()

    def test_a_long_one_says_how_many_more(self, teacher):
        for number in range(53):
            self.wait(teacher, 9, subject=f"Уведомление {number}")
        with clock(8, 1):
            write_digests()
        text = Letter.objects.get().text
        assert "И ещё 3 уведомления." in text
        assert "Уведомление 50" not in text

    def test_old_days_are_forgotten(self, teacher):
        NoticeDigest.objects.create(user=teacher, day=timezone.localdate() - timedelta(days=400))
        with clock(8, 1):
            write_digests()
        assert not NoticeDigest.objects.exists()

    def test_without_a_mistake_nothing_stays_behind(self, teacher):
        """A choice for «at once» lets go of what waited: it is in the cabinet."""
        self.wait(teacher, 9)
        set_pace(user=teacher, kind="news", pace=NoticePace.AT_ONCE)
        with clock(8, 1):
            assert write_digests() == 0


class TestUnsubscribing:
    def address(self, user, kind="news") -> str:
        return urlsplit(unsubscribe_url(user, kind)).path

    def test_the_letter_offers_it_to_people_and_to_programs(self, teacher):
        tell(teacher)
        tell(teacher, "needed")
        send_waiting()
        first, second = mail.outbox
        link = re.fullmatch(
            r"<(http://testserver/account/unsubscribe/.+)>", first.extra_headers["List-Unsubscribe"]
        )
        assert link
        assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link[1] in first.body
        assert "List-Unsubscribe" not in second.extra_headers

    def test_a_person_is_asked_and_a_program_presses_once(self, site_tree, teacher):
        client = Client(enforce_csrf_checks=True)
        page = client.get(self.address(teacher))
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "no-referrer"
        assert "Больше не присылать письма «Новости заявок»?" in page.content.decode()
        assert teacher.email not in page.content.decode()
        assert not NoticeSetting.objects.exists()
        for _click in range(2):
            done = client.post(self.address(teacher), {"List-Unsubscribe": "One-Click"})
            assert "больше не придут" in done.content.decode().replace("\xa0", " ")
        assert NoticeSetting.objects.get().pace == NoticePace.NEVER
        tell(teacher)
        assert not Letter.objects.exists()
        assert Notice.objects.count() == 1

    def test_the_daily_letter_is_switched_off_whole(self, site_tree, teacher):
        set_pace(user=teacher, kind="news", pace=NoticePace.DAILY)
        set_pace(user=teacher, kind="needed", pace=NoticePace.DAILY)
        Client().post(self.address(teacher, "digest"))
        chosen = dict(NoticeSetting.objects.values_list("kind", "pace"))
        assert chosen == {"news": "never", "needed": "daily"}

    def test_a_forged_address_is_no_address(self, site_tree, teacher):
        address = self.address(teacher)
        other = self.address(UserFactory())
        mixed = (
            f"/account/unsubscribe/{address.split('/')[3].split(':')[0]}:{other.split(':', 1)[1]}"
        )
        for forged in (
            address[:-3] + "AA/",
            mixed,
            "/account/unsubscribe/x/",
            self.address(teacher, "x"),
        ):
            for method in ("get", "post"):
                assert getattr(Client(), method)(forged).status_code == 404
        assert not NoticeSetting.objects.exists()

    def test_what_is_needed_stays(self, site_tree, teacher):
        answer = Client().post(self.address(teacher, "needed"))
        assert "нельзя отключить" in answer.content.decode()
        assert not NoticeSetting.objects.exists()

    def test_a_person_who_is_gone(self, site_tree, teacher):
        address = self.address(teacher)
        teacher.delete()
        assert Client().post(address).status_code == 404


class TestCabinet:
    def test_list_and_its_pages(self, site_tree, client_of, teacher):
        for number in range(27):
            tell(teacher, subject=f"Уведомление {number}")
        tell(UserFactory(), subject="Чужое")
        client = client_of(teacher)
        first = client.get("/cabinet/notices/").content.decode()
        assert first.count('class="msg"') == 25
        assert "Уведомление 26" in first
        assert "Чужое" not in first
        assert "27 новых" in first
        assert client.get("/cabinet/notices/?page=2").content.decode().count('class="msg"') == 2
        panel = client.get("/cabinet/").content.decode()
        assert panel.count('class="msg"') == 5
        assert "Сообщения" in panel

    def test_opening_reads_and_leads(self, client_of, teacher):
        notice = tell(teacher, url="/cabinet/")
        answer = client_of(teacher).get(f"/cabinet/notices/{notice.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, "/cabinet/")
        notice.refresh_from_db()
        assert notice.read_at is not None

    @pytest.mark.parametrize("url", ["https://thief.example/", "//thief.example/", ""])
    def test_never_leads_away(self, client_of, teacher, url):
        notice = tell(teacher, url=url)
        answer = client_of(teacher).get(f"/cabinet/notices/{notice.pk}/")
        assert answer["Location"] == "/cabinet/notices/"

    def test_one_and_all_are_read(self, client_of, teacher):
        first, second, foreign = tell(teacher), tell(teacher), tell(UserFactory())
        client = client_of(teacher)
        client.post("/cabinet/notices/read/", {"pk": first.pk})
        assert set(Notice.objects.filter(read_at=None)) == {second, foreign}
        client.post("/cabinet/notices/read/", {"pk": foreign.pk})
        answer = client.post("/cabinet/notices/read/", {"page": "2"})
        assert answer["Location"] == "/cabinet/notices/?page=2"
        assert set(Notice.objects.filter(read_at=None)) == {foreign}
        assert client.post("/cabinet/notices/read/", {"pk": "x"}).status_code == 404

    def test_somebody_elses_notice_does_not_exist(self, client_of, teacher):
        foreign = tell(UserFactory())
        assert client_of(teacher).get(f"/cabinet/notices/{foreign.pk}/").status_code == 404
        assert mark_read(user=teacher, pk=foreign.pk) == 0

    @pytest.mark.parametrize(
        "address",
        [
            "/cabinet/notices/",
            "/cabinet/notices/settings/",
            "/cabinet/notices/1/",
            "/cabinet/notices/read/",
        ],
    )
    def test_visitors_are_asked_to_sign_in(self, address):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            assert answer.status_code == 302
            assert "?next=/cabinet/" in answer["Location"]

    def test_settings(self, site_tree, client_of, teacher):
        client = client_of(teacher)
        page = client.get("/cabinet/notices/settings/").content.decode()
        assert page.count('value="never"') == 1
        assert "отключить их нельзя" in page
        address = "/cabinet/notices/settings/"
        assert client.post(address, {"news": "daily", "needed": "at_once"}).status_code == 302
        assert NoticeSetting.objects.get().pace == "daily"
        refused = client.post(address, {"news": "daily", "needed": "never"})
        assert refused.status_code == 200
        assert not NoticeSetting.objects.filter(kind="needed").exists()
        with pytest.raises(ValidationError):
            set_pace(user=teacher, kind="needed", pace="never")

    @pytest.mark.parametrize("number", [1, 3, 30])
    def test_queries_do_not_grow(
        self, site_tree, client_of, teacher, number, django_assert_num_queries, settings
    ):
        for _turn in range(number):
            tell(teacher)
        client = client_of(teacher)
        client.get("/cabinet/notices/")
        # With Redis the session costs no query.
        with django_assert_num_queries(15 - ("cached" in settings.SESSION_ENGINE)):
            client.get("/cabinet/notices/")

    def test_the_header_counts_for_those_who_signed_in(
        self, site_tree, client_of, teacher, page_cache
    ):
        tell(teacher)
        assert "new-things" in client_of(teacher).get("/").content.decode()
        visitor = Client()
        assert "new-things" not in visitor.get("/").content.decode()
        assert visitor.get("/")["X-Cache"] == "hit"
