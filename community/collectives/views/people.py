"""The people of a collective: who they are, who is invited, leaving."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from territories.enums import CollectiveStatus
from territories.models import Collective

from ...inviting.views.people import People
from ...members.enums import CollectiveRole
from .. import actions
from ..forms import ROLES
from .shared import collective_of, run_by


def _memberships(collective: Collective) -> QuerySet:
    rows = collective.memberships.current().select_related("member").annotate(since=F("started_on"))
    return rows.order_by("role", "started_on", "pk")


def _onward(request: HttpRequest, collective: Collective) -> HttpResponse:
    """Whoever gave up their own role has no business there any more."""
    still = request.user.has_perm("community.run_collective", collective)
    return redirect("collective_people", collective.slug) if still else redirect(collective)


def _besides(request: HttpRequest, collective: Collective, page: Page) -> dict[str, Any]:
    """Why it was refused, and whether the reader can leave it."""
    archived = collective.status == CollectiveStatus.ARCHIVED
    is_own = any(one.member_id == request.user.pk for one in page)
    if not is_own and page.has_other_pages():
        is_own = collective.memberships.current().filter(member=request.user).exists()
    return {
        "refused": collective.claims.refused_foundings().first() if archived else None,
        "is_own": is_own,
    }


PEOPLE = People(
    kind="collective",
    template="community/collectives/people.html",
    title=gettext_lazy("Its people"),
    verbs=actions,
    end=actions.end_membership,
    roles=CollectiveRole.choices,
    described=ROLES,
    runs=(CollectiveRole.FACILITATOR, gettext_lazy("facilitator")),
    ending=("end", gettext_lazy("End")),
    memberships=_memberships,
    onward=_onward,
    besides=_besides,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a collective, those who are invited, and the form that invites."""
    return PEOPLE.page(request, run_by(request, slug))


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    return PEOPLE.membership(request, run_by(request, slug), pk)


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    return PEOPLE.invitation(request, run_by(request, slug), pk)


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
