"""What was committed before an error is caught up. The test really commits, in a database apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.core.test_bulk import card_of, rename_and_fail
from tests.factories.people import OrganisationFactory
from tests.kept import standing_on


@pytest.fixture(scope="module", autouse=True)
def apart(kept_databases: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is flushed afterwards would be missed by all other tests."""
    with django_db_blocker.unblock(), standing_on("apart", lambda: None):
        yield


def test_what_was_committed_before_an_error_is_caught_up(transactional_db: None) -> None:
    school = OrganisationFactory()
    with pytest.raises(ZeroDivisionError):
        rename_and_fail(school)
    assert card_of(school).title == "Лицей"
