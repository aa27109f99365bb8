"""The site search over the catalogue.

Cost does not follow the number of hits: the newest few hundred hits are ranked, the count ends at a
cap. Title hits are taken apart from text hits, so an old order is found by its name however many
newer texts mention the same words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.functions import Substr

from core.models.card import Card, CardQuerySet, CardTopic
from core.search.expressions import Matches, Score, scores
from core.search.highlight import fragment, highlight
from core.search.lemmas import telling_words, words
from core.search.newest import by_words, newest_hits
from core.search.query import SearchTerms

# By number of the card: number and name of each of its topics.
TopicsOfCards = dict[int, dict[int, str]]

# So many hits are ranked and counted; above it the page says «больше 300».
CAP = 300
_TITLE_CAP = 150
# A name that holds all that is sought outweighs the best text three times.
_NAME = 3.0
# Highlighting reads no further into a text.
_EXCERPT = 20_000


@dataclass(frozen=True)
class Filters:
    """What a visitor narrowed the hits to; an empty field narrows nothing."""

    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.years or self.topics)

    def apply(self, cards: CardQuerySet) -> CardQuerySet:
        """Only cards that fit every field."""
        if self.kinds:
            cards = cards.filter(kind__in=self.kinds)
        if self.years:
            cards = cards.filter(year__in=self.years)
        if self.topics:
            carrying = CardTopic.objects.filter(topic_id__in=self.topics)
            cards = cards.filter(pk__in=carrying.values("card_id"))
        return cards

    def narrow(self, found: dict[int, Candidate], carried: TopicsOfCards) -> dict[int, Candidate]:
        """The same of hits that are all at hand."""
        topics = set(self.topics)
        return {
            pk: row
            for pk, row in found.items()
            if not self.kinds or row.kind in self.kinds
            if not self.years or row.year in self.years
            if not topics or not topics.isdisjoint(carried.get(pk, ()))
        }


@dataclass(frozen=True)
class Candidate:
    """What of a hit is needed to order and to count it."""

    kind: str
    year: int
    date: date
    title: str
    number: str
    group_label: str


def candidates(
    *, cards: CardQuerySet, terms: SearchTerms, with_titles: bool = True
) -> dict[int, Candidate]:
    """The newest hits by number of the card, at most a few hundred.

    One query; when capped, one more for the hits in titles that the cap may have cut off
    (``with_titles``), and on PostgreSQL one more for a phrase.
    """
    if not terms:
        return {}
    columns = ("pk", "kind", "year", "date", "title", "number", "group_label")
    rows = list(newest_hits(cards, terms)[: CAP + 1].values_list(*columns))
    if len(rows) > CAP and with_titles:
        # Only then can a title hit have been left out.
        by_title = by_words(cards.filter(Matches(terms, title_only=True)))[:_TITLE_CAP]
        rows += by_title.values_list(*columns)
    return {pk: Candidate(*facts) for pk, *facts in rows}


def ranked(*, found: dict[int, Candidate], terms: SearchTerms) -> list[int]:
    """Numbers of the cards, the best answer first, newer before older. One query.

    What a page is called, its number and its kind say more than any word inside it; how the text
    ranks decides between pages that are called alike.
    """
    texts = scores(ids=list(found), terms=terms)
    least = Score(0, 0.0)
    lemmas = terms.lemmas

    def key(pk: int) -> tuple[int, float, date, int]:
        text, card = texts.get(pk, least), found[pk]
        return text.held, _named(card, terms, lemmas) + text.rank, card.date, pk

    return sorted(found, key=key, reverse=True)[:CAP]


def _named(card: Candidate, terms: SearchTerms, lemmas: frozenset[str]) -> float:
    """How far a card is called what is sought, from 0 to ``_NAME + 1``."""
    title = telling_words(card.title)
    own = frozenset().union(*title, words(card.number))
    beside = frozenset().union(*telling_words(card.group_label), [str(card.year)])
    points = 0.0
    for term in terms.terms:
        if not own.isdisjoint(term.forms) or any(own.issuperset(said) for said in term.meanings):
            points += 1
        elif not beside.isdisjoint(term.forms):
            points += 0.5
    if not points:
        return 0.0
    told = sum(not forms.isdisjoint(lemmas) for forms in title) / max(len(title), 1)
    return points / len(terms.terms) * (_NAME + told)


@dataclass(frozen=True)
class Counts:
    """How many hits there are of each kind, year and topic."""

    kinds: Counter[str]
    years: Counter[int]
    topics: list[tuple[int, str, int]]


def topics_of(found: dict[int, Candidate]) -> TopicsOfCards:
    """Numbers and names of the topics by number of the card. One query.

    A topic that is not published in the language of the card has no name there.
    """
    carried: TopicsOfCards = defaultdict(dict)
    rows = CardTopic.objects.filter(
        card_id__in=list(found), topic__live=True, topic__locale__language_code=F("card__language")
    )
    for card, topic, name in rows.values_list("card_id", "topic_id", "topic__name"):
        carried[card][topic] = name
    return carried


def count(found: dict[int, Candidate], carried: TopicsOfCards) -> Counts:
    """Counts for the facets, the most frequent topics first."""
    names = {topic: name for topics in carried.values() for topic, name in topics.items()}
    numbers = Counter(topic for topics in carried.values() for topic in topics)
    return Counts(
        kinds=Counter(row.kind for row in found.values()),
        years=Counter(row.year for row in found.values()),
        topics=[
            (topic, names[topic], numbers[topic])
            for topic in sorted(names, key=lambda topic: (-numbers[topic], names[topic]))
        ],
    )


@dataclass(frozen=True)
class Result:
    """One hit as a page shows it."""

    card: Card
    title: str
    excerpt: str


def results(*, ids: list[int], terms: SearchTerms) -> list[Result]:
    """The cards of one page of hits with their words marked. One query."""
    by_id = {
        card.pk: card
        for card in Card.objects.filter(pk__in=ids)
        .defer("text", "lemmas", "title_lemmas")
        .annotate(excerpt=Substr("text", 1, _EXCERPT))
    }
    lemmas = terms.lemmas
    found = []
    for pk in ids:
        card = by_id.get(pk)
        if card is None:
            continue
        # The lead is shown if it holds what was sought, else the best place of the text.
        piece = card.summary if fragment(card.summary, lemmas) else fragment(card.excerpt, lemmas)
        found.append(
            Result(card, highlight(card.title, lemmas), highlight(piece or card.summary, lemmas))
        )
    return found
