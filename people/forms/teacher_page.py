"""The form of a teacher's own page."""

from __future__ import annotations

from typing import Any

from anyascii import anyascii
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.private_file_field import PrivateFileField
from people.models import StaffRecord, TeacherPage, User
from people.models.teacher_page import ABOUT_LENGTH, MAX_LINKS, MAX_TOPICS
from people.registries import teacher_blocks
from people.validators import validate_outside_url

PHOTO_ENDINGS = ("jpg", "jpeg", "png")
TOPIC_LENGTH = 120
LINK_TITLE_LENGTH = 100


class TeacherPageForm(forms.ModelForm):
    """What the teacher writes, what of the register is shown; links stand in pairs of fields."""

    photo = PrivateFileField(
        label=_("Photograph"),
        required=False,
        endings=PHOTO_ENDINGS,
        help_text=_("The page shows a small square of it; the file itself stays closed."),
    )
    topics = forms.CharField(
        label=_("How I can help colleagues"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One line for each, for example: research at the lesson."),
    )
    blocks = forms.MultipleChoiceField(
        label=_("Show from the register"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = TeacherPage
        fields = ["slug", "about", "photo", "topics", "blocks"]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 7, "maxlength": ABOUT_LENGTH}),
            "slug": forms.TextInput(
                attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
            ),
        }
        help_texts = {
            "slug": _(
                "The last part of the address: small Latin letters, digits and hyphens. When you "
                "change it, the former address stops working."
            ),
            "about": _(
                "An empty line begins a paragraph, “- ” a line of a list; **bold**, *italics*, "
                "[words](https://…) for a link."
            ),
        }

    def __init__(self, *args: Any, user: User, record: StaffRecord, **kwargs: Any) -> None:
        page: TeacherPage | None = kwargs.get("instance")
        if page is None or page._state.adding:
            suggested = slugify(anyascii(f"{record.first_name} {record.last_name}"))[:60]
            initial = {"slug": suggested.strip("-"), "blocks": [b.name for b in teacher_blocks()]}
            kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["photo"].user = user  # type: ignore[attr-defined]
        self.fields["blocks"].choices = [  # type: ignore[attr-defined]
            (block.name, block.label) for block in teacher_blocks()
        ]
        saved = self.instance
        if not saved._state.adding:
            self.initial["topics"] = "\n".join(saved.topics)
        self._add_links(saved.links)

    def _add_links(self, links: list[dict[str, str]]) -> None:
        for number in range(1, MAX_LINKS + 1):
            link = links[number - 1] if number <= len(links) else {}
            self.fields[f"link_{number}"] = forms.URLField(
                label=_("Link %(number)s: address") % {"number": number},
                required=False,
                max_length=500,
                assume_scheme="https",
                validators=[validate_outside_url],
                initial=link.get("url", ""),
            )
            self.fields[f"link_title_{number}"] = forms.CharField(
                label=_("Link %(number)s: words") % {"number": number},
                required=False,
                max_length=LINK_TITLE_LENGTH,
                initial=link.get("title", ""),
            )

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Everything but the links."""
        return [self[name] for name in self.Meta.fields]

    @property
    def link_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of a link: address and words."""
        return [(self[f"link_{n}"], self[f"link_title_{n}"]) for n in range(1, MAX_LINKS + 1)]

    @property
    def has_links(self) -> bool:
        """Whether the part with the links stands open."""
        return any(field.value() or field.errors for pair in self.link_fields for field in pair)

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].strip()

    def clean_topics(self) -> list[str]:
        """The lines, without empty ones."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["topics"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MAX_TOPICS:
            raise ValidationError(_("Ten lines at most."))
        if any(len(line) > TOPIC_LENGTH for line in found):
            raise ValidationError(_("A line is too long: 120 characters at most."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        links = []
        for number in range(1, MAX_LINKS + 1):
            url, title = cleaned.get(f"link_{number}"), cleaned.get(f"link_title_{number}", "")
            if title and not url and f"link_{number}" not in self.errors:
                self.add_error(f"link_{number}", _("Give the address, or take the words away."))
            elif url:
                links.append({"url": url, "title": title})
        self.instance.links = links
        return cleaned
