"""«How it is done»: blocks that are added, moved and taken away by buttons of the form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from anyascii import anyascii
from django import forms
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.blocks import FRAME_ANCHORS
from practices.models import PracticePage
from practices.queries.versions import one_kind_of_lines

MOST_BLOCKS = 60
MOST_STEPS = 30
_END_OF_PARAGRAPH = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>", re.IGNORECASE)


def _text(rows: int, most: int, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(required=False, max_length=most, widget=area, **kwargs)


def _line(label: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=160, label=label)


class HeadingForm(forms.Form):
    """A heading of the description."""

    text = _line(_("Heading"))


class LightTextForm(forms.Form):
    """Paragraphs and lists."""

    text = _text(
        5,
        20_000,
        label=_("Text"),
        help_text=_(
            "An empty line begins a paragraph; a line that begins with a hyphen is a point of "
            "a list."
        ),
    )


class QuoteForm(forms.Form):
    """Somebody's words."""

    text = _text(3, 3000, label=_("Quote"))
    author = _line(_("Author"))
    role = _line(_("Position"))


class StepsForm(forms.Form):
    """The title over numbered steps."""

    title = _line(_("Title of the steps"))


class StepForm(forms.Form):
    """One step."""

    title = _line(_("Step"))
    text = _text(3, 5000, label=_("What is done"))


FORMS: dict[str, type[forms.Form]] = {
    "heading": HeadingForm,
    "light_text": LightTextForm,
    "steps": StepsForm,
    "quote": QuoteForm,
}
NAMES = {
    "heading": _("Heading"),
    "light_text": _("Text"),
    "steps": _("Steps"),
    "quote": _("Quote"),
}


class Block:
    """One block on the screen: its forms, or the block itself where it stays as it is."""

    def __init__(self, number: int, raw: Mapping[str, Any], data: Any = None) -> None:
        self.number = number
        self.raw = raw
        self.kind = str(raw["type"])
        self.pk = str(raw.get("id") or "")
        self.form: forms.Form | None = None
        self.steps: list[forms.Form] = []
        # What an editor made is shown instead of asked.
        self.shown: Any = None
        if self.kind in FORMS:
            self.form = FORMS[self.kind](
                data, initial=_initial(self.kind, raw["value"]), prefix=f"b-{number}"
            )
            self._add_steps(data)

    def _add_steps(self, data: Any) -> None:
        if self.kind != "steps":
            return
        items = self.raw["value"].get("items", [])
        self.stored_steps = [item["value"] for item in items]
        self.step_ids = [item.get("id") for item in items]
        count = len(self.stored_steps)
        if data is not None:
            count = _count(data.get(f"b-{self.number}-steps"), MOST_STEPS)
        for place in range(count):
            stored = self.stored_steps[place] if place < len(self.stored_steps) else {}
            initial = {"title": stored.get("title", ""), "text": plain(stored.get("text", ""))}
            prefix = f"b-{self.number}-s-{place}"
            self.steps.append(StepForm(data, initial=initial, prefix=prefix))

    @property
    def name(self) -> Any:
        """How the block is called."""
        return NAMES.get(self.kind, _("Fixed part"))

    @property
    def may_have_more_steps(self) -> bool:
        """Whether another step may be added."""
        return self.kind == "steps" and len(self.steps) < MOST_STEPS

    @property
    def forms(self) -> list[forms.Form]:
        """All forms of the block; a fixed one has none."""
        return [self.form, *self.steps] if self.form else []

    def is_valid(self) -> bool:
        """Whether every field of the block is right."""
        # Each is looked at, also after one that is wrong.
        return [part.is_valid() for part in self.forms].count(False) == 0

    def as_raw(self) -> dict[str, Any]:
        """The block as the stream stores it; what is wrong keeps what was stored."""
        if self.form is None:
            return dict(self.raw)
        said = {**self.form.initial, **self.form.cleaned_data}
        said = {name: one_kind_of_lines(text) for name, text in said.items()}
        value: Any = said
        if self.kind == "light_text":
            value = said["text"]
        elif self.kind == "steps":
            value = {**said, "items": [self._step(place) for place in range(len(self.steps))]}
        return {"type": self.kind, "value": value, "id": self.pk or str(uuid.uuid4())}

    def _step(self, place: int) -> dict[str, Any]:
        form = self.steps[place]
        said = {**form.initial, **form.cleaned_data}
        stored = self.stored_steps[place] if place < len(self.stored_steps) else {}
        text = one_kind_of_lines(said["text"])
        # Words that were only looked at keep their links and their bold.
        is_same = text == plain(stored.get("text", ""))
        html = stored.get("text", "") if is_same else paragraphs(text)
        pk = self.step_ids[place] if place < len(self.step_ids) else None
        # An item without a number is taken for something else.
        return {
            "type": "item",
            "value": {"title": said["title"], "text": html},
            "id": pk or str(uuid.uuid4()),
        }


