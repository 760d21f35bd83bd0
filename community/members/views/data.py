"""What the site holds of a member: taken away, or deleted with the account."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ...privacy import consents
from .. import actions
from ..belongings import registered
from ..export import archive
from ..forms import ErasureForm

# The file has all of them.
MOST_STEPS = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_data(request: HttpRequest) -> HttpResponse:
    """What is held, in words; all of it as a file when asked for."""
    is_asked = request.method == "POST"
    if not is_asked or not ratelimit.consume(request, action="take_data", user=request.user):
        shown = {"is_too_often": is_asked, "steps": consents.steps(request.user, MOST_STEPS)}
        return render(request, "community/data.html", shown, status=429 if is_asked else 200)
    answer = HttpResponse(archive(request.user), content_type="application/zip")
    name = f"social-planet-{timezone.localdate().isoformat()}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def account_erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, then the end of the account."""
    form = ErasureForm(request.POST or None, member=request.user)
    status = 200
    if request.method == "POST":
        # Else a session left open would be a place to guess passwords.
        if not ratelimit.consume(request, action="erase_account", user=request.user):
            form = ErasureForm(member=request.user)
            status = 429
        elif form.is_valid():
            actions.erase(request.user, by=request.user)
            logout(request)
            messages.success(request, _("Your account is deleted. A last message goes to your address."))
            return redirect("map")
        else:
            status = 400
    warnings = [told for belonging in registered() for told in belonging.warnings(request.user)]
    context = {"form": form, "warnings": warnings, "is_too_often": status == 429}
    return render(request, "community/erase.html", context, status=status)
