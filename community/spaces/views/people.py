"""The people of a space for those who run it: roles and invitations."""

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...inviting.views.people import People
from .. import actions, rules
from ..enums import SpaceRole
from ..forms import ROLES
from ..models import Space
from .shared import run_by


def _memberships(space: Space) -> QuerySet:
    rows = space.memberships.select_related("member").annotate(since=F("joined_at"))
    return rows.order_by("role", "member__public_name", "pk")


def _onward(request: HttpRequest, space: Space) -> HttpResponse:
    """Whoever gave up their own role has no business there any more."""
    if rules.may(request.user, "run_space", space):
        return redirect("space_people", space.slug)
    still = Space.objects.visible_to(request.user).filter(pk=space.pk).exists()
    return redirect(space) if still else redirect("spaces")


PEOPLE = People(
    kind="space",
    template="community/spaces/people.html",
    title=_("People of the space"),
    verbs=actions,
    end=actions.remove,
    roles=SpaceRole.choices,
    described=ROLES,
    runs=(SpaceRole.FACILITATOR, _("facilitator")),
    ending=("remove", _("Remove")),
    memberships=_memberships,
    onward=_onward,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a space, who is invited, and the form that invites."""
    return PEOPLE.page(request, run_by(request, slug))


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    return PEOPLE.membership(request, run_by(request, slug), pk)


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    return PEOPLE.invitation(request, run_by(request, slug), pk)
