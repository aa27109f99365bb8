"""What every translated page and record keeps true."""

from __future__ import annotations

from typing import Any

from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Page, TranslatableMixin


class OwnLanguageRelations(models.Model):
    """Points to topics, rubrics and measures of its own language where they are translated.

    A translation begins as a copy and points to what its source points to. Relations are put right
    whenever it is saved; what has no translation yet stays with the source.
    """

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        self._use_own_language()

    def _use_own_language(self) -> None:
        for field in self._meta.get_fields():
            model: Any = field.related_model if field.is_relation else None
            if not isinstance(model, type) or not issubclass(model, TranslatableMixin):
                continue
            if issubclass(model, Page):
                continue
            if isinstance(field, ParentalManyToManyField):
                chosen = list(getattr(self, field.name).all())
                own = self._in_own_language(model, chosen)
                if own != chosen:
                    setattr(self, field.name, own)
            elif isinstance(field, models.ForeignKey) and getattr(self, field.attname):
                target = getattr(self, field.name)
                own = self._in_own_language(model, [target])
                if own != [target]:
                    setattr(self, field.name, own[0])

    def _in_own_language(self, model: type[Any], chosen: list[Any]) -> list[Any]:
        """``chosen`` with each replaced by its translation, where there is one."""
        locale = self.locale_id  # type: ignore[attr-defined]
        foreign = [item for item in chosen if item.locale_id != locale]
        if locale is None or not foreign:
            return chosen
        keys = [item.translation_key for item in foreign]
        found = {
            item.translation_key: item
            for item in model.objects.filter(translation_key__in=keys, locale_id=locale)
        }
        return [found.get(item.translation_key, item) for item in chosen]
