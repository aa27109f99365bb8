"""The catalogue follows every way in which a public page appears, changes, moves or goes."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Site

from core.enums import Access
from core.models import Card, Topic
from core.services.cards import refresh_branch, refresh_card
from home.models import DocumentLibraryPage, DocumentPage, DocumentType, HomePage
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> DocumentLibraryPage:
    """A home page with a document library below it."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Главная", slug="glavnaya"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home.add_child(instance=DocumentLibraryPage(title="Документы", slug="dokumenty"))


@pytest.fixture
def order(library: DocumentLibraryPage) -> DocumentPage:
    """A draft order."""
    kind = DocumentType.objects.create(name="Приказ", slug="prikaz", locale=Locale.get_default())
    return library.add_child(
        instance=DocumentPage(
            title="О плане", slug="o-plane", document_type=kind, date=date(2020, 6, 25), live=False
        )
    )


def publish(page: Page) -> None:
    page.save_revision().publish()
    page.refresh_from_db()


def test_a_draft_has_no_card_and_a_published_page_has_one(order):
    assert not Card.objects.exists()
    publish(order)
    card = Card.objects.get()
    assert (card.kind, card.title, card.year, card.group_label) == (
        "document",
        "О плане",
        2020,
        "Приказ",
    )
    assert card.url == "/dokumenty/o-plane/"


def test_publishing_again_renews_the_card(order):
    publish(order)
    order.title = "О плане работы"
    publish(order)
    assert Card.objects.get().title == "О плане работы"


def test_an_unpublished_draft_edit_leaves_the_card_alone(order):
    publish(order)
    order.title = "Черновое название"
    order.save_revision()
    assert Card.objects.get().title == "О плане"


def test_unpublishing_and_deleting_take_the_card_away(order):
    publish(order)
    order.unpublish()
    assert not Card.objects.exists()
    publish(order)
    order.delete()
    assert not Card.objects.exists()


def test_an_expired_page_loses_its_card_with_the_schedule(order):
    publish(order)
    DocumentPage.objects.filter(pk=order.pk).update(
        expire_at=timezone.now() - timezone.timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not Card.objects.exists()


def test_a_new_address_renews_the_whole_branch(order, library, django_capture_on_commit_callbacks):
    publish(order)
    library.slug = "bank"
    with django_capture_on_commit_callbacks(execute=True):
        publish(library)
    assert Card.objects.get().url == "/bank/o-plane/"


@pytest.mark.parametrize(
    ("restriction", "access"),
    [
        (PageViewRestriction.LOGIN, Access.SIGNED_IN),
        (PageViewRestriction.PASSWORD, None),
        (PageViewRestriction.GROUPS, None),
    ],
)
def test_privacy_narrows_or_removes_the_card(order, restriction, access):
    publish(order)
    privacy = PageViewRestriction.objects.create(page=order, restriction_type=restriction)
    found = Card.objects.values_list("access", flat=True).first()
    assert found == access
    privacy.delete()
    assert Card.objects.get().access == Access.PUBLIC


def test_an_alias_has_no_card(order, library):
    publish(order)
    order.create_alias(parent=library, update_slug="vtoroj-adres")
    assert Card.objects.count() == 1


def test_topics_of_the_page_are_topics_of_the_card(order):
    topic = Topic.objects.create(name="Аттестация", slug="attestaciya", locale=Locale.get_default())
    order.topics = [topic]
    publish(order)
    assert list(Card.objects.get().topics.all()) == [topic]


def test_a_renamed_type_is_renamed_on_its_cards(order):
    publish(order)
    kind = order.document_type
    kind.name = "Распоряжение"
    kind.save()
    assert Card.objects.get().group_label == "Распоряжение"


@pytest.mark.parametrize(
    ("access", "anonymous", "signed_in", "blocked"),
    [(Access.PUBLIC, True, True, True), (Access.SIGNED_IN, False, True, False)],
)
def test_who_sees_a_card(order, access, anonymous, signed_in, blocked):
    order.access = access
    publish(order)
    user = User.objects.create_user("a@example.ru")
    former = User.objects.create_user("b@example.ru", is_active=False)
    seen = [Card.objects.visible_to(viewer).exists() for viewer in (AnonymousUser(), user, former)]
    assert seen == [anonymous, signed_in, blocked]


def test_a_card_that_fell_behind_is_made_anew(order):
    publish(order)
    Card.objects.all().delete()
    refresh_branch(page=order.get_parent())
    assert refresh_card(page=order) == Card.objects.get()
