"""The words from which misspelt ones are corrected: for everybody, and for the desk alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class _Word(models.Model):
    """Beginning, ending and length narrow the look-up of similar words to some hundreds.

    On any database, without an extension.
    """

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=1)
    ending = models.CharField(max_length=3)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["start", "length"], name="%(class)s_start"),
            models.Index(fields=["ending", "length"], name="%(class)s_ending"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchWord(_Word):
    """A word that occurs in public texts."""


class DeskWord(_Word):
    """A word of a title that the search of the admin finds: of a draft, a file, a picture.

    A table of its own, so that no question of a visitor can come upon the words of a draft.
    """
