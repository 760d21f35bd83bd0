"""The way out of a kind of letters: by the link of one, or in one's account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from . import boxes, links
from .enums import Kind

DONE = {
    (Kind.YEARLY, True): _("You will be asked once a year again."),
    (Kind.YEARLY, False): _("You will not be asked once a year any more."),
    (Kind.DESK, True): _("You will be told again what waits for you."),
    (Kind.DESK, False): _("You will not be told any more what waits for you."),
}


# Mail programs press the button with neither cookie nor token of ours; the signature proves that they may (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """Whether this address gets them; reading changes nothing, as programs that read mails follow links."""
    if (named := links.named(token)) is None:
        raise Http404("No letter has this link.")
    fingerprint, kind = named
    if request.method == "POST":
        if request.POST.get("again"):
            boxes.open_again(fingerprint, kind)
        else:
            boxes.silence(fingerprint, kind)
        # A mail program must not be led on.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect("letters", token)
    shown = {"is_desk": kind == Kind.DESK, "is_silent": boxes.is_silent(fingerprint, kind)}
    return render(request, "community/letters.html", shown)


@require_POST
def account_letters(request: HttpRequest) -> HttpResponse:
    """The same for a member, from their profile."""
    kind = Kind.DESK if request.POST.get("kind") == "desk" else Kind.YEARLY
    fingerprint = boxes.of(request.user.email).fingerprint
    if request.POST.get("again"):
        boxes.open_again(fingerprint, kind)
    else:
        boxes.silence(fingerprint, kind)
    messages.success(request, DONE[kind, bool(request.POST.get("again"))])
    return redirect("account_profile")
