"""The admin finds drafts by their words and corrects slips in titles; no visitor meets those words.

Invented words, since a word of the dictionary is not doubted and a public one is known anyway.
"""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from core import jobs
from core.models import DeskWord, SearchWord
from core.search.spelling import correct
from home.models import NewsPage
from people.models import User
from tests.factories.core import PortalDocumentFactory, PortalImageFactory
from tests.factories.home import NewsPageFactory, body

pytestmark = pytest.mark.django_db

DRAFT, INSIDE, FILE, PICTURE = "кволдобрик", "шмурзопляс", "брындокваш", "хрюмзелист"
SLIPS = {DRAFT: "кволдабрик", FILE: "брындаквашь", PICTURE: "хрюмзилист"}
LISTS = {DRAFT: "/admin/pages/search/", FILE: "/admin/documents/", PICTURE: "/admin/images/"}


@pytest.fixture
def draft(site_tree: object) -> object:
    PortalDocumentFactory(title=f"План {FILE}", text=INSIDE)
    PortalImageFactory(title=f"Снимок {PICTURE}")
    return NewsPageFactory(title=f"Заметка {DRAFT}", body=body(f"Про {INSIDE}"), live=False)


def answer(anybody: Client, typed: str) -> str:
    """All that a visitor is told of what is typed, without the words typed."""
    suggested = anybody.get("/search/suggest/", {"q": typed})
    told = json.dumps(suggested.json(), ensure_ascii=False)
    page = anybody.get("/search/", {"q": typed})
    assert (suggested.status_code, page.status_code) == (200, 200)
    return (told + page.content.decode()).lower().replace(typed, "")


def test_words_of_the_desk_stay_at_the_desk(draft, client: Client, superuser: User) -> None:
    client.force_login(superuser)
    anybody = Client()
    for word, slip in SLIPS.items():
        # The desk asks first: its answer must not wait in the cache for a visitor.
        found = client.get(LISTS[word], {"q": slip}).content.decode()
        assert word in found, slip
        assert correct(slip, at_desk=True) == word
        assert correct(slip) is None
        for typed in (slip, word[:5], word[:-1]):
            assert word not in answer(anybody, typed), typed
    assert not SearchWord.objects.filter(word__in=SLIPS).exists()


def test_a_published_word_is_everybodys_and_only_until_it_is_taken_down(draft) -> None:
    def kept(store: type[SearchWord | DeskWord]) -> set[str]:
        jobs.forget_search_words()
        return set(store.objects.filter(word__in=[*SLIPS, INSIDE]).values_list("word", flat=True))

    draft.save_revision().publish()
    assert correct(SLIPS[DRAFT]) == DRAFT
    assert DRAFT in answer(Client(), SLIPS[DRAFT])
    # The lists of the admin look through titles, not into texts and files.
    assert (kept(SearchWord), kept(DeskWord)) == ({DRAFT, INSIDE}, set(SLIPS))
    draft.refresh_from_db()
    draft.unpublish()
    assert (kept(SearchWord), kept(DeskWord)) == (set(), set(SLIPS))
    draft.delete()
    assert (kept(SearchWord), kept(DeskWord)) == (set(), {FILE, PICTURE})


@pytest.mark.parametrize(
    "address",
    ["/admin/pages/search/", "/admin/news/", "/admin/choose-page/search/", "/admin/pages/1/"],
)
def test_a_draft_is_found_by_its_words_at_the_desk_alone(
    draft, client: Client, superuser: User, address: str
) -> None:
    """In a new draft, in the newer draft of what is published, and after the index is made anew."""
    published = NewsPageFactory(title="Выставка", body=body("Про старое"))
    published.body = body("Про блямбурдию")
    published.save_revision()
    client.force_login(superuser)

    def titles(typed: str) -> set[str]:
        text = client.get(address, {"q": typed, "p": 1}).content.decode()
        return {title for title in (draft.title, published.title) if title in text}

    for _again in range(2):
        assert titles(INSIDE) == titles(INSIDE[:-2]) == {draft.title}
        assert titles("блямбурдия") == titles("старое выставка") == {published.title}
        call_command("update_index", verbosity=0)
    for word in (INSIDE, "блямбурдию"):
        assert "Заметка" not in answer(Client(), word)
        assert "Выставка" not in answer(Client(), word)
        assert not SearchWord.objects.filter(word=word).exists()


def test_titles_come_before_texts_in_one_query(site_tree, django_assert_num_queries) -> None:
    named = NewsPageFactory(title="Занятия и план брынзы на осень", live=False)
    for number in range(3):
        NewsPageFactory(title=f"Заметка {number}", body=body("Брынза. " * 200), live=False)
    NewsPageFactory(title=f"Итоги {'года ' * 20}", body=body("Брынза."), live=False)
    for model in (NewsPage, Page):
        with django_assert_num_queries(1):
            found = list(model.objects.all().autocomplete("брынза"))
        assert len(found) == 5
        assert found[0].pk == named.pk
    named.body = body("Про осень")
    named.save_revision()
    with django_assert_num_queries(1):
        assert "Про осень" in NewsPage.get_indexed_objects().get(pk=named.pk).desk_words()
