"""Pages of who puts an initiative forward, and of its people who say yes or no."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.collectives.actions import ClosedError
from community.collectives.forms import add_errors
from initiatives.models import Initiative
from initiatives.vouching.reading import own

from .. import rules
from ..enums import NominationState
from ..models import Campaign, Nomination
from ..running.views.shared import TOO_MANY, campaign_of, too_many
from . import actions, eligibility
from .forms import NominationForm

MOST_FOUND = 20
LONGEST_WORDS = 100


def _named(request: HttpRequest) -> Initiative | None:
    """The initiative that the address names, as far as the member may put it forward."""
    if not (text := request.GET.get("initiative", "")):
        return None
    try:
        key = uuid.UUID(text)
    except ValueError as error:
        raise Http404("No initiative has this identifier.") from error
    rows = eligibility.known_to(request.user).with_root_theme()
    return get_object_or_404(rows.defer("search", "description", "position"), uuid=key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose an initiative, then say why."""
    campaign = campaign_of(request, slug)
    if not rules.may(request.user, "nominate", campaign):
        return render(request, "campaigns/nominating/closed.html", {"campaign": campaign}, status=409)
    initiative = _named(request)
    if initiative is None:
        return _choose(request, campaign)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NominationForm(*sent, campaign=campaign, preset=eligibility.preset(campaign, initiative))
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="nominate", user=request.user):
            form.add_error(None, too_many())
            status = TOO_MANY
        else:
            try:
                made = actions.nominate(campaign, by=request.user, initiative=initiative, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _told(made))
                return redirect("campaigns:nominee", campaign.slug, made.pk)
    context = {"campaign": campaign, "initiative": initiative, "form": form}
    return render(request, "campaigns/nominating/nominate.html", context, status=status)


def _told(made: Nomination) -> str:
    if made.state == NominationState.ACCEPTED:
        return _("It stands in the campaign.")
    return _("Thank you. Its people are asked; you get a mail when they have answered.")


def _choose(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """What one's words find, and what is one's own and on the way."""
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    found = Initiative.objects.none()
    if words:
        found = eligibility.within(campaign, Initiative.objects.published().matching(words))
        found = eligibility.with_standing(campaign, found).for_lists().order_by("search_name", "pk")
    mine = own(request.user).filter(status__in=eligibility.ON_THE_WAY)
    mine = eligibility.with_standing(campaign, mine).for_lists().order_by("search_name", "pk")
    rows = list(found[: MOST_FOUND + 1])
    context = {
        "campaign": campaign,
        "words": words,
        "found": rows[:MOST_FOUND],
        "has_more": len(rows) > MOST_FOUND,
        "mine": mine[:MOST_FOUND],
    }
    return render(request, "campaigns/nominating/choose.html", context)


def nomination_of(request: HttpRequest, slug: str, pk: int) -> Nomination:
    """One that the member may read before everyone does; to others it is not there."""
    campaign = campaign_of(request, slug)
    found = get_object_or_404(Nomination.objects.filter(campaign=campaign).for_cards(), pk=pk)
    found.campaign = campaign
    if not rules.may(request.user, "read_nomination", found):
        raise Http404("No nomination has this address.")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Yes or no of the people of an initiative."""
    nomination = nomination_of(request, slug, pk)
    if not rules.may(request.user, "answer_nomination", nomination):
        return redirect("campaigns:nominee", slug, pk)
    if request.method != "POST" or not request.POST.keys() & {"accept", "decline"}:
        return render(request, "campaigns/nominating/answer.html", {"nomination": nomination})
    accepts = "accept" in request.POST
    try:
        actions.answer(nomination, by=request.user, accepts=accepts)
    except (ClosedError, PermissionDenied):
        messages.error(request, _("This was answered or taken back already."))
    else:
        messages.success(
            request,
            _("Accepted: it stands in the campaign.")
            if accepts
            else _("Declined, and told to who put it forward."),
        )
    return redirect("campaigns:nominee", slug, pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a nomination back, after one more question."""
    nomination = nomination_of(request, slug, pk)
    if not rules.may(request.user, "withdraw_nomination", nomination):
        raise PermissionDenied("withdraw_nomination is not for this member.")
    if request.method != "POST":
        return render(request, "campaigns/nominating/withdraw.html", {"nomination": nomination})
    try:
        actions.withdraw(nomination, by=request.user)
    except (ClosedError, PermissionDenied):
        messages.error(request, _("This was answered or taken back already."))
    else:
        messages.success(request, _("It does not stand in the campaign any more."))
    return redirect("campaign", slug)
