"""Who is signed in: allauth's backend, which knows passwords, and the question that every request of theirs asks."""

from allauth.account.auth_backends import AuthenticationBackend

from core import rows

from .models import User


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """The account as it is now, for an account closed meanwhile is closed everywhere at once."""
        user = rows.first(User, "id = %s", [user_id])
        return user if user is not None and self.user_can_authenticate(user) else None
