"""A document in another language stays under the topics and measures of its source."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource

from tests.factories.core import TopicFactory
from tests.factories.home import DocumentPageFactory
from tests.factories.monitoring import MeasureFactory
from tests.home.test_languages import publish, translate

pytestmark = pytest.mark.django_db


def test_topics_and_measures_follow_the_source(site_tree: Any) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = DocumentPageFactory()
    translate(page.document_type, english)
    translated = translate(page, english)
    assert not translated.topics.exists()

    topic, measure = TopicFactory(), MeasureFactory()
    page.topics, page.measures = [topic], [measure]
    page.save_revision().publish()
    source, _made = TranslationSource.update_or_create_from_instance(page)
    publish(source, english)

    translated = source.get_translated_instance(english)
    assert list(translated.topics.all()) == [topic]
    assert list(translated.measures.all()) == [measure]
