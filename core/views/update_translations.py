"""Takes changes of the source over into its translations."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_localize.views.update_translations import UpdateTranslationsView

from core.translation_drafts import is_complete, may_publish


class CarefulUpdateView(UpdateTranslationsView):
    """The package's screen, where anybody may publish at once, and untranslated text too."""

    @cached_property
    def can_publish(self) -> bool:
        """Whether the reader may publish every translation of this source."""
        return all(
            may_publish(self.request.user, translation.get_target_instance())
            for translation in self.object.translations.filter(enabled=True)
        )

    def get_form(self) -> Any:
        form = super().get_form()
        field = form.fields["publish_translations"]
        if self.can_publish:
            field.help_text = _("Only what is translated in full is published.")
        else:
            # A disabled field keeps its initial value, whatever is sent.
            field.disabled, field.initial = True, False
            field.widget = field.hidden_widget()
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        if form.cleaned_data["publish_translations"]:
            self.object.update_from_db()
            translations = self.object.translations.filter(enabled=True)
            if not all(is_complete(translation) for translation in translations):
                form.cleaned_data["publish_translations"] = False
                messages.warning(
                    self.request,
                    _("Nothing is published: there are strings without a translation."),
                )
        return super().form_valid(form)
