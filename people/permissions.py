"""Who may do what with accounts."""

from people.models import User


def user_can_manage_account(user: User, account: User) -> bool:
    """Only a superuser touches a superuser, or an administrator could take that account over."""
    return user.is_superuser or not account.is_superuser
