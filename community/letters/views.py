"""The way out of yearly questions: by the link of a letter, or in one's account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from . import boxes, links


# Mail programs press the button with neither cookie nor token of ours; the signature proves that they may (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """Whether this address is asked once a year; reading changes nothing, as programs that read mails follow links."""
    fingerprint = links.fingerprint_of(token)
    if fingerprint is None:
        raise Http404("No letter has this link.")
    if request.method == "POST":
        if request.POST.get("again"):
            boxes.open_again(fingerprint)
        else:
            boxes.silence(fingerprint)
        # A mail program must not be led on.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect("letters", token)
    return render(
        request, "community/letters.html", {"token": token, "is_silent": boxes.is_silent(fingerprint)}
    )


@require_POST
def account_letters(request: HttpRequest) -> HttpResponse:
    """The same for a member, from their profile."""
    fingerprint = boxes.of(request.user.email).fingerprint
    if request.POST.get("again"):
        boxes.open_again(fingerprint)
        messages.success(request, _("You will be asked once a year again."))
    else:
        boxes.silence(fingerprint)
        messages.success(request, _("You will not be asked once a year any more."))
    return redirect("account_profile")
