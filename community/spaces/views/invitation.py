"""The page behind the link of an invitation: for everyone who has it, to be accepted with an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...collectives.links import KEPT
from ...inviting.models import INVITED_FOR
from .. import actions, links, rules
from ..models import SpaceInvitation


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, as what; joining by a button, as programs that read mails follow links."""
    found = links.invitation_of(token)
    if found is None or found.space.is_archived:
        return _page(request, None, "unknown", 404)
    if found.accepted_at:
        # A second press of the button, too.
        is_in = rules.membership_of(request.user, found.space)
        return redirect(found.space) if is_in else _page(request, None, "used", 410)
    if found.has_expired:
        return _page(request, None, "expired", 410)
    if not request.user.is_authenticated:
        request.session[KEPT] = ["space_invited", token]
        return _page(request, found, "open", 403 if request.method == "POST" else 200)
    if request.method != "POST":
        request.session.pop(KEPT, None)
        return _page(request, found, "open", 200)
    try:
        actions.accept(found, by=request.user)
    except actions.ClosedError:
        return _page(request, None, "used", 410)
    messages.success(request, _("You belong to %(name)s now.") % {"name": found.space.name})
    return redirect(found.space)


def _page(request: HttpRequest, found: SpaceInvitation | None, state: str, status: int) -> HttpResponse:
    shown = {"invitation": found, "state": state, "days": INVITED_FOR.days}
    return render(request, "community/spaces/invitation.html", shown, status=status)
