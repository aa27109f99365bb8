"""The site search and what is offered while one types."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import Card, CardQuerySet
from core.search.catalogue import (
    CAP,
    Candidate,
    Counts,
    Filters,
    Result,
    candidates,
    count,
    ranked,
    results,
    topics_of,
)
from core.search.expressions import Matches
from core.search.guesses import SHORTEST_GUESS, likely_guesses
from core.search.layout import other_layout
from core.search.query import MAX_LENGTH, SearchTerms, parse, parse_beginning
from core.services.card_writing import number_key
from core.typography import document_number
from home.front import published
from home.models import DocumentLibraryPage, DocumentType, TopicIndexPage
from home.registries import search_kinds

PER_PAGE = 10
SUGGESTIONS = 7
TOPICS_SHOWN = 12
_OFFERED = ("title", "url", "kind", "group_label", "number")
_TYPE_AND_NUMBER = re.compile(r"(\D+?)(?:\s*№?\s*(\d\S*))?")


@dataclass(frozen=True)
class Answer:
    """What was found, and for which words: they may differ from what was typed."""

    typed: str
    shown_for: str
    terms: SearchTerms
    found: dict[int, Candidate]
    # No page holds all the words: these hold some of them.
    is_partial: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the hits are those of a corrected query."""
        return self.shown_for != self.typed


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A page for any input: hits with facets, a correction, or what to do when nothing is found."""
    request.in_every_language = True  # type: ignore[attr-defined]
    typed = _clean(request.GET.get("q", ""))
    filters = _filters(request)
    cards = _cards(request)
    # Narrowed down, the whole serves the facets alone: no old title has to come up in it.
    answer = _answer(cards, typed, with_titles=not filters)
    if answer.is_partial:
        # Of pages that hold some of the words topics say little, and asking for them costs.
        filters = replace(filters, topics=())
    is_capped = len(answer.found) > CAP
    has_topics = bool(answer.found) and not (answer.is_partial or (is_capped and answer.is_changed))
    carried = topics_of(answer.found) if has_topics else {}
    counts = count(answer.found, carried) if answer.found else None
    found = answer.found
    if filters and is_capped:
        kept = filters.apply(cards)
        found = candidates(cards=kept, terms=answer.terms, with_titles=not answer.is_partial)
    elif filters:
        found = filters.narrow(found, carried)
    ids = ranked(found=found, terms=answer.terms)
    page: ListPage[Any] = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    hits = results(ids=list(page.object_list), terms=answer.terms)
    return render(
        request,
        "home/search.html",
        {
            "search_query": typed,
            "answer": answer,
            "results": [_row(hit) for hit in hits],
            "page_obj": page,
            "total": _total(len(found)),
            "groups": _groups(counts, filters, is_capped=is_capped),
            "has_filters": bool(filters),
            "kept": [("q", typed)],
            **(_ways_out() if not hits else {}),
            "reset_url": f"{reverse('search')}?{_only(request, 'q')}",
        },
    )


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Pages that go on with what is being typed, the newest first."""
    typed = _clean(request.GET.get("q", ""))
    cards = _suggested(request, typed)
    if not cards and len(typed) > SHORTEST_GUESS:
        cards = _suggested(request, other_layout(typed))
    # Said aloud to those who do not see the list open.
    status = ngettext("%(count)d suggestion", "%(count)d suggestions", len(cards)) if cards else ""
    return JsonResponse(
        {
            "status": status and status % {"count": len(cards)},
            "items": [
                {"title": card.title, "url": card.url, "kind": _what(card)} for card in cards
            ],
        }
    )


def _suggested(request: HttpRequest, typed: str) -> list[Card]:
    """By title; where that leaves room, documents of the type that is being typed."""
    terms = parse_beginning(typed) if len(typed) > 1 else SearchTerms(())
    if not terms:
        return []
    titled = _cards(request).filter(Matches(terms, title_only=True)).newest_first()
    found = {card.pk: card for card in titled.only(*_OFFERED)[:SUGGESTIONS]}
    if len(found) < SUGGESTIONS:
        found |= {card.pk: card for card in _of_type(_cards(request), typed)}
    return list(found.values())[:SUGGESTIONS]


