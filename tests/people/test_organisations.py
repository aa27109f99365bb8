"""The public directory of organisations: what it shows, to whom, and when it is made anew."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.jobs import renew_record_cards
from core.models import Card
from core.services.cards import rebuild_cards
from people.enums import OrganisationKind, StatusKind
from people.models import Organisation, OrganisationStatus
from tests.factories.people import OrganisationFactory, StaffRecordFactory

pytestmark = pytest.mark.django_db


def names(html: str) -> list[str]:
    """Organisations in the order of the list."""
    return re.findall(r'class="ttl" href="/organisations/[^"]+">([^<]+)</a>', html)


def give_status(organisation, kind=StatusKind.BASE_SCHOOL, *, since=10, until=None):
    """A status that began ``since`` days ago and ends ``until`` days from now."""
    today = timezone.localdate()
    return OrganisationStatus.objects.create(
        organisation=organisation,
        kind=kind,
        order_words="приказ от 01.09.2026 № 5",
        starts_on=today - timedelta(days=since),
        ends_on=None if until is None else today + timedelta(days=until),
    )


def test_the_directory_shows_what_exists_in_the_district(site_tree) -> None:
    OrganisationFactory(name="Лицей")
    OrganisationFactory(name="Закрытая", closed_on=timezone.localdate())
    OrganisationFactory(name="Университет", in_district=False)
    assert names(Client().get("/organisations/").content.decode()) == ["Лицей"]


def test_facets_narrow_and_count_without_script(site_tree) -> None:
    first = OrganisationFactory(name="Первая", village="с. Луговка")
    OrganisationFactory(name="Вторая", village="с. Заречное")
    OrganisationFactory(name="Сад", village="с. Луговка", kind=OrganisationKind.PRESCHOOL)
    give_status(first)
    give_status(first, StatusKind.INNOVATION_SITE, since=10, until=-1)
    client = Client()
    html = client.get("/organisations/?kind=school&settlement=s-lugovka").content.decode()
    assert names(html) == ["Первая"]
    assert 'data-count="kind=preschool">1<' in html
    assert 'data-count="settlement=s-zarechnoe">1<' in html
    assert 'data-count="status=base_school">1<' in html
    assert "status=innovation_site" not in html, "the term is over"
    assert names(client.get("/organisations/?status=base_school").content.decode()) == ["Первая"]
    nonsense = client.get("/organisations/?kind=nothing&page=x").content.decode()
    assert names(nonsense) == ["Вторая", "Первая", "Сад"]


def test_a_page_shows_statuses_with_order_and_period(site_tree) -> None:
    school = OrganisationFactory(slug="liceum", head_name="Примерова Анна Ивановна", phone="123")
    give_status(school)
    give_status(school, StatusKind.INNOVATION_SITE, until=-1)
    give_status(school, StatusKind.INTERNSHIP_SITE, since=-5)
    html = Client().get("/organisations/liceum/").content.decode()
    assert "Примерова Анна Ивановна" in html.replace("\xa0", " ")
    assert html.index("Опорная") < html.index("Статусы прошлых лет") < html.index("Инновационная")
    assert "приказ от 01.09.2026 № 5" in html.replace("\xa0", " ")
    assert "Стажировочная" not in html, "has not begun yet"


def test_search_engines_read_what_it_is(site_tree) -> None:
    school = OrganisationFactory(name="Лицей </script><b>", address="ул. Степная, 1")
    html = Client().get(school.get_absolute_url()).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["name"], data["address"]) == (
        "School",
        "Лицей </script><b>",
        "ул. Степная, 1",
    )
    assert "email" not in data
    kindergarten = OrganisationFactory(kind=OrganisationKind.PRESCHOOL)
    assert '"Preschool"' in Client().get(kindergarten.get_absolute_url()).content.decode()


def test_a_closed_one_is_answered_for_and_a_foreign_one_is_not(site_tree) -> None:
    closed = OrganisationFactory(closed_on=timezone.localdate() - timedelta(days=3))
    assert "Организация закрыта" in Client().get(closed.get_absolute_url()).content.decode()
    foreign = OrganisationFactory(in_district=False)
    assert Client().get(foreign.get_absolute_url()).status_code == 404


def test_no_teacher_is_named_in_public(site_tree) -> None:
    school = OrganisationFactory()
    StaffRecordFactory(organisation=school, last_name="Тайнова")
    for address in ("/organisations/", school.get_absolute_url()):
        assert "Тайнова" not in Client().get(address).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_grow(
    site_tree, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for school in OrganisationFactory.create_batch(number):
        give_status(school)
    client = Client()
    client.get("/organisations/")
    with django_assert_num_queries(10):
        client.get("/organisations/")
    client.get(school.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(school.get_absolute_url())


def test_long_lists_are_paged(site_tree) -> None:
    OrganisationFactory.create_batch(30)
    html = Client().get("/organisations/?page=2").content.decode()
    assert len(names(html)) == 5


def test_a_change_shows_at_once_in_kept_pages(site_tree, page_cache, committed) -> None:
    school = OrganisationFactory(name="Лицей", slug="liceum")
    client = Client()
    for address in ("/organisations/", "/organisations/?kind=school", "/organisations/liceum/"):
        assert client.get(address)["X-Cache"] == "miss"
        assert client.get(address)["X-Cache"] == "hit"
    with committed():
        give_status(school)
    for address in ("/organisations/", "/organisations/?kind=school", "/organisations/liceum/"):
        answer = client.get(address)
        assert answer["X-Cache"] == "miss"
        assert "Опорная" in answer.content.decode()
    with committed():
        school.name = "Гимназия"
        school.save()
    assert names(client.get("/organisations/").content.decode()) == ["Гимназия"]


def test_the_site_map_names_them(site_tree) -> None:
    OrganisationFactory(slug="liceum")
    OrganisationFactory(slug="foreign", in_district=False)
    client = Client()
    assert "sitemap-organisations.xml" in client.get("/sitemap.xml").content.decode()
    found = client.get("/sitemap-organisations.xml").content.decode()
    assert "<loc>http://testserver/organisations/liceum/</loc>" in found
    assert "foreign" not in found


def found(words: str) -> list[str]:
    """Addresses that the site search gives."""
    answer = Client().get("/search/", {"q": words})
    return [row["hit"].card.url for row in answer.context["results"]]


def test_the_site_search_finds_what_the_directory_shows(site_tree) -> None:
    school = OrganisationFactory(
        name="Луговская СОШ", slug="lugovka", head_name="Примерова Анна Ивановна"
    )
    foreign = OrganisationFactory(name="Луговская школа искусств", in_district=False)
    own = "/organisations/lugovka/"
    assert found("луговские школы") == found("Примерова") == [own]
    answer = Client().get("/search/", {"q": "луговская", "kind": "organisation"})
    assert [group["name"] for group in answer.context["groups"] if group["options"]] == ["kind"]
    assert Client().get("/search/suggest/", {"q": "лугов"}).json()["items"] == [
        {"title": "Луговская СОШ", "url": own, "kind": "Организации"}
    ]
    assert found("опорная") == []
    status = give_status(school)
    assert found("опорная") == [own]
    status.delete()
    assert found("опорная") == []

    # What is public of a record may end by its date alone: the daily job takes it away.
    assert found("Луговская") == [own]
    Organisation.objects.filter(pk=school.pk).update(closed_on=timezone.localdate())
    renew_record_cards()
    assert found("Луговская") == []
    foreign.in_district = True
    foreign.save()
    assert found("Луговская") == [foreign.get_absolute_url()]
    # Made anew with the whole catalogue, and gone with the record.
    Card.objects.all().delete()
    rebuild_cards()
    assert found("Луговская") == [foreign.get_absolute_url()]
    foreign.delete()
    assert not Card.objects.filter(record__isnull=False).exists()


def test_an_organisation_with_people_is_not_deleted(site_tree, client_of, superuser) -> None:
    school = OrganisationFactory()
    StaffRecordFactory(organisation=school)
    client = client_of(superuser)
    client.post(f"/admin/snippets/people/organisation/delete/{school.pk}/")
    school.refresh_from_db()


def test_the_admin_keeps_the_history(site_tree, client_of, superuser) -> None:
    school = OrganisationFactory(name="Лицей", slug="liceum", village="с. Луговка")
    client = client_of(superuser)
    form = {
        "name": "Гимназия",
        "slug": "liceum",
        "kind": "school",
        "in_district": "on",
        "statuses-TOTAL_FORMS": "1",
        "statuses-INITIAL_FORMS": "0",
        "statuses-MIN_NUM_FORMS": "0",
        "statuses-MAX_NUM_FORMS": "1000",
        "statuses-0-kind": "base_school",
        "statuses-0-starts_on": "2026-09-01",
        "statuses-0-ORDER": "1",
    }
    answer = client.post(f"/admin/snippets/people/organisation/edit/{school.pk}/", form)
    assert answer.status_code == 302
    school.refresh_from_db()
    assert (school.name, school.revisions.count(), school.statuses.count()) == ("Гимназия", 1, 1)
    history = client.get(f"/admin/snippets/people/organisation/history/{school.pk}/")
    assert history.status_code == 200
    listed = client.get("/admin/snippets/people/organisation/?kind=school&status=base_school")
    assert "Гимназия" in listed.content.decode()
    none = client.get("/admin/snippets/people/organisation/?closed=yes&q=Гимназия")
    assert "Гимназия</a>" not in none.content.decode()
