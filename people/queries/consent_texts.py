"""Versions of consents: what differs between two, whom a new one touches, who is to be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from urllib.parse import urlencode, urlsplit

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import ConsentAnswerKind, ConsentItem, ConsentKind
from people.models import Consent, ConsentAnswer, ConsentText, User

# Pages that no question stands before; what lies below them, too.
NEVER_BLOCKED = ("consents", "my_data", "account_logout")

# Pairs of words, of lines: what a comparison costs at worst grows with their number.
WORDS_COMPARED = 25_000_000
LINES_COMPARED = 1_000_000


@dataclass(frozen=True)
class Piece:
    """Some words of a text: the same in both versions, gone from the old, or new."""

    words: str
    # "", "gone" or "new"
    state: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a consent as it stands in two versions."""

    title: str
    before: list[Piece]
    after: list[Piece]

    @property
    def differs(self) -> bool:
        """Whether the versions say different things here."""
        return any(piece.state for piece in (*self.before, *self.after))


def compare(old: ConsentText | None, new: ConsentText) -> list[Part]:
    """Every part of two versions side by side, each with what is gone and what is new."""
    former = old or ConsentText(kind=new.kind)
    parts = [
        _part(title, *_cut(getattr(former, name), getattr(new, name)))
        for name, title in (
            ("title", _("Title")),
            ("law", _("Grounds in law")),
            ("text", _("Text")),
            ("data_list", _("Data")),
            ("purposes", _("Purposes")),
        )
        if getattr(former, name) or getattr(new, name)
    ]
    if new.kind == ConsentKind.DISTRIBUTION:
        # A line for each: of a list it counts what is in it, not where the words stand.
        before, after = former.item_labels, new.item_labels
        parts.append(
            Part(
                _("May be published"),
                [Piece(f"{label}\n", "" if label in after else "gone") for label in before],
                [Piece(f"{label}\n", "" if label in before else "new") for label in after],
            )
        )
    return parts


def _cut(old: str, new: str) -> tuple[list[str], list[str]]:
    """Both texts in the smallest units that can be compared while somebody waits."""
    for unit, most in ((r"\s+|\w+|[^\w\s]", WORDS_COMPARED), (r"[^\n]*\n|[^\n]+", LINES_COMPARED)):
        before, after = re.findall(unit, old), re.findall(unit, new)
        if len(before) * len(after) <= most:
            return before, after
    return [old], [new]


def _part(title: str, old: Sequence[str], new: Sequence[str]) -> Part:
    before: list[Piece] = []
    after: list[Piece] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new).get_opcodes():
        if i2 > i1:
            before.append(Piece("".join(old[i1:i2]), "" if kind == "equal" else "gone"))
        if j2 > j1:
            after.append(Piece("".join(new[j1:j2]), "" if kind == "equal" else "new"))
    return Part(title, before, after)


@dataclass(frozen=True)
class Effect:
    """Whom a new version touches, and how."""

    # Consents in force to earlier versions: given with an account, and signed on paper alone.
    with_account: int = 0
    on_paper: int = 0
    # Items that the new version asks about for the first time.
    added: list[str] = field(default_factory=list)
    # Items it asks about no longer, and how many people have allowed each.
    dropped: list[tuple[str, int]] = field(default_factory=list)
    data_differ: bool = False

    @property
    def total(self) -> int:
        """All consents that stay with an earlier version."""
        return self.with_account + self.on_paper


def effect_of(old: ConsentText | None, new: ConsentText) -> Effect:
    """What putting ``new`` in force in place of ``old`` means for those who have agreed."""
    holding = Consent.objects.in_force().filter(kind=new.kind).order_by()
    counts = holding.aggregate(total=Count("pk"), online=Count("pk", filter=Q(user__isnull=False)))
    before, after = set(old.items if old else ()), set(new.items)
    allowed: Counter[str] = Counter()
    if before - after:
        for items in holding.values_list("items", flat=True).iterator(chunk_size=1000):
            allowed.update(before.difference(after).intersection(items))
    return Effect(
        with_account=counts["online"],
        on_paper=counts["total"] - counts["online"],
        added=[str(item.label) for item in ConsentItem if item in after - before],
        dropped=[
            (str(item.label), allowed[item]) for item in ConsentItem if item in before - after
        ],
        data_differ=old is not None
        and (old.data_list, old.purposes) != (new.data_list, new.purposes),
    )


def versions() -> QuerySet[ConsentText]:
    """Every version, the newest first, with how many consents to it hold and were ever given."""
    today = timezone.localdate()
    holds = Q(consents__withdrawn_at__isnull=True) & (
        Q(consents__valid_until__isnull=True) | Q(consents__valid_until__gte=today)
    )
    return ConsentText.objects.annotate(
        given=Count("consents"), holding=Count("consents", filter=holds)
    ).order_by("-kind", "-version")


def texts_in_force() -> dict[str, ConsentText]:
    """The version of each kind that is agreed to today, in one query."""
    published = ConsentText.objects.filter(published_at__lte=timezone.now())
    # The last of a kind stays.
    return {text.kind: text for text in published.order_by("published_at", "version")}


def questions_for(user: User) -> list[ConsentText]:
    """The texts that are to be put to ``user`` after a log-in.

    The consent to processing is put to who has never decided about it; a new version to who has
    agreed to an earlier one. What was declined or withdrawn is not asked again.
    """
    texts = texts_in_force()
    holds = Exists(Consent.objects.in_force().order_by().filter(pk=OuterRef("pk")))
    own = list(
        Consent.objects.filter(Q(user=user) | Q(record__user=user))
        .order_by()
        .values_list("kind", "text", holds)
    )
    decided = {text for _kind, text, _holds in own}
    asked_before = {kind for kind, _text, _holds in own}
    holding = {kind for kind, _text, still in own if still}
    waiting = [
        text
        for kind in ConsentKind.values
        if (text := texts.get(kind)) is not None and text.pk not in decided
        # Nobody is asked for the consent to distribution who has not thought of it.
        if kind in holding or (kind == ConsentKind.PROCESSING and kind not in asked_before)
    ]
    if not waiting:
        return []
    declined = ConsentAnswer.objects.filter(user=user, answer=ConsentAnswerKind.DECLINED)
    no = list(declined.order_by().values_list("text__kind", "text"))
    # A no without any consent holds for later versions, too: it is not asked again.
    never = {kind for kind, _text in no if kind not in holding}
    refused = {text for _kind, text in no}
    return [text for text in waiting if text.pk not in refused and text.kind not in never]


def way_past_questions(user: User, target: str) -> str:
    """Where a log-in leads that asked for ``target``: over the question, if there is one to put.

    Nothing stands before the way out, the rights of the person and the consents themselves.
    """
    path = urlsplit(target).path
    if path.startswith(tuple(reverse(name) for name in NEVER_BLOCKED)) or not questions_for(user):
        return target
    return f"{reverse('consent_question')}?{urlencode({'next': target})}"
