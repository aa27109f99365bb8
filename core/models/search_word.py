"""The words of the public texts, from which misspelt ones are corrected."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchWord(models.Model):
    """A word that occurs in public texts.

    Beginning, ending and length narrow the look-up of similar words to some hundreds on any
    database, without an extension.
    """

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    length = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=1)
    ending = models.CharField(max_length=3)

    class Meta:
        indexes = [
            models.Index(fields=["start", "length"], name="search_word_start"),
            models.Index(fields=["ending", "length"], name="search_word_ending"),
        ]

    def __str__(self) -> str:
        return self.word
