"""Pages of flags for those who run a campaign."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.collectives.forms import add_errors

from ..enums import FlagKind, FlagState
from ..models import Campaign, LikeFlag, Nomination
from . import actions
from .forms import WordForm

MOST = 200


def _run_by(request: HttpRequest, slug: str) -> Campaign:
    campaign = get_object_or_404(Campaign, slug=slug)
    if not request.user.has_perm("campaigns.run_campaign", campaign):
        raise PermissionDenied("run_campaign is not for this member.")
    return campaign


@never_cache
@require_safe
def flags(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for two people, and what they decided."""
    campaign = _run_by(request, slug)
    rows = campaign.flags.select_related("first_by", "second_by").annotate(
        number=Count("ballots"), is_own=Count("ballots", filter=Q(ballots__member=request.user))
    )
    found = list(rows.order_by("raised_at", "pk")[:MOST])
    names = _names(found)
    for flag in found:
        flag.about = names.get(_nomination(flag))
        flag.is_disputed = actions.is_disputed(flag)
    shown = {
        "campaign": campaign,
        "open": [flag for flag in found if flag.state == FlagState.OPEN],
        "decided": [flag for flag in found if flag.state != FlagState.OPEN],
    }
    return render(request, "campaigns/fairness/flags.html", shown)


def _nomination(flag: LikeFlag) -> int | None:
    return int(flag.key.partition(" ")[0]) if flag.kind == FlagKind.BURST else None


def _names(found: list[LikeFlag]) -> dict[int | None, str]:
    """Which initiatives bursts are about."""
    keys = {_nomination(flag) for flag in found} - {None}
    return dict(Nomination.objects.filter(pk__in=keys).values_list("pk", "initiative__name"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One flag: what one thinks of it."""
    campaign = _run_by(request, slug)
    found = get_object_or_404(campaign.flags.select_related("first_by", "second_by"), pk=pk)
    if found.ballots.filter(member=request.user).exists():
        raise PermissionDenied("Nobody decides on likes of their own.")
    form = WordForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            done = actions.decide(found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        except actions.ClosedError:
            messages.error(request, _("Two people have decided this already."))
            return redirect("campaigns:flags", slug)
        else:
            messages.success(request, _told(done))
            return redirect("campaigns:flags", slug)
    found.about = _names([found]).get(_nomination(found))
    found.is_disputed = actions.is_disputed(found)
    found.number = found.ballots.count()
    shown = {"campaign": campaign, "flag": found, "form": form}
    return render(request, "campaigns/fairness/flag.html", shown, status=status)


def _told(flag: LikeFlag) -> str:
    if flag.state == FlagState.KEPT:
        return _("Decided: these likes count.")
    if flag.state == FlagState.VOIDED:
        return _("Decided: these likes are void.")
    if actions.is_disputed(flag):
        return _("You do not agree with each other: the flag stays open until two people say the same.")
    return _("Your word is kept. Somebody else has to say the same.")