class Technology:
    """All blocks of a version as they are posted or stored."""

    def __init__(self, data: Any = None, *, version: PracticePage) -> None:
        stored = version.technology.get_prep_value()
        self.version = version
        if data is None or "blocks" not in data:
            self.blocks = [Block(number, raw) for number, raw in enumerate(stored)]
            self._show()
            return
        known = {str(raw["id"]): raw for raw in stored}
        self.blocks = []
        # Each block names its number, in the order in which the blocks stand.
        numbers = dict.fromkeys(_count(said, 999) for said in data.getlist("b"))
        for number in list(numbers)[:MOST_BLOCKS]:
            raw = _posted(number, data, known)
            if raw is not None:
                self.blocks.append(Block(number, raw, data))
        self._show()

    def _show(self) -> None:
        """Blocks that are not asked are drawn as the page draws them."""
        drawn = {str(child.id): child for child in self.version.technology}
        for block in self.blocks:
            if block.form is None:
                block.shown = drawn.get(block.pk)

    @property
    def may_have_more(self) -> bool:
        """Whether another block may be added."""
        return len(self.blocks) < MOST_BLOCKS

    def is_valid(self) -> bool:
        """Whether every block is right."""
        return [block.is_valid() for block in self.blocks].count(False) == 0

    is_right = is_valid

    def mistakes(self) -> list[tuple[str, str]]:
        """What is wrong in the blocks: where, and in which words."""
        forms_of_all = [part for block in self.blocks for part in block.forms]
        return [
            (field.id_for_label, f"{field.label}: {error}")
            for part in forms_of_all
            for field in part
            for error in field.errors
        ]

    def fill(self, version: PracticePage) -> None:
        """Put the blocks into ``version``."""
        raw = [block.as_raw() for block in self.blocks]
        _give_anchors(raw)
        stream = version._meta.get_field("technology").stream_block
        version.technology = stream.to_python(raw)

    def press(self, button: str) -> str:
        """Add, move or take away; returns where on the page the author goes on."""
        what, _sep, rest = button.partition("-")
        if what == "add" and rest in FORMS and self.may_have_more:
            number = max((block.number for block in self.blocks), default=-1) + 1
            self.blocks.append(Block(number, _empty(rest), {f"b-{number}-steps": "2"}))
            self.blocks[-1].is_valid()
            return f"b-{len(self.blocks) - 1}"
        place = next(
            (at for at, block in enumerate(self.blocks) if str(block.number) == rest), None
        )
        if place is None:
            return "technology"
        if what == "remove":
            self.blocks.pop(place)
            return "technology"
        if what == "step" and self.blocks[place].may_have_more_steps:
            block = self.blocks[place]
            step = StepForm({}, prefix=f"b-{block.number}-s-{len(block.steps)}")
            step.is_valid()
            block.steps.append(step)
        to = {"up": place - 1, "down": place + 1}.get(what, place)
        if 0 <= to < len(self.blocks):
            self.blocks.insert(to, self.blocks.pop(place))
            place = to
        return f"b-{place}"


def _posted(number: int, data: Any, known: Mapping[str, Any]) -> dict[str, Any] | None:
    """A block that was sent; one that is only named must be there."""
    kind, pk = data.get(f"b-{number}-type", ""), data.get(f"b-{number}-id", "")
    stored = known.get(pk)
    if stored is not None and stored["type"] == kind:
        return dict(stored)
    return {**_empty(kind), "id": ""} if kind in FORMS else None


def _empty(kind: str) -> dict[str, Any]:
    steps = [
        {"type": "item", "value": {"title": "", "text": ""}, "id": str(uuid.uuid4())}
        for _place in range(2)
    ]
    values: dict[str, Any] = {"light_text": "", "steps": {"title": "", "items": steps}}
    return {"type": kind, "value": values.get(kind, {}), "id": str(uuid.uuid4())}


def _initial(kind: str, value: Any) -> dict[str, str]:
    if kind == "light_text":
        return {"text": value or ""}
    return {name: value.get(name) or "" for name in FORMS[kind].base_fields}


def _count(said: Any, most: int) -> int:
    good = isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 4
    return min(int(said), most) if good else 0


def _give_anchors(blocks: list[dict[str, Any]]) -> None:
    """Each heading has an address of its own."""
    taken = set(FRAME_ANCHORS)
    for block in blocks:
        if block["type"] != "heading":
            continue
        words = block["value"].get("text", "")
        stem = anchor = slugify(anyascii(words))[:56] or "part"
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{stem}-{number}"
        block["value"]["anchor"] = anchor
        taken.add(anchor)


def plain(html: str) -> str:
    """The words of a rich text, each paragraph on its own line."""
    lines = unescape(strip_tags(_END_OF_PARAGRAPH.sub("\n", html or ""))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def paragraphs(text: str) -> str:
    """Lines as paragraphs of a rich text."""
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
