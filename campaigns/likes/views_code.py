"""Liking without an account, where a campaign allows it: an address, a code by mail, a ballot in the session."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..models import Campaign, Nomination
from . import codes, digests, voters
from .errors import LikeError
from .forms import AddressForm, CodeForm
from .views import place

TOO_MANY, UNAVAILABLE = 429, 503


def _campaign(slug: str) -> Campaign:
    return get_object_or_404(Campaign.objects.public(), slug=slug, by_code=True)


def _nominee(request: HttpRequest) -> str:
    """The nomination that somebody came for, as the address has it."""
    asked = request.GET.get("nominee", "")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 16 else ""


def _back(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    asked = _nominee(request)
    found = asked and Nomination.objects.filter(campaign=campaign, pk=int(asked)).first()
    if not found:
        return redirect(campaign)
    found.campaign = campaign
    return redirect(place(found))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, slug: str) -> HttpResponse:
    """Where to the code goes."""
    campaign = _campaign(slug)
    if voters.voter(request, campaign):
        return _back(request, campaign)
    form = AddressForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        email = form.cleaned_data["email"]
        key = digests.of_address(campaign.pk, email)
        if not ratelimit.consume(request, action="ask_ballot_code", key=key):
            form.add_error(None, _("That was a lot at once. Please try again in an hour."))
            status = TOO_MANY
        else:
            try:
                kept = codes.ask(campaign, email=email, language=get_language() or "")
            except LikeError as error:
                messages.error(request, str(error))
                return redirect(campaign)
            except codes.NotSentError:
                form.add_error(None, _("The mail could not be sent. Please try again in a few minutes."))
                status = UNAVAILABLE
            else:
                asked = request.session.get(voters.ASKED, {})
                request.session[voters.ASKED] = {**asked, str(campaign.pk): kept}
                nominee = _nominee(request)
                onward = reverse("campaigns:code_enter", args=[slug])
                return redirect(f"{onward}?nominee={nominee}" if nominee else onward)
    return render(
        request, "campaigns/likes/address.html", {"campaign": campaign, "form": form}, status=status
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """The code that came."""
    campaign = _campaign(slug)
    kept = request.session.get(voters.ASKED, {}).get(str(campaign.pk))
    if not kept:
        return redirect("campaigns:code", slug)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not ratelimit.consume(request, action="enter_ballot_code", key=kept):
            form.add_error(None, _("That was a lot at once. Please try again in an hour."))
            return _entering(request, campaign, form, TOO_MANY)
        network = digests.of_network(campaign.pk, request)
        try:
            ballot = codes.prove(campaign, address=kept, code=form.cleaned_data["code"], network=network)
        except codes.CodeGoneError:
            messages.error(request, _("This code is not good any more. Ask for another one."))
            return redirect("campaigns:code", slug)
        if ballot:
            voters.keep(request, ballot)
            messages.success(request, _("Now you can like: one like per initiative."))
            return _back(request, campaign)
        form.add_error("code", _("This is not the code of the last mail."))
    return _entering(request, campaign, form, 400 if form.errors else 200)


def _entering(request: HttpRequest, campaign: Campaign, form: CodeForm, status: int) -> HttpResponse:
    return render(request, "campaigns/likes/code.html", {"campaign": campaign, "form": form}, status=status)
