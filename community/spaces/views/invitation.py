"""The page behind the link of an invitation: for everyone who has it, to be accepted with an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...inviting.views.invited import Invited
from .. import actions, links, rules
from ..enums import SpaceRole

INVITED = Invited(
    kind="space",
    template="community/spaces/invitation.html",
    route="space_invited",
    find=links.invitation_of,
    accept=actions.accept,
    is_open=lambda space: not space.is_archived,
    is_in=rules.membership_of,
    onward=redirect,
    words={
        SpaceRole.FACILITATOR: _(
            "You are invited to run the space: you choose its map, invite its members and begin its groups."
        ),
        SpaceRole.MEMBER: _("You are invited as a member."),
    },
)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, as what; joining by a button."""
    return INVITED.page(request, token)
