"""Pages about collectives for their people, moderators and stewards."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.collectives import actions, rules
from community.collectives.claims import actions as claims
from community.collectives.domains import domain_of
from community.collectives.forms import DecisionForm
from community.collectives.models import LONGEST_MESSAGE, CollectiveClaim
from community.collectives.views.shared import run_by
from territories.enums import CollectiveStatus

from ..forms import add_errors
from ..reviews.views import for_reviewers
from . import reading
from .forms import FactsForm

PAGE_SIZE = 30


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The member's collectives, what they asked for, and what waits for their word."""
    rows = request.user.collective_memberships.current().select_related("collective__territory")
    rows = rows.defer("collective__perimeter", "collective__territory__boundary").order_by("collective__name")
    asked = request.user.collective_claims.open().select_related("collective").defer("collective__perimeter")
    refused = request.user.collective_claims.refused_foundings().select_related("collective")
    context = {
        "memberships": rows,
        "claims": asked,
        "refused": refused.filter(collective__in=rules.run_by(request.user)).defer("collective__perimeter"),
        "waiting": reading.asked_claims(request.user),
    }
    return render(request, "initiatives/collectives/mine.html", context)


@for_reviewers
@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """New collectives and claims that wait for a moderator, the oldest first."""
    rows = reading.with_refusals(reading.overseen_claims(request.user))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "initiatives/collectives/moderation.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A claim, and yes or no, for those who may say it; to others it is not there."""
    rows = CollectiveClaim.objects.select_related("collective__territory", "member", "decided_by")
    rows = rows.defer("collective__perimeter", "collective__territory__boundary")
    claim = get_object_or_404(rows, pk=pk, collective__slug=slug)
    is_over = claim.decided_at is not None
    if not request.user.has_perm("community.decide_claim", claim) or not (claim.is_waiting or is_over):
        raise Http404("There is nothing to decide for this member.")
    if request.method != "POST":
        return _claim_page(request, claim)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _claim_page(request, claim, form, 400)
    accepted = form.cleaned_data["decision"] == "accept"
    try:
        claims.decide(claim, by=request.user, accepted=accepted, reason=form.cleaned_data["reason"])
    except actions.ClosedError:
        return _claim_page(request, get_object_or_404(rows, pk=pk), form, 409)
    except ValidationError as error:
        add_errors(form, error)
        return _claim_page(request, claim, form, 400)
    messages.success(request, _("Accepted, and told.") if accepted else _("Refused, and told."))
    is_moderator = request.user.has_perm("community.oversee_collective", claim.collective)
    return redirect("moderation_collectives" if is_moderator else "account_collectives")


def _claim_page(
    request: HttpRequest, claim: CollectiveClaim, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "claim": claim,
        "collective": claim.collective,
        "is_public": claim.collective.status == CollectiveStatus.PUBLISHED,
        "former": reading.former_refusals(claim),
        "domain": domain_of(claim.collective.website),
        "running": [row.member for row in rules.facilitators(claim.collective).select_related("member")],
        "form": form,
        "reason": form.data.get("reason", "") if form else "",
        "longest_reason": LONGEST_MESSAGE,
    }
    return render(request, "initiatives/collectives/claim.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page of a collective says of it, written by its people."""
    collective = run_by(request, slug)
    sent = request.method == "POST"
    form = FactsForm(request.POST if sent else None, request.FILES if sent else None, collective=collective)
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            actions.revise(collective, by=request.user, values=form.values())
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("Your changes are on the page."))
            is_public = collective.status == CollectiveStatus.PUBLISHED
            return redirect(collective) if is_public else redirect("collective_people", slug)
    shown = {"form": form, "collective": collective}
    return render(request, "initiatives/collectives/edit.html", shown, status=status)
