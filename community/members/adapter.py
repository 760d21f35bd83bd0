"""How django-allauth meets our members."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Members have no user name."""

    def populate_username(self, request, user) -> None:
        """E-mail is the only name to sign in with."""
