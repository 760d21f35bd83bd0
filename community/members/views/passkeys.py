"""Where allauth's pages of passkeys lead elsewhere than we want."""

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ..passkeys import ConfirmForm


class Confirm(ReauthenticateWebAuthnView):
    """Show a passkey once more before what protects the account."""

    def form_invalid(self, form: ConfirmForm) -> HttpResponse:
        """Say it here, where one can try again; allauth leads to the map."""
        return self.render_to_response({**self.get_context_data(), "form": form})


def passkeys(request: HttpRequest) -> HttpResponse:
    """They are listed beside the other second factors; allauth comes here after a change."""
    return redirect("mfa_index")
