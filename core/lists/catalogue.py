"""A list of all cards of one kind: page, facets with counts, words; reads cards alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.facets import Chosen, FacetGroup, Option
from core.lists.counting import Names, chosen_of, count, groups_of, named
from core.lists.keyset import KeysetPage, page_of
from core.lists.selection import CardSelection
from core.models import Card, CardQuerySet
from core.page_cache import depends_on, remember, silenced, tags
from core.permissions import is_signed_in
from core.search.catalogue import CAP, candidates
from core.search.query import parse

if TYPE_CHECKING:
    from core.permissions import Visitor

COUNT_LIMIT = 10_000
# So many ways out of an empty list are counted.
MOST_WAYS = 5
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True)
class Listing:
    """Everything a list shows; ``key`` names all that the facets depend on, if they are kept."""

    page: KeysetPage
    groups: list[FacetGroup]
    total: int
    is_capped: bool
    chosen: list[Chosen]
    key: str = ""


@dataclass(frozen=True)
class Wider:
    """A choice to take away: the facet ("": the words), what is chosen, the address, the number."""

    facet: str
    chosen: str
    url: str
    total: int


@dataclass(frozen=True)
class CardCatalogue:
    """What the lists of one kind of cards have in common.

    ``names`` gives the words of the values by facet in a language, in the order in which they are
    shown; ``named_by`` are the models these words come from. ``form`` is the template of the facets
    and ``arrange`` may change how some of them are shown.
    """

    kind: str
    names: Callable[[str], Names]
    named_by: tuple[type[Any], ...]
    form: str
    page_size: int = 20
    arrange: Callable[[FacetGroup], FacetGroup] = field(default=lambda group: group)

    def listing(
        self,
        *,
        selection: CardSelection,
        user: Visitor,
        language: str,
        within: Mapping[str, str] | None = None,
    ) -> Listing:
        """What the list shows to ``user``; ``within`` are columns all its cards have in common.

        One query when the counts are kept, two when they are not.
        """
        everything = self._cards(user, language, within)
        words_capped, key = False, ""
        if selection.words:
            everything, words_capped = with_words(everything, selection.words)
            groups, total = self._facets(everything, selection, language)
        else:
            key = self._key(selection, user, language, within)
            groups, total = self._kept_facets(key, everything, selection, language)
        return Listing(
            page=page_of(selection.filter(everything), selection, self.page_size),
            groups=groups,
            total=min(total, COUNT_LIMIT),
            is_capped=words_capped or total > COUNT_LIMIT,
            chosen=chosen_of(groups, selection) if selection.is_narrowed else [],
            key=key,
        )

    def facets_html(
        self,
        *,
        listing: Listing,
        selection: CardSelection,
        sorts: list[tuple[str, Any]],
        page: Any,
        action: str,
        user: Visitor,
        within: Mapping[str, str] | None = None,
    ) -> str:
        """HTML of the facets: a hundred choices, the same on every page of one selection.

        Without ``sorts`` the order is chosen elsewhere, and the form only keeps it.
        """

        def render(groups: list[FacetGroup]) -> str:
            hidden = [("q", selection.words)] if selection.words else []
            values = {
                "action": action,
                "groups": [_sort_group(selection, sorts), *groups] if sorts else groups,
                "hidden": hidden if sorts else [*hidden, ("sort", selection.sort)],
            }
            return render_to_string(self.form, values)

        def build() -> str:
            # Asked for again, so that what is kept knows what it was made of.
            language = page.locale.language_code
            cards = self._cards(user, language, within)
            groups, _total = self._kept_facets(listing.key, cards, selection, language)
            depends_on(tags.address(page.pk))
            return render(groups)

        if not listing.key:
            return render(listing.groups)
        return remember(f"html:{listing.key}:{selection.sort}:{page.pk}", build)

    def wider(
        self,
        *,
        selection: CardSelection,
        user: Visitor,
        language: str,
        within: Mapping[str, str] | None = None,
    ) -> list[Wider]:
        """What taking one choice away would show, the most first; a query for each choice.

        For lists that show nothing: it says where there is something.
        """
        everything = self._cards(user, language, within)
        with_all = with_words(everything, selection.words)[0] if selection.words else everything
        names = self.names(language)
        titles = dict(selection.facets.choices)
        found = [
            Wider(
                str(titles[name]),
                ", ".join(names.get(name, {}).get(value, value) for value in values),
                selection.address(chosen={**selection.chosen, name: ()}),
                selection.filter(with_all, leave_out=name).count(),
            )
            for name, values in list(selection.chosen.items())[:MOST_WAYS]
        ]
        if selection.words:
            total = selection.filter(everything).count()
            address = selection.address(words="")
            found.append(Wider("", f"«{selection.words}»", address, total))
        return sorted((way for way in found if way.total), key=lambda way: -way.total)

    def words_of(self, selection: CardSelection, language: str) -> str:
        """What is chosen, in words: «физика, 7 класс»."""
        names = self.names(language)
        return ", ".join(
            names.get(name, {}).get(value, value)
            for name, values in selection.chosen.items()
            for value in values
        )

    def _cards(
        self, user: Visitor, language: str, within: Mapping[str, str] | None
    ) -> CardQuerySet:
        cards = Card.objects.of_kind(self.kind).in_language(language).visible_to(user)
        return cards.filter(**within) if within else cards

    def _key(
        self,
        selection: CardSelection,
        user: Visitor,
        language: str,
        within: Mapping[str, str] | None,
    ) -> str:
        audience = "in" if is_signed_in(user) else "out"
        asked = f"{sorted((within or {}).items())}{selection.key}"
        chosen = blake2b(asked.encode(), digest_size=12).hexdigest()
        return f"list:{self.kind}:{language}:{audience}:{chosen}"

    def _kept_facets(
        self, key: str, cards: CardQuerySet, selection: CardSelection, language: str
    ) -> tuple[list[FacetGroup], int]:
        """The facets, kept until a card of this kind and language changes."""

        def build() -> tuple[list[FacetGroup], int]:
            with silenced():
                found = self._facets(cards, selection, language)
            depends_on(tags.cards(self.kind, language), *self.named_by)
            return found

        return remember(key, build)

    def _facets(
        self, cards: CardQuerySet, selection: CardSelection, language: str
    ) -> tuple[list[FacetGroup], int]:
        counts, total = count(cards, selection)
        names = self.names(language)
        groups = groups_of(named(counts, selection, names), selection, names)
        return [self.arrange(group) for group in groups], total


def with_words(cards: CardQuerySet, words: str) -> tuple[CardQuerySet, bool]:
    """The cards that hold the words, carry them as their number or are of that date.

    Also says whether older hits were left out: only the newest few hundred are looked at.
    """
    found = candidates(cards=cards, terms=parse(words))
    condition = Q(pk__in=list(found))
    number = words.lstrip("№ ").strip()
    if number:
        condition |= Q(number__iexact=number)
    if (match := _DATE.fullmatch(words)) and (day := _date_of(match)):
        condition |= Q(date=day)
    return cards.filter(condition), len(found) > CAP


def _date_of(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _sort_group(selection: CardSelection, sorts: list[tuple[str, Any]]) -> FacetGroup:
    """The order of the list, shown with the facets so that one form holds the whole choice."""
    options = [Option(value, str(label), None, value == selection.sort) for value, label in sorts]
    return FacetGroup("sort", _("Order"), options, "select")
