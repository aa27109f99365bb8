"""Every change a visitor can see: the touched page is made anew, an unrelated one stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from core.models import SiteSettings
from home.models import NewsPage, Rubric, StandardPage
from tests.core.conftest import Committed, Visitor, publish
from tests.factories.core import PortalDocumentFactory, PortalImageFactory, TopicFactory
from tests.factories.home import (
    NewsPageFactory,
    SectionPageFactory,
    StandardPageFactory,
    TopicPageFactory,
)


def test_publishing_renews_the_page_and_what_links_to_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.touched, pages.linking, pages.unrelated, pages.home)
    with committed():
        pages.touched.body = [{"type": "text", "value": "<p>Иначе</p>"}]
        publish(pages.touched)
    assert visitor.see(pages.touched.url) == "miss"
    assert visitor.see(pages.linking.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "hit"
    assert visitor.see(pages.home.url) == "hit"
    assert "Иначе" in visitor.client.get(pages.touched.url).content.decode()


def test_saving_a_draft_renews_nothing(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.touched, pages.home)
    with committed():
        pages.touched.title = "Ещё не всё"
        pages.touched.save_revision()
    assert visitor.see(pages.touched.url) == "hit"
    assert visitor.see(pages.home.url) == "hit"


def test_change_that_is_rolled_back_renews_nothing(
    pages: SimpleNamespace, visitor: Visitor
) -> None:
    visitor.warm(pages.touched)
    publish(pages.touched)  # the transaction of the test never commits
    assert visitor.see(pages.touched.url) == "hit"


def test_new_title_renews_pages_below(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.touched, pages.unrelated)
    with committed():
        pages.section.title = "Новое имя раздела"
        publish(pages.section)
    assert visitor.see(pages.touched.url) == "miss"
    assert "Новое имя раздела" in visitor.client.get(pages.touched.url).content.decode()


def test_text_of_a_section_does_not_renew_pages_below(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.unrelated, pages.home)
    with committed():
        pages.home.hero_text = "Другие слова"
        publish(pages.home)
    assert visitor.see(pages.unrelated.url) == "hit"
    assert visitor.see(pages.home.url) == "miss"


def test_unpublishing_takes_the_page_away(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.touched, pages.linking, pages.unrelated)
    with committed():
        pages.touched.unpublish()
    assert visitor.client.get(pages.touched.url).status_code == 404
    assert visitor.see(pages.linking.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "hit"


def test_deleting_takes_the_page_away(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    address = pages.touched.url
    visitor.warm(pages.touched, pages.section, pages.unrelated)
    with committed():
        pages.touched.delete()
    assert visitor.client.get(address).status_code == 404
    assert visitor.see(pages.section.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "hit"


def test_deleting_a_section_takes_everything_below(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    address = pages.touched.url
    visitor.warm(pages.touched)
    with committed():
        Page.objects.get(pk=pages.section.pk).delete()
    assert visitor.client.get(address).status_code == 404


def test_moving_changes_both_places(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    other = SectionPageFactory(title="Другой раздел")
    StandardPageFactory(parent=other)
    old_address = pages.touched.url
    visitor.warm(pages.touched, pages.linking, pages.section, other, pages.unrelated)
    with committed():
        pages.touched.move(Page.objects.get(pk=other.pk), pos="last-child")
    moved = StandardPage.objects.get(pk=pages.touched.pk)
    assert visitor.client.get(old_address).status_code == 301
    assert moved.url.startswith(other.url)
    assert visitor.see(moved.url) == "miss"
    for page in (pages.linking, pages.section, other):
        assert visitor.see(page.url) == "miss", page.url
    assert visitor.see(pages.unrelated.url) == "hit"


def test_moving_a_section_moves_links_to_pages_below_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    other = SectionPageFactory(title="Другой раздел")
    visitor.warm(pages.linking)
    with committed():
        pages.section.move(other, pos="last-child")
    text = visitor.client.get(pages.linking.url).content.decode()
    assert StandardPage.objects.get(pk=pages.touched.pk).url in text


def test_changing_the_order_renews_the_list(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    second = StandardPageFactory(title="Вторая", parent=pages.section)
    visitor.warm(pages.section)
    with committed():
        second.move(pages.touched, pos="left")
    text = visitor.client.get(pages.section.url).content.decode()
    assert visitor.see(pages.section.url) == "hit"
    assert text.index("Вторая") < text.rindex("Изменяемая")


def test_new_slug_leads_on_from_the_old_address(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    old_address = pages.touched.url
    visitor.warm(pages.touched, pages.linking, pages.unrelated)
    with committed():
        pages.section.slug = "novyi-adres"
        publish(pages.section)
    assert visitor.client.get(old_address).status_code == 301
    assert "/novyi-adres/" in visitor.client.get(pages.linking.url).content.decode()


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_privacy_takes_the_whole_branch_away(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed, kind: str
) -> None:
    visitor.warm(pages.touched, pages.unrelated)
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=pages.section, restriction_type=kind, password="слово"
        )
    closed = visitor.client.get(pages.touched.url)
    assert closed.get("X-Cache") == "bypass"
    assert "Текст страницы" not in closed.content.decode()
    assert visitor.see(pages.unrelated.url) == "hit"
    with committed():
        restriction.delete()
    assert visitor.see(pages.touched.url) == "miss"


def test_first_page_below_a_section_appears_in_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.section, pages.unrelated)
    with committed():
        StandardPageFactory(title="Только что", parent=pages.section)
    assert "Только что" in visitor.client.get(pages.section.url).content.decode()
    assert visitor.see(pages.unrelated.url) == "hit"


def test_menu_is_renewed_everywhere(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.unrelated)
    with committed():
        SectionPageFactory(title="В меню", show_in_menus=True)
    assert "В меню" in visitor.client.get(pages.unrelated.url).content.decode()


def test_settings_are_renewed_everywhere(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.unrelated)
    with committed():
        settings = SiteSettings.for_site(Site.objects.get())
        settings.phone = "+7 35341 2-00-00"
        settings.save()
    assert "2-00-00" in visitor.client.get(pages.unrelated.url).content.decode()


def test_news_appear_in_their_list_and_nowhere_else(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    NewsPageFactory()
    visitor.warm(pages.news, pages.home, pages.touched, pages.unrelated)
    with committed():
        NewsPageFactory(title="Свежая новость")
    assert visitor.see(pages.touched.url) == "hit"
    assert visitor.see(pages.unrelated.url) == "hit"
    for page in (pages.news, pages.home):
        assert "Свежая новость" in visitor.client.get(page.url).content.decode()


def test_topic_page_shows_what_carries_it_and_ignores_the_rest(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    mine, other = TopicPageFactory(), TopicPageFactory()
    visitor.warm(mine, other)
    with committed():
        news = NewsPageFactory(title="Тематическая", topics=[mine.topic])
    assert "Тематическая" in visitor.client.get(mine.url).content.decode()
    assert visitor.see(other.url) == "hit"
    with committed():
        news = NewsPage.objects.get(pk=news.pk)
        news.topics = [other.topic]
        publish(news)
    assert "Тематическая" not in visitor.client.get(mine.url).content.decode()
    assert "Тематическая" in visitor.client.get(other.url).content.decode()


def test_snippet_renews_pages_that_show_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    news = NewsPageFactory(topics=[TopicFactory()])
    visitor.warm(news, pages.unrelated)
    with committed():
        rubric = Rubric.objects.get(pk=news.rubric_id)
        rubric.name = "Переименованная рубрика"
        rubric.save()
    text = visitor.client.get(news.url).content.decode()
    assert "Переименованная рубрика" in text
    assert visitor.see(pages.unrelated.url) == "hit"


def test_image_renews_pages_that_show_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    image = PortalImageFactory()
    shown = StandardPageFactory(
        body=[
            {
                "type": "image",
                "value": {
                    "image": {"image": image.pk, "decorative": False, "alt_text": "Школа"},
                    "caption": "",
                },
            }
        ]
    )
    visitor.warm(shown, pages.unrelated)
    with committed():
        image.source = "Фото Примерова"
        image.save()
    assert visitor.see(shown.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "hit"


def test_file_renews_pages_that_offer_it(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    document = PortalDocumentFactory()
    shown = StandardPageFactory(
        body=[
            {
                "type": "documents",
                "value": {"title": "", "items": [{"title": "", "document": document.pk}]},
            }
        ]
    )
    visitor.warm(shown, pages.unrelated)
    with committed():
        document.title = "Новое имя файла"
        document.save()
    assert "Новое имя файла" in visitor.client.get(shown.url).content.decode()
    assert visitor.see(pages.unrelated.url) == "hit"


def test_redirect_works_at_once(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    address = "/staraya-stranica/"
    assert visitor.client.get(address).status_code == 404
    with committed():
        Redirect.add_redirect(old_path=address, redirect_to=pages.touched)
    assert visitor.client.get(address).status_code == 301
    visitor.warm(pages.touched)
