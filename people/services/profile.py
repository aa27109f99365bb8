"""What a person changes in the own account."""

from __future__ import annotations

from django.db import transaction
from wagtail.log_actions import log

from people.models import User

NAMES = ("last_name", "first_name", "patronymic")


@transaction.atomic
def change_names(*, user: User, last_name: str, first_name: str, patronymic: str) -> User:
    """Change the names by which the portal calls ``user``; the staff register keeps its own.

    The same names change nothing. Raises ValidationError for what is no name.
    """
    account = User.objects.select_for_update().get(pk=user.pk)
    new = dict(zip(NAMES, (last_name, first_name, patronymic), strict=True))
    if all(getattr(account, name) == value for name, value in new.items()):
        return account
    for name, value in new.items():
        setattr(account, name, value)
    account.clean_fields(exclude=[f.name for f in account._meta.fields if f.name not in NAMES])
    account.save(update_fields=list(NAMES))
    log(instance=account, action="wagtail.edit", user=user)
    return account
