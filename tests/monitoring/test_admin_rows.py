"""What a row of the lists of the road map leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from monitoring.models import Indicator, Measure
from people.enums import Role
from people.models import User
from tests.factories.monitoring import IndicatorFactory, MeasureFactory, RoadMapFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def url(model: type, name: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


@pytest.mark.parametrize("factory", [MeasureFactory, IndicatorFactory, RoadMapFactory])
def test_a_row_of_the_list_leads_to_the_form(client: Client, factory: type) -> None:
    record = factory()
    client.force_login(UserFactory(superuser=True))
    html = client.get(url(type(record), "list")).content.decode()
    form = url(type(record), "edit", record.pk)
    links = BeautifulSoup(html, "html.parser").select(f'main td a[href="{form}"]')
    words = record.title if factory is RoadMapFactory else record.list_title
    assert str(words) in [link.get_text(strip=True) for link in links]


@pytest.mark.parametrize(("role", "shown"), [(Role.METHODIST, False), (Role.COORDINATOR, True)])
@pytest.mark.parametrize("screen", ["list", "edit"])
def test_the_way_to_the_confirmation_of_facts(
    client: Client, person: Callable[[str], User], role: Role, shown: bool, screen: str
) -> None:
    indicator = IndicatorFactory(years={2024: (50, 52)})
    client.force_login(person(role))
    arguments = [indicator.pk] if screen == "edit" else []
    html = client.get(url(Indicator, screen, *arguments)).content.decode()
    assert (url(Indicator, "confirm", indicator.pk) in html) is shown


def test_a_record_can_be_sent_to_translation_from_its_row(
    client: Client, person: Callable[[str], User]
) -> None:
    measure = MeasureFactory()
    client.force_login(person(Role.METHODIST))
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["monitoring", "measure", measure.pk]
    )
    assert address not in client.get(url(Measure, "list")).content.decode()
    english = Locale.objects.get_or_create(language_code="en")[0]
    assert address in client.get(url(Measure, "list")).content.decode()

    source, _made = TranslationSource.get_or_create_from_instance(measure)
    Translation.objects.create(source=source, target_locale=english)
    again = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert again in client.get(url(Measure, "list")).content.decode()


def test_an_editor_without_rights_sees_no_rows(
    client: Client, person: Callable[[str], User]
) -> None:
    MeasureFactory()
    client.force_login(person(Role.EDITOR))
    assert client.get(url(Measure, "list")).status_code in (302, 403)
