"""The people of a collective: who they are, who is invited, leaving."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from territories.models import Collective

from ...members.enums import CollectiveRole
from ...members.models import CollectiveMembership
from .. import actions
from ..forms import InvitationForm, add_errors
from ..models import INVITED_FOR
from .shared import TOO_MANY, collective_of, run_by


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a collective, those who are invited, and the form that invites."""
    collective = run_by(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="invite_people", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.invite(collective, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect("collective_people", slug)
    return _page(request, collective, form, status)


def _page(
    request: HttpRequest, collective: Collective, form: InvitationForm, status: int = 200
) -> HttpResponse:
    rows = collective.memberships.current().select_related("member").order_by("role", "started_on", "pk")
    context = {
        "collective": collective,
        "memberships": rows,
        "invitations": collective.invitations.pending(),
        "form": form,
        "roles": CollectiveRole.choices,
        "days": INVITED_FOR.days,
        "refused": collective.claims.refused_foundings().first(),
        "is_own": any(row.member_id == request.user.pk for row in rows),
    }
    return render(request, "community/collectives/people.html", context, status=status)


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    collective = run_by(request, slug)
    rows = CollectiveMembership.objects.current().filter(collective=collective)
    found = get_object_or_404(rows.select_related("member", "collective"), pk=pk)
    try:
        if request.POST.get("end"):
            actions.end_membership(found, by=request.user)
            done = _("The membership has ended.")
        else:
            actions.change_role(found, by=request.user, role=request.POST.get("role", ""))
            done = _("The role is changed.")
    except (ValidationError, actions.ClosedError) as error:
        told = error.messages if isinstance(error, ValidationError) else [_("It had ended already.")]
        messages.error(request, " ".join(told))
    else:
        messages.success(request, done)
    # Whoever gave up their own role has no business there any more.
    still = request.user.has_perm("community.run_collective", collective)
    return redirect("collective_people", slug) if still else redirect(collective)


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    collective = run_by(request, slug)
    found = get_object_or_404(collective.invitations.pending(), pk=pk)
    try:
        if request.POST.get("revoke"):
            actions.revoke(found, by=request.user)
            messages.success(request, _("The invitation is taken back."))
        elif ratelimit.consume(request, action="invite_people", user=request.user):
            actions.invite_again(found, by=request.user)
            messages.success(request, _("The invitation is on its way."))
        else:
            messages.error(request, _("That was a lot for one day. Please try again tomorrow."))
    except actions.ClosedError:
        messages.error(request, _("This invitation was used or taken back already."))
    return redirect("collective_people", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a collective, after one more question."""
    collective = collective_of(slug)
    own = collective.memberships.current().select_related("collective")
    found = get_object_or_404(own, member=request.user)
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.end_membership(found, by=request.user)
        except ValidationError as told:
            error, status = " ".join(told.messages), 409
        except actions.ClosedError:
            return redirect("account_collectives")
        else:
            messages.success(request, _("You have left %(name)s.") % {"name": collective.name})
            return redirect("account_collectives")
    runs = found.role == CollectiveRole.FACILITATOR
    shown = {"collective": collective, "error": error, "runs": runs}
    return render(request, "community/collectives/leave.html", shown, status=status)
