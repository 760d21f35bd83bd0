"""Access tokens of a member."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from .. import tokens
from ..forms import AccessTokenForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_tokens(request: HttpRequest) -> HttpResponse:
    """The member's access tokens, and a new one: told on the page that answers, and never again."""
    form = AccessTokenForm(request.POST or None)
    token = None
    if request.method == "POST" and form.is_valid():
        try:
            token = tokens.issue(request.user, form.cleaned_data["name"])
            form = AccessTokenForm()
        except tokens.TooManyTokensError:
            form.add_error(None, _("Twenty tokens are enough: revoke one that you no longer use."))
    shown = {"form": form, "token": token, "access_tokens": request.user.access_tokens.all()}
    return render(request, "community/tokens.html", shown, status=400 if form.errors else 200)


@require_POST
def revoke_access_token(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the member's own tokens is good for nothing from now on."""
    get_object_or_404(request.user.access_tokens, pk=pk).delete()
    messages.success(request, _("The token is revoked."))
    return redirect("access_tokens")
