"""The page behind the link of an invitation: for everyone who has it, to be accepted with an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from territories.enums import CollectiveStatus

from ...inviting.views.invited import Invited
from ...members.enums import CollectiveRole
from .. import actions, links

INVITED = Invited(
    kind="collective",
    template="community/collectives/invitation.html",
    route="invitation",
    find=links.invitation_of,
    accept=actions.accept,
    is_open=lambda collective: collective.status != CollectiveStatus.ARCHIVED,
    is_in=lambda reader, collective: False,
    onward=lambda collective: redirect("account_collectives"),
    words={
        CollectiveRole.FACILITATOR: _("You are invited to run this collective with others."),
        CollectiveRole.MEMBER: _("You are invited to this collective as a member."),
    },
)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, as what; joining by a button."""
    return INVITED.page(request, token)
