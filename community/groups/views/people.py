"""The people of a group for those who run it: roles, requests, invitations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...inviting.views.people import People
from .. import actions, rules
from ..enums import GroupRole
from ..forms import ROLES, told
from ..models import LONGEST_MESSAGE, Group
from .shared import run_by


def _memberships(group: Group) -> QuerySet:
    rows = group.memberships.select_related("member").annotate(since=F("joined_at"))
    return rows.order_by("role", "member__public_name", "pk")


def _onward(request: HttpRequest, group: Group) -> HttpResponse:
    """Whoever gave up their own role has no business there any more."""
    group.refresh_from_db()
    if rules.may(request.user, "run_group", group):
        return redirect("group_people", group.slug)
    still = Group.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return redirect(group) if still else redirect("groups")


def _besides(request: HttpRequest, group: Group, page: Page) -> dict[str, Any]:
    return {
        "requests": group.requests.select_related("member"),
        "longest": LONGEST_MESSAGE,
        "hands_over": rules.may(request.user, "hand_over_group", group),
    }


PEOPLE = People(
    kind="group",
    template="community/groups/people.html",
    title=gettext_lazy("People of the group"),
    verbs=actions,
    end=actions.remove,
    roles=GroupRole.choices,
    described=ROLES,
    runs=(GroupRole.ANIMATOR, gettext_lazy("animator")),
    ending=("remove", gettext_lazy("Remove")),
    memberships=_memberships,
    onward=_onward,
    besides=_besides,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a group, who asks to join, who is invited, and the form that invites."""
    return PEOPLE.page(request, run_by(request, slug))


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    return PEOPLE.membership(request, run_by(request, slug), pk)


@require_POST
def asked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Yes or no to who wants to join."""
    group = run_by(request, slug)
    found = group.requests.select_related("group").filter(pk=pk).first()
    try:
        if found is None:
            raise actions.ClosedError
        if request.POST.get("refuse"):
            actions.refuse_request(found, by=request.user, reason=request.POST.get("reason", ""))
            done = _("Refused, and told.")
        else:
            actions.accept_request(found, by=request.user)
            done = _("Accepted, and told.")
    except ValidationError as error:
        messages.error(request, told(error))
    except actions.ClosedError:
        messages.error(request, _("This was decided or withdrawn already."))
    else:
        messages.success(request, done)
    return redirect("group_people", slug)


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    return PEOPLE.invitation(request, run_by(request, slug), pk)
