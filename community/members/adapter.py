"""How django-allauth meets our members."""

from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """Members have no user name; mails call the site by its name."""

    def populate_username(self, request, user) -> None:
        """E-mail is the only name to sign in with."""

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Name the site as everywhere else, not by its host."""
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        super().send_mail(template_prefix, email, {**context, "current_site": site})
