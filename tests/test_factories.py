"""The traits of the page factories mean what they say, seen from the catalogue."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from core.models import Card
from people.models import User
from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory, NewsPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("traits", "visitor", "signed_in"),
    [
        ({}, True, True),
        ({"draft": True}, False, False),
        ({"scheduled": True}, False, False),
        ({"expired_yesterday": True}, False, False),
        ({"signed_in_only": True}, False, True),
        ({"restricted": True}, False, False),
    ],
)
@pytest.mark.parametrize("make", [NewsPageFactory, DocumentPageFactory, StandardPageFactory])
def test_who_sees_the_card(
    site_tree: SimpleNamespace,
    teacher: User,
    make: type,
    traits: dict[str, bool],
    visitor: bool,
    signed_in: bool,
) -> None:
    page = make(**traits)
    cards = Card.objects.filter(page_id=page.pk)
    assert cards.visible_to(AnonymousUser()).exists() is visitor
    assert cards.visible_to(teacher).exists() is signed_in


def test_card_says_what_a_list_shows(site_tree: SimpleNamespace) -> None:
    topic = TopicFactory()
    page = DocumentPageFactory(title="О создании центра", number="64", topics=[topic])
    card = Card.objects.get(page_id=page.pk)
    assert (card.kind, card.number, card.year, card.group) == ("document", "64", 2020, "order")
    assert card.url == page.url
    assert [row.topic for row in card.card_topics.all()] == [topic]
    assert "Полный текст документа." in card.text
