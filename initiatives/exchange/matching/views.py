"""Pages of matching: all of mine, putting one aside, the way out of the mails, and finding a solution."""

from urllib.parse import urlencode

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...models import Exchange
from . import actions, links, showing, solving
from .forms import SolutionForm

BOTH = require_http_methods(["GET", "HEAD", "POST"])
MOST_LISTED = 20


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All open ones that somebody answers for, with the best matches of each."""
    found = showing.mine(request.user, MOST_LISTED)
    context = {"all": found, "none_fits": not any(matches for _exchange, matches in found)}
    return render(request, "initiatives/exchange/matches.html", context)


def _own(request: HttpRequest, pk: int) -> Exchange:
    exchange = get_object_or_404(Exchange, pk=pk)
    if not request.user.has_perm("initiatives.run_exchange", exchange):
        raise PermissionDenied
    return exchange


@require_POST
def dismiss(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Put a match aside: not for us."""
    exchange = _own(request, pk)
    found = get_object_or_404(Exchange, pk=other, category=exchange.category)
    if found.kind == exchange.kind:
        raise PermissionDenied
    if not ratelimit.consume(request, action="match", user=request.user):
        messages.error(request, _("That was a lot in a short time. Please try again in an hour."))
    else:
        actions.dismiss(exchange, other=found, by=request.user)
        messages.success(request, _("Put aside. It does not come back for you."))
    back = "exchange:matches" if request.POST.get("back") == "matches" else None
    return redirect(back) if back else redirect("exchange:one", exchange.pk)


@require_POST
def wants(request: HttpRequest, pk: int) -> HttpResponse:
    """Mails of new matches of one, or none."""
    exchange = _own(request, pk)
    wanted = request.POST.get("wanted") == "yes"
    actions.want_matches(exchange, wanted=wanted, by=request.user)
    said = _("New matches come by mail.") if wanted else _("No mail of new matches comes for it any more.")
    messages.success(request, said)
    return redirect("exchange:one", exchange.pk)


# Mail programs press the button with neither cookie nor token of ours; the signature proves that they may (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@BOTH
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails of matches; reading changes nothing, as programs that read mails follow links."""
    member = links.member_of(token)
    if request.method == "POST":
        if member:
            actions.stop_letters(member, by=None)
        # A mail program must not be led on.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect("exchange:match_letters", token)
    is_wanted = bool(member) and Exchange.objects.filter(author=member, wants_matches=True).exists()
    return render(request, "initiatives/exchange/match_letters.html", {"is_wanted": is_wanted})


@login_not_required
@require_safe
def solutions(request: HttpRequest) -> HttpResponse:
    """Describe a need; initiatives that do it already, and open offers that fit."""
    form = SolutionForm(request.GET if "need" in request.GET else None)
    context = {"form": form}
    status = 200
    if form.is_bound:
        if form.is_valid():
            place = form.cleaned_data["near"]
            asked = solving.understood(form.cleaned_data["need"], place.position if place else None)
            context |= {
                "solutions": solving.solutions(asked),
                "offers": solving.offers(asked, request.user),
                "place": place,
                "publish": _publishing(form.cleaned_data["need"]),
            }
        else:
            status = 400
    return render(request, "initiatives/exchange/solutions.html", context, status=status)


def _publishing(sentence: str) -> str:
    """The form that publishes a need, with the sentence in it."""
    return f"{reverse('exchange:publish')}?{urlencode({'kind': 'need', 'text': sentence})}"
