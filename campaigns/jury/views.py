"""Pages of the jury: its marks and conflicts of interest, the selection, and who is in it."""

from collections.abc import Callable

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.collectives.actions import ClosedError
from community.collectives.forms import add_errors

from ..models import Campaign, Nomination
from ..running.views.shared import TOO_MANY, campaign_of, entered_by, too_many
from . import actions, reading
from .forms import ConflictForm, JurorForm, NoteForm


@never_cache
@require_safe
def jury(request: HttpRequest, slug: str) -> HttpResponse:
    """All accepted nominations by theme, and how the selection is balanced."""
    campaign = entered_by(request, slug, "read_jury")
    parts = reading.parts(campaign, request.user)
    context = {
        "campaign": campaign,
        "parts": parts,
        "places": reading.places(parts),
        "chosen": sum(part.chosen for part in parts),
        "nominated": sum(len(part.lines) for part in parts),
        "rights": reading.rights(campaign, request.user),
        "marks": range(1, 6),
    }
    return render(request, "campaigns/jury/jury.html", context)


def _nomination(request: HttpRequest, slug: str, pk: int) -> Nomination:
    campaign = entered_by(request, slug, "read_jury")
    found = get_object_or_404(reading.judged(campaign), pk=pk)
    found.campaign = campaign
    return found


def _done(
    request: HttpRequest, nomination: Nomination, act: Callable[[], object], words: str
) -> HttpResponse:
    """Do it, say so, and go back to where it stands on the page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except ClosedError:
        messages.error(request, _("It does not stand in the campaign any more."))
    else:
        messages.success(request, words)
    page = reverse("campaigns:jury", args=[nomination.campaign.slug])
    return redirect(f"{page}#nomination-{nomination.pk}")


def _told(request: HttpRequest, nomination: Nomination, form) -> HttpResponse:
    """What is wrong with a small form, on the page that it stands on."""
    messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
    page = reverse("campaigns:jury", args=[nomination.campaign.slug])
    return redirect(f"{page}#nomination-{nomination.pk}")


@require_POST
def judge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A mark and a note."""
    nomination, form = _nomination(request, slug, pk), NoteForm(request.POST)
    if not form.is_valid():
        return _told(request, nomination, form)

    def act() -> None:
        actions.judge(nomination, by=request.user, **form.cleaned_data)

    return _done(request, nomination, act, _("Your mark is kept."))


@require_POST
def conflict(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A conflict of interest."""
    nomination, form = _nomination(request, slug, pk), ConflictForm(request.POST)
    if not form.is_valid():
        return _told(request, nomination, form)

    def act() -> None:
        actions.declare_conflict(nomination, by=request.user, reason=form.cleaned_data["reason"])

    return _done(request, nomination, act, _("Thank you. You do not judge this one."))


@require_POST
def select(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Into the selection, or out of it."""
    nomination = _nomination(request, slug, pk)
    if request.POST.get("leave_out"):
        words = _("It is not in the selection any more.")
        return _done(request, nomination, lambda: actions.leave_out(nomination, by=request.user), words)
    words = _("It is in the selection.")
    return _done(request, nomination, lambda: actions.select(nomination, by=request.user), words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jurors(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in the jury, for those who run the campaign."""
    campaign = campaign_of(request, slug, "run_campaign")
    form = JurorForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="seat_juror", user=request.user):
            form.add_error(None, too_many())
            status = TOO_MANY
        else:
            try:
                actions.seat(campaign, by=request.user, member=form.chosen)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("%(name)s is in the jury, and is told.") % {"name": form.chosen})
                return redirect("campaigns:jurors", campaign.slug)
    return _jurors_page(request, campaign, form, status)


def _jurors_page(request: HttpRequest, campaign: Campaign, form: JurorForm, status: int) -> HttpResponse:
    rows = campaign.jurors.select_related("member").order_by("member__public_name", "pk")
    context = {"campaign": campaign, "form": form, "jurors": rows}
    return render(request, "campaigns/jury/jurors.html", context, status=status)


@require_POST
def unseat(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody is in the jury no more."""
    campaign = campaign_of(request, slug, "run_campaign")
    juror = get_object_or_404(campaign.jurors.select_related("member"), pk=pk)
    juror.campaign = campaign
    try:
        actions.unseat(juror, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s is not in the jury any more.") % {"name": juror.member})
    return redirect("campaigns:jurors", campaign.slug)
