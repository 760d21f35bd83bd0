"""How django-allauth meets our members."""

from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ..collectives.links import KEPT


class AccountAdapter(DefaultAccountAdapter):
    """Members have no user name; mails call the site by its name."""

    def populate_username(self, request, user) -> None:
        """E-mail is the only name to sign in with."""

    def get_login_redirect_url(self, request) -> str:
        """Back to the invitation for which somebody made an account, however many mails lay between."""
        if kept := request.session.pop(KEPT, None):
            name, token = kept
            return reverse(name, args=[token])
        return super().get_login_redirect_url(request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Passkeys are called so everywhere."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            if method["id"] == "mfa_reauthenticate:webauthn":
                method["description"] = _("Use a passkey")
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Name the site as everywhere else, not by its host."""
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        super().send_mail(template_prefix, email, {**context, "current_site": site})


class FactorAdapter(DefaultMFAAdapter):
    """How passkeys call the site and are called; they belong to the host that was asked, as allauth has it."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site by its name."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        """What a passkey is called until its member says better."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
