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
        """Publish each language that is complete; one that is not holds no other back."""
        publish = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        response = super().form_valid(form)
        if not publish:
            return response
        waiting = []
        for translation in self.object.translations.filter(enabled=True):
            if is_complete(translation):
                translation.save_target(user=self.request.user, publish=True)
            else:
                waiting.append(str(translation.target_locale))
        if waiting:
            words = _("Not published, there are strings without a translation: %(languages)s.")
            messages.warning(self.request, words % {"languages": ", ".join(waiting)})
        return response
