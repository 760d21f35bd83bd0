"""A new collective, and saying that one is theirs."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from territories.models import Collective

from .. import actions, links, rules
from ..claims import actions as claims
from ..domains import domain_of
from ..forms import AgainForm, FoundingForm, MailForm, RequestForm, add_errors
from ..models import CONFIRM_WITHIN, CollectiveClaim
from .shared import TOO_MANY, collective_of, run_by


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose a collective."""
    form = FoundingForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="found_collective", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                made = actions.found(by=request.user, values=form.values())
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(
                    request, _("Your collective waits for a moderator; you get a mail either way.")
                )
                return redirect("collective_people", made.slug)
    return render(request, "community/collectives/new.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what was refused and hand it in again, for who founded it."""
    collective = run_by(request, slug)
    refused = collective.claims.refused_foundings().filter(member=request.user).first()
    if refused is None or not request.user.has_perm("community.hand_in_again", collective):
        return redirect("collective_people", slug)
    form = AgainForm(request.POST if request.method == "POST" else None, collective=collective)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="found_collective", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            message = form.cleaned_data["message"]
            try:
                actions.hand_in_again(collective, by=request.user, values=form.values(), message=message)
            except actions.ClosedError:
                return redirect("collective_people", slug)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(
                    request, _("Your collective waits for a moderator; you get a mail either way.")
                )
                return redirect("collective_people", slug)
    shown = {"form": form, "collective": collective, "refused": refused}
    return render(request, "community/collectives/again.html", shown, status=status)


def _claimed(slug: str) -> Collective:
    found = collective_of(slug)
    if not rules.is_published(None, found):
        raise Http404("There is no such collective.")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """By an address of its website, or by asking; where somebody asked already, how far that is."""
    collective = _claimed(slug)
    sent = request.POST if request.method == "POST" else None
    is_mail = sent is not None and "mail-email" in sent
    mail = MailForm(sent if is_mail else None)
    asking = RequestForm(sent if sent is not None and not is_mail else None)
    form, status = (mail if is_mail else asking), 200
    if sent is not None:
        status = 400
        if form.is_valid():
            if not ratelimit.consume(request, action="claim_collective", user=request.user):
                form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
                status = TOO_MANY
            elif _is_made(request, collective, form):
                return redirect("collective_claim", slug)
    waiting = collective.claims.open().filter(member=request.user).first()
    context = {
        "collective": collective,
        "mail": mail,
        "asking": asking,
        "domain": domain_of(collective.website),
        "waiting": waiting,
        "is_run": rules.facilitators(collective).exists(),
        "runs": rules.facilitates(request.user, collective),
        "days": CONFIRM_WITHIN.days,
    }
    return render(request, "community/collectives/claim.html", context, status=status)


def _is_made(request: HttpRequest, collective: Collective, form: MailForm | RequestForm) -> bool:
    try:
        if isinstance(form, MailForm):
            claims.by_mail(collective, by=request.user, email=form.cleaned_data["email"])
        else:
            claims.by_request(collective, by=request.user, message=form.cleaned_data["message"])
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own claim back."""
    rows = CollectiveClaim.objects.open().filter(member=request.user, collective__slug=slug)
    found = get_object_or_404(rows.select_related("collective"), pk=pk)
    try:
        claims.withdraw(found, by=request.user)
    except actions.ClosedError:
        messages.error(request, _("This was decided already"))
    else:
        messages.success(request, _("You have withdrawn it."))
    return redirect("collective_claim", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The link of the mail; by a button, as programs that read mails follow links."""
    found = links.claim_of(token)
    if found is None or found.collective.slug != slug:
        return _confirming(request, None, "unknown", 404)
    if found.member_id != request.user.pk:
        # Whoever else reads that mailbox lets nobody in by a click.
        return _confirming(request, found, "another", 403)
    if found.state != "open" or found.confirmed_at:
        return _confirming(request, found, "used", 410)
    if found.has_expired:
        return _confirming(request, found, "expired", 410)
    if request.method != "POST":
        return _confirming(request, found, "open", 200)
    try:
        done = claims.confirm(found, by=request.user)
    except actions.ClosedError:
        return _confirming(request, found, "expired", 410)
    if done.is_waiting:
        messages.success(request, _("Your address is confirmed. Those who run the collective are told."))
        return redirect("collective_claim", slug)
    messages.success(request, _("You run this collective now."))
    return redirect("collective_people", slug)


def _confirming(request: HttpRequest, found: CollectiveClaim | None, state: str, status: int) -> HttpResponse:
    shown = {"claim": found, "state": state, "days": CONFIRM_WITHIN.days}
    return render(request, "community/collectives/confirm.html", shown, status=status)
