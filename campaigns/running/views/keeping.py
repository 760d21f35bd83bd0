"""All campaigns for those who run them; making, revising, announcing one, and beginning the next edition."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.collectives.forms import add_errors

from ... import rules
from ...enums import CHOSEN, NominationState
from ...models import Campaign, Nomination
from .. import actions, changing, whole
from ..forms import CampaignForm
from .shared import campaign_of


def _check_runs(request: HttpRequest) -> None:
    if not rules.may(request.user, "run_campaign"):
        raise PermissionDenied("run_campaign is not for this member.")


@never_cache
@require_safe
def running(request: HttpRequest) -> HttpResponse:
    """All campaigns, those in preparation among them."""
    _check_runs(request)
    rows = Campaign.objects.annotate(
        waiting=Count("nominations", filter=Q(nominations__state=NominationState.PROPOSED)),
        accepted=Count("nominations", filter=Q(nominations__state=NominationState.ACCEPTED)),
        selected=Count("nominations", filter=Q(nominations__state__in=CHOSEN)),
    )
    return render(request, "campaigns/running/list.html", {"campaigns": rows.order_by("-call_from", "-pk")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new campaign, which nobody else sees before it is announced."""
    _check_runs(request)
    form = CampaignForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            made = actions.create(by=request.user, values=form.values())
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("The campaign is there; only those who run campaigns see it."))
            return redirect(made)
    return render(request, "campaigns/running/form.html", {"form": form, "campaign": None}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a campaign says of itself, its rule, dates and themes."""
    campaign = campaign_of(request, slug, "run_campaign")
    form = CampaignForm(request.POST if request.method == "POST" else None, campaign=campaign)
    status = 400 if form.errors else 200
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            actions.revise(campaign, by=request.user, values=form.values(), reason=reason)
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("Your changes are on the page."))
            return redirect(campaign)
    context = {"form": form, "campaign": campaign, "is_fixed": changing.is_fixed(campaign)}
    return render(request, "campaigns/running/form.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the call before its date, after one more question."""
    campaign = campaign_of(request, slug, "run_campaign")
    if campaign.is_public:
        return redirect(campaign)
    lacks = whole.missing(campaign)
    status = 200
    if request.method == "POST":
        try:
            actions.announce(campaign, by=request.user)
        except ValidationError as error:
            lacks, status = error.messages, 409
        else:
            messages.success(request, _("The call is open."))
            return redirect(campaign)
    context = {"campaign": campaign, "lacks": lacks}
    return render(request, "campaigns/running/announce.html", context, status=status)


@require_POST
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """The next edition, in preparation."""
    campaign = campaign_of(request, slug, "run_campaign")
    made = actions.begin_from(campaign, by=request.user)
    messages.success(request, _("The next edition is in preparation: look through its texts and dates."))
    return redirect("campaigns:edit", made.slug)


@never_cache
@require_safe
def nominations(request: HttpRequest, slug: str) -> HttpResponse:
    """All nominations with where they stand, those that wait for an answer first."""
    campaign = campaign_of(request, slug, "run_campaign")
    rows = Nomination.objects.filter(campaign=campaign).for_cards().select_related("by")
    states = list(NominationState.values)
    found = sorted(rows, key=lambda row: (states.index(row.state), row.made_at))
    for row in found:
        row.campaign = campaign
    context = {"campaign": campaign, "nominations": found}
    return render(request, "campaigns/running/nominations.html", context)
