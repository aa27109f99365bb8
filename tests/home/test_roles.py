"""Every cell of docs/roles.md, tried in the admin under the role it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Collection, Page, Workflow

from home.models import SectionPage
from home.services.editorial import set_up_editorial
from home.services.roles import open_branch_to_editors
from people.enums import Role
from people.models import User
from tests.factories.home import SectionPageFactory, StandardPageFactory
from tests.factories.people import UserFactory
from tests.home import roles as _rows  # noqa: F401 - its rows register themselves
from tests.home.desk import PROBES, Desk
from tests.role_tables import desk_tables
from tests.walks import drawn_for_one, entrance, refusals_once, rights_read_once


def read_table() -> dict[str, dict[str, str]]:
    """Row → role → cell of all tables of the admin."""
    tables = desk_tables()
    rows = {name: row for table in tables for name, row in table.rows.items()}
    assert len(rows) == sum(len(table.rows) for table in tables), "Строка стоит дважды."
    return rows


def person(role: Role) -> User:
    """Somebody with this role alone."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role.value))
    return user


def others_around() -> dict[str, User]:
    """Two more people, to whom things are done."""
    return {"author": UserFactory(), "superuser": UserFactory(superuser=True)}


def desks(
    user: User | None, tree: SimpleNamespace, others: dict[str, User], *, owner: User | None = None
) -> Callable[[], Desk]:
    """Makes desks of this person, each with people and a site that remember nothing.

    What is a visitor's own belongs to the ``owner``.
    """
    come = entrance(user)

    def make() -> Desk:
        me, site, around = deepcopy((user or owner, tree, others))
        return Desk(me, come(), site, around, site.section)

    return make


@pytest.fixture(scope="module")
def made_section(
    made_site: SimpleNamespace, django_db_blocker: DjangoDbBlocker
) -> Iterator[SectionPage]:
    """The section; roles and workflow are there as well."""
    with django_db_blocker.unblock(), transaction.atomic():
        section = SectionPageFactory(parent=made_site.home)
        set_up_editorial()
        yield section
        transaction.set_rollback(True)


@pytest.fixture
def editorial(site_tree: SimpleNamespace, made_section: SectionPage) -> SimpleNamespace:
    """A site with roles and workflow, and a section that editors may write in."""
    site_tree.section = SectionPage.objects.get(pk=made_section.pk)
    return site_tree


@pytest.mark.parametrize("role", list(Role))
@rights_read_once()
def test_role_may_do_exactly_what_the_table_says(role: Role, editorial: SimpleNamespace) -> None:
    table = read_table()
    wrong = []
    make = desks(person(role), editorial, others_around())
    for label, run in PROBES.items():
        allowed = [name for name, cell in table.get(label, {}).items() if cell == "да"]
        expected = role.value in allowed
        with transaction.atomic():
            with drawn_for_one(role, allowed):
                came = run(make())
            if came is not expected:
                wrong.append(f"{label}: {'нельзя' if expected else 'можно'}")
            transaction.set_rollback(True)
    assert wrong == []


def test_every_row_of_the_table_is_tried() -> None:
    table = read_table()
    assert set(table) - set(PROBES) == set()
    assert {cell for row in table.values() for cell in row.values()} == {"да", ""}
    assert all(set(row) == {role.value for role in Role} for row in table.values())


@refusals_once()
@rights_read_once()
def test_visitor_and_teacher_see_nothing_of_the_admin(
    editorial: SimpleNamespace, teacher: User
) -> None:
    others = others_around()
    for user in (None, teacher):
        make = desks(user, editorial, others, owner=teacher)
        for label, run in PROBES.items():
            with transaction.atomic():
                assert run(make()) is False, label
                transaction.set_rollback(True)


def test_set_up_twice_changes_nothing_and_keeps_what_was_taken_away(
    editorial: SimpleNamespace,
) -> None:
    group = Group.objects.get(name=Role.METHODIST.value)
    taken = group.permissions.get(codename="change_topic")
    group.permissions.remove(taken)
    group.page_permissions.all().delete()
    before = set(group.permissions.values_list("pk", flat=True))

    set_up_editorial()

    assert set(group.permissions.values_list("pk", flat=True)) == before
    assert not group.page_permissions.exists()
    assert Workflow.objects.count() == 2
    assert Collection.objects.filter(name="Новости").count() == 1


def test_initial_data_is_in_russian(editorial: SimpleNamespace) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in Role}
    names = ["Проверка и утверждение", "Экспертиза практик"]
    assert [flow.name for flow in Workflow.objects.order_by("pk")] == names
    steps = Workflow.objects.get(name=names[0]).workflow_tasks.order_by("sort_order")
    assert [step.task.name for step in steps] == [
        "Проверка методистом",
        "Утверждение координатором",
    ]
    assert Page.get_first_root_node().title == "Все страницы"
    assert Collection.get_first_root_node().name == "Все файлы"


def test_section_made_later_opens_to_editors_when_it_is_published(
    editorial: SimpleNamespace,
) -> None:
    editors = Group.objects.get(name=Role.EDITOR.value)
    draft = SectionPageFactory(parent=editorial.home, draft=True)
    assert not editors.page_permissions.filter(page=draft).exists()
    draft.get_latest_revision().publish()
    assert editors.page_permissions.filter(page=draft).exists()
    nested = SectionPageFactory(parent=draft)
    assert not editors.page_permissions.filter(page=nested).exists()
    assert open_branch_to_editors(page=draft) is False
    assert open_branch_to_editors(page=StandardPageFactory(parent=draft)) is False
