"""Suggesting a change of a published initiative, with or without an account; its own people edit it here."""

from collections.abc import Iterable
from functools import partial

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..forms import add_errors
from ..merging import following
from ..models import Initiative, Proposal
from ..proposals import actions, links, values
from ..proposals.forms import ProposalForm
from ..submitting.carrying import carried
from ..submitting.filling import ADDRESS
from . import steps
from .submitting import TOO_MANY

# The button beside one that is similar to what was being typed.
SAME = "same"


def _found(request: HttpRequest, slug: str) -> tuple[Initiative, bool]:
    """An initiative and whether the reader may revise it; others find what is published and see what everyone sees."""
    rows = Initiative.objects.defer("search", "search_name", "position", *ADDRESS)
    found = rows.filter(slug=slug).first() or rows.filter(old_slugs__slug=slug).first()
    may_revise = found is not None and request.user.has_perm("initiatives.revise", found)
    if found is None or not (found.is_published or may_revise):
        raise Http404("No published initiative has this address.")
    return found, may_revise


def _back(initiative: Initiative) -> str:
    """Where its page is; of what is not published, where its collective keeps it."""
    if initiative.is_published:
        return initiative.get_absolute_url()
    if initiative.collective:
        return reverse("collective_dashboard", args=[initiative.collective.slug])
    return reverse("map")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest_change(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with what the reader may see; who has the right to revise changes it at once."""
    try:
        initiative, may_revise = _found(request, slug)
    except Http404:
        if request.method == "POST" and (lives_on := following.published_of_slug(slug)):
            # Merged while somebody wrote; what they saw is not what stands there.
            messages.info(
                request, _("It was there already under another name or twice, and both were made one.")
            )
            return redirect("suggest_change", lives_on.slug)
        return following.led("suggest_change", slug)
    if initiative.slug != slug:
        return redirect("suggest_change", initiative.slug, permanent=True)
    member = request.user if request.user.is_authenticated else None
    make = partial(ProposalForm, initiative=initiative, member=member, everything=may_revise)
    if request.method != "POST":
        return _page(request, make(), may_revise)
    if steps.step_of(request):
        return _page(request, steps.stepped(request, make), may_revise)
    if request.POST.get("step") == SAME:
        form = make()
        return _page(request, form, may_revise, carried=carried(form, request.POST))
    form = make(request.POST)
    if not form.is_valid():
        return _page(request, form, may_revise, 400)
    if not ratelimit.consume(request, action="propose_change"):
        form.add_error(None, _("That was a lot in a short time. Please try again in an hour."))
        return _page(request, form, may_revise, TOO_MANY)
    try:
        if may_revise:
            initiative = _revise(form, member)
            done = (
                _("Your changes are on the page.") if initiative.is_published else _("Your changes are kept.")
            )
        else:
            made = _propose(form, member)
            done = _("Thank you. Somebody reads your suggestion before anything changes.")
            if made.is_asked:
                asked = _("For our answer, open the link in the mail to %(email)s.") % {"email": made.email}
                done = f"{done} {asked}"
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, form, may_revise, 400)
    except actions.ConflictError as error:
        return _changed_meanwhile(request, form, error)
    messages.success(request, done)
    return redirect(_back(initiative))


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """Whether answers to a suggestion may go to an address. By a button, as programs that read mails follow links."""
    proposal = links.proposal_of(token)
    if proposal is None:
        return render(request, "initiatives/proposals/answers.html", {"proposal": None}, status=404)
    if request.method == "POST":
        actions.confirm_address(proposal)
        return redirect("answers", token)
    return render(request, "initiatives/proposals/answers.html", {"proposal": proposal})


def _revise(form: ProposalForm, member) -> Initiative:
    return actions.revise_at_once(
        form.correcting,
        by=member,
        values=form.changes(),
        of=form.before["of"],
        reason=form.cleaned_data["message"],
    )


def _propose(form: ProposalForm, member) -> Proposal:
    return actions.propose(
        form.correcting,
        by=member,
        values=form.changes(),
        of=form.before["of"],
        message=form.cleaned_data["message"],
        email=member.email if member else form.cleaned_data["answer_email"],
        language=(get_language() or "fr")[:2],
    )


def _changed_meanwhile(
    request: HttpRequest, form: ProposalForm, error: actions.ConflictError
) -> HttpResponse:
    """409: which values; sent again, the form names the version that is there now."""
    labels = ", ".join(map(values.label, error.names))
    text = _("Changed meanwhile by somebody else: %(values)s. Sending again replaces it.")
    form.add_error(None, text % {"values": labels})
    form.data = form.data.copy()
    form.data["shown"] = form.signed(form.correcting.updated_at)
    return _page(request, form, True, 409)


def _page(
    request: HttpRequest, form: ProposalForm, may_revise: bool, status: int = 200, carried: Iterable[str] = ()
) -> HttpResponse:
    shown = {
        "form": form,
        "initiative": form.correcting,
        "back": _back(form.correcting),
        "may_revise": may_revise,
        "submission": None,
        "similar": [],
        "asked": "",
        "asks": False,
        "carried": carried,
        **steps.shown(request),
    }
    return render(request, "initiatives/proposals/suggest.html", shown, status=status)
