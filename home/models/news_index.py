"""The list of news by rubric, topic, year and month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from core.models import BasePage, Card, CardQuerySet, Topic
from core.page_cache import remember
from core.permissions import is_signed_in
from home.models.news import Rubric

PER_PAGE = 20
LAST_YEAR = 9998
# From here on a page is found in two steps.
FAR_DOWN = 1000
T = TypeVar("T")


class RubricLink(NamedTuple):
    """A rubric beside the list."""

    slug: str
    name: str


class NewsIndexPage(RoutablePageMixin, BasePage):
    """All news, by rubric, topic, year and month."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("news list")

    @path("")
    def all_news(self, request: HttpRequest) -> HttpResponse:
        """Everything, the newest first."""
        return self._list(request, self._cards(request))

    @path("<int:year>/")
    def of_year(self, request: HttpRequest, year: int) -> HttpResponse:
        """News of one year."""
        if not 1 <= year <= LAST_YEAR:
            raise Http404
        cards = self._cards(request).filter(year=year)
        return self._list(request, cards, heading=_("News of %(year)d") % {"year": year}, year=year)

    @path("<int:year>/<int:month>/")
    def of_month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """News of one month."""
        if not (1 <= month <= 12 and 1 <= year <= LAST_YEAR):
            raise Http404
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        cards = self._cards(request).filter(year=year, date__gte=first, date__lt=after)
        heading = date_format(first, "F Y")
        return self._list(request, cards, heading=heading, year=year, month=month)

    @path("rubrika/<slug:slug>/")
    def of_rubric(self, request: HttpRequest, slug: str) -> HttpResponse:
        """News of one rubric."""
        rubric = Rubric.objects.filter(slug=slug, locale_id=self.locale_id, live=True).first()
        if rubric is None:
            raise Http404
        cards = self._cards(request).filter(group=slug)
        return self._list(request, cards, heading=rubric.name, rubric=rubric)

    @path("tema/<slug:slug>/")
    def of_topic(self, request: HttpRequest, slug: str) -> HttpResponse:
        """News of one topic."""
        topic = Topic.objects.filter(slug=slug, locale_id=self.locale_id, live=True).first()
        if topic is None:
            raise Http404
        cards = self._cards(request).filter(card_topics__topic=topic)
        heading = _("News on the topic «%(topic)s»") % {"topic": topic.name}
        return self._list(request, cards, heading=heading, topic=topic)

    def _cards(self, request: HttpRequest) -> CardQuerySet:
        visible = Card.objects.visible_to(request.user).of_kind("news")
        return visible.in_language(self.locale.language_code)

    def _list(
        self, request: HttpRequest, cards: CardQuerySet, *, heading: Any = "", **chosen: Any
    ) -> HttpResponse:
        """A page of the list with what can be chosen beside it."""
        years = self._kept(request, "years", self._years)
        year = chosen.get("year")
        paginator = Paginator(cards.defer("text").newest_first(), PER_PAGE)
        if not chosen:
            # All of them are counted once, not for each visitor.
            paginator.count = self._kept(request, "count", lambda _request: cards.count())
        number = request.GET.get("page", "1")
        if not number.isdecimal() or not 1 <= int(number[:9]) <= paginator.num_pages:
            raise Http404
        page_obj = paginator.page(int(number))
        self._shown = request.path[len(self.get_url(request) or "") :]
        if page_obj.number > 1:
            self._shown += f"?page={page_obj.number}"
        context = {
            "page_obj": page_obj,
            "cards": _shown_cards(page_obj),
            "heading": capfirst(str(heading)) or self.title,
            "is_selection": bool(chosen),
            "rubric": None,
            "topic": None,
            "year": None,
            "month": None,
            "rubrics": self._kept(request, "rubrics", self._rubrics),
            "years": years,
            "months": self._months(request, year) if year in years else (),
            **chosen,
        }
        return self.render(request, context_overrides=context)

    def _kept(self, request: HttpRequest, name: str, read: Callable[[HttpRequest], T]) -> T:
        """What every page of the list shows, kept until news of this language change."""
        audience = "in" if is_signed_in(request.user) else "out"
        return remember(f"news:{name}:{self.locale_id}:{audience}", lambda: read(request))

    @property
    def canonical_url(self) -> str:
        """Each cut of the list and each of its pages has an address of its own."""
        return super().canonical_url + getattr(self, "_shown", "")

    def _rubrics(self, request: HttpRequest) -> tuple[RubricLink, ...]:
        found = Rubric.objects.filter(locale_id=self.locale_id, live=True).values_list(
            "slug", "name"
        )
        return tuple(RubricLink(*row) for row in found)

    def _years(self, request: HttpRequest) -> tuple[int, ...]:
        """The years between the first and the last news, the newest first."""
        dated = self._cards(request).order_by("date", "pk").values_list("year", flat=True)
        first, last = dated.first(), dated.last()
        return () if first is None or last is None else tuple(range(last, first - 1, -1))

    def _months(self, request: HttpRequest, year: int) -> tuple[date, ...]:
        """The months of a year in which there was news."""
        return tuple(self._cards(request).filter(year=year).dates("date", "month"))


def _shown_cards(page_obj: Any) -> list[Card]:
    """The cards of a page; far down, the index alone is walked before cards are read."""
    if page_obj.start_index() <= FAR_DOWN:
        return list(page_obj.object_list)
    numbers = list(page_obj.object_list.values_list("pk", flat=True))
    return list(Card.objects.filter(pk__in=numbers).defer("text").newest_first())
