"""How django-allauth meets our members."""

from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from ..collectives.links import KEPT


class AccountAdapter(DefaultAccountAdapter):
    """Members have no user name; mails call the site by its name."""

    def populate_username(self, request, user) -> None:
        """E-mail is the only name to sign in with."""

    def get_login_redirect_url(self, request) -> str:
        """Back to the invitation for which somebody made an account, however many mails lay between."""
        token = request.session.pop(KEPT, None)
        return reverse("invitation", args=[token]) if token else super().get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Name the site as everywhere else, not by its host."""
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        super().send_mail(template_prefix, email, {**context, "current_site": site})