def _of_type(cards: CardQuerySet, typed: str) -> list[Card]:
    """«прик», «приказ № 64»: what stands before the title of a document, not in it."""
    read = _TYPE_AND_NUMBER.fullmatch(typed.casefold())
    if read is None:
        return []
    beginning, number = read.groups()
    types = DocumentType.objects.filter(locale__language_code=get_language() or "ru", live=True)
    slugs = [kind.slug for kind in types if kind.name.casefold().startswith(beginning)]
    if not slugs:
        return []
    cards = cards.filter(kind="document", group__in=slugs)
    if number:
        cards = cards.filter(number_key=number_key(number))
    return list(cards.newest_first().only(*_OFFERED)[:SUGGESTIONS])


def _what(card: Card) -> str:
    """«Приказ № 64» of a numbered document, otherwise the kind of the page."""
    if card.number:
        return capfirst(f"{card.group_label} {document_number(card.number)}".strip())
    return str(search_kinds().get(card.kind, ""))


def _ways_out() -> dict[str, str]:
    """Where to look when nothing was found."""
    topics, library = published(TopicIndexPage), published(DocumentLibraryPage)
    return {
        "topics_url": topics.url if topics else "",
        "library_url": library.url if library else "",
    }


def _clean(typed: str) -> str:
    return " ".join(typed.replace("\x00", " ").split())[:MAX_LENGTH]


def _cards(request: HttpRequest) -> CardQuerySet:
    return Card.objects.visible_to(request.user).in_language(get_language() or "ru")


def _answer(cards: CardQuerySet, typed: str, *, with_titles: bool) -> Answer:
    """The hits; if there are none, those of another layout, of a correction, of some words."""
    terms = parse(typed)
    found = candidates(cards=cards, terms=terms, with_titles=with_titles)
    if found or not terms:
        return Answer(typed, typed, terms, found)
    likeliest = typed
    for guess in likely_guesses(typed, in_russian=get_language() == settings.LANGUAGE_CODE):
        other = parse(guess)
        found = candidates(cards=cards, terms=other, with_titles=with_titles)
        if found:
            return Answer(typed, guess, other, found)
        likeliest = guess if likeliest == typed else likeliest
    some = parse(likeliest).some()
    found = candidates(cards=cards, terms=some, with_titles=False)
    if found:
        return Answer(typed, likeliest, some, found, is_partial=True)
    return Answer(typed, typed, terms, {})


def _filters(request: HttpRequest) -> Filters:
    """Known kinds and whole numbers; anything else in the address narrows nothing."""
    known = search_kinds()
    return Filters(
        kinds=tuple(kind for kind in request.GET.getlist("kind") if kind in known),
        years=_numbers(request.GET.getlist("year"), most=9999),
        topics=_numbers(request.GET.getlist("topic"), most=2**31 - 1),
    )


def _numbers(values: list[str], *, most: int) -> tuple[int, ...]:
    return tuple(
        int(value)
        for value in values[:50]
        if value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= most
    )


def _only(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    for key in list(query):
        if key != name:
            del query[key]
    return query.urlencode()


def _row(hit: Result) -> dict[str, Any]:
    card = hit.card
    facts = (card.group_label, document_number(card.number))
    return {
        "hit": hit,
        "kind": search_kinds().get(card.kind, ""),
        "date": date_format(card.date, "j E Y") if card.year else "",
        "facts": [fact for fact in facts if fact],
    }


def _total(found: int) -> str:
    if found > CAP:
        return _("More than %(count)d pages found") % {"count": CAP}
    return ngettext("%(count)d page found", "%(count)d pages found", found) % {"count": found}


def _groups(counts: Counts | None, filters: Filters, *, is_capped: bool) -> list[dict[str, Any]]:
    """Facets; without numbers when there are more hits than are counted."""
    if counts is None:
        return []

    def option(value: Any, label: Any, number: int, chosen: tuple[Any, ...]) -> dict[str, Any]:
        shown = None if is_capped else number
        return {"value": value, "label": label, "count": shown, "checked": value in chosen}

    kinds = search_kinds()
    return [
        {
            "title": _("Section"),
            "name": "kind",
            "options": [
                option(kind, name, counts.kinds[kind], filters.kinds)
                for kind, name in kinds.items()
                if counts.kinds[kind]
            ],
        },
        {
            "title": _("Topic"),
            "name": "topic",
            "options": [
                option(pk, name, number, filters.topics)
                for pk, name, number in counts.topics[:TOPICS_SHOWN]
            ],
        },
        {
            "title": _("Year"),
            "name": "year",
            "options": [
                option(year, str(year), counts.years[year], filters.years)
                for year in sorted(counts.years, reverse=True)
                if year
            ],
        },
    ]
