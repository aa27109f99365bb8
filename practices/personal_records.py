"""What the bank of practices holds of people (see core.rights)."""

from django.utils.translation import gettext_lazy as _

from core.rights import Fate, register_impersonal, register_personal_data
from practices.models import (
    PracticeAuthor,
    PracticeBankPage,
    PracticeFile,
    PracticeKind,
    PracticeMaterial,
    PracticePage,
    PracticeSectionPage,
    ReviewRemark,
)

register_personal_data(
    PracticeAuthor,
    fate=Fate.NAMELESS,
    why=_("The practice stays for colleagues; its author has no name any more."),
    found=lambda subject: PracticeAuthor.objects.filter(user=subject.user),
    # An author without an account but with a school would be the school itself.
    erase=lambda subject: PracticeAuthor.objects.filter(user=subject.user).update(
        user=None, organisation=None
    ),
    fields=("practice", "organisation", "confirmed_at"),
)
register_personal_data(
    ReviewRemark,
    fate=Fate.NAMELESS,
    why=_("What was asked to be corrected stays; who asked has no name any more."),
    found=lambda subject: ReviewRemark.objects.filter(made_by=subject.user),
    fields=("practice", "field", "text", "made_at"),
)
register_impersonal(
    *(PracticeBankPage, PracticeSectionPage, PracticeKind, PracticeFile, PracticeMaterial),
    *(PracticePage, PracticePage.subjects.through, PracticePage.topics.through),
    PracticePage.measures.through,
    why="Lessons and how they are done: authors stand apart from the text (PracticeAuthor).",
)
