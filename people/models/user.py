"""Accounts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people.enums import Role


class UserManager(DjangoUserManager["User"]):
    """Makes accounts whose name is the e-mail address.

    Who makes an account by a command vouches for its address: nothing has to be confirmed.
    """

    def _create_user_object(
        self, username: str | None, email: str | None, password: str | None, **extra: Any
    ) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        return user

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """An account without admin rights."""
        made = super().create_user(None, email, password, **extra)  # type: ignore[arg-type]
        return self._vouch_for(made)

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:  # type: ignore[override]
        """An account with every right."""
        made = super().create_superuser(None, email, password, **extra)  # type: ignore[arg-type]
        return self._vouch_for(made)

    def _vouch_for(self, user: User) -> User:
        from people.services.addresses import set_address

        set_address(user=user, confirmed=True)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)

    # Since then nobody is behind the account: see people.services.erasure.
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()  # type: ignore[misc, assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_email_any_case",
                violation_error_message=_("This e-mail is taken."),
            )
        ]

    def get_full_name(self) -> str:
        """Surname, first name and patronymic, as official papers write it."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def organisation_role_kinds(self) -> frozenset[str]:
        """What the person does for organisations today; read once for each object."""
        if not self.is_active:
            return frozenset()
        roles = self.organisation_roles.in_force_on(timezone.localdate())  # type: ignore[attr-defined]
        return frozenset(roles.order_by().values_list("kind", flat=True))

    @cached_property
    def district_roles(self) -> frozenset[Role]:
        """The roles that hold for the whole district; a superuser has all, a closed account none.

        Read once for each object, so a new role works from the next request on.
        """
        if not self.is_active:
            return frozenset()
        if self.is_superuser:
            return frozenset(Role)
        known = {role.value for role in Role}
        return frozenset(
            Role(name) for name in self.groups.values_list("name", flat=True) if name in known
        )
