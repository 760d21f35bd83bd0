"""The dashboard of a collective, and the steps that its facilitators take from there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.models import Member
from territories.enums import CollectiveStatus
from territories.models import Collective

from .. import actions
from ..enums import Verb
from ..models import Initiative
from ..selection import Selection
from ..viewing import reading
from ..workflow import TransitionRefusedError
from .board import LONGEST_NAME, STEPS, Board

DONE = {
    Verb.CONFIRM: lambda name: _("%(name)s is confirmed.") % {"name": name},
    Verb.SUBMIT: lambda name: _("%(name)s is sent for review.") % {"name": name},
    Verb.CLOSE: lambda name: _("%(name)s is recorded as ended.") % {"name": name},
}


def _found(member: Member, slug: str) -> tuple[Collective, bool]:
    """A collective whose dashboard the member may open, and whether they tend what it carries."""
    rows = Collective.objects.select_related("territory").defer("perimeter", "territory__boundary")
    collective = get_object_or_404(rows, slug=slug)
    if not member.has_perm("initiatives.open_dashboard", collective):
        if collective.status != CollectiveStatus.PUBLISHED:
            raise Http404("No collective of this address.")
        raise PermissionDenied("The dashboard is for the members of the collective.")
    return collective, member.has_perm("initiatives.tend_collective", collective)


@never_cache
@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """Where its initiatives stand, what needs care, how often they are seen."""
    collective, tends = _found(request.user, slug)
    board = Board(collective, tends, request.GET)
    context = {
        "collective": collective,
        "is_public": collective.status == CollectiveStatus.PUBLISHED,
        "tends": tends,
        "board": board,
        "statuses": board.statuses(),
        "cares": board.cares(),
        "page": board.page(),
        "charts": reading.charts(collective),
        "longest_name": LONGEST_NAME,
        "embed_query": Selection({"collective": (collective.slug,)}).query,
    }
    return render(request, "initiatives/dashboard/dashboard.html", context)


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, send for review or close one initiative: `step` is the verb, a dot and its identifier."""
    collective, _tends = _found(request.user, slug)
    verb, _dot, uuid = request.POST.get("step", "").partition(".")
    if verb not in STEPS:
        return HttpResponseBadRequest(_("There is no such step."))
    try:
        initiative = Initiative.objects.filter(collective=collective, uuid=uuid).first()
    except ValidationError:
        initiative = None
    if initiative is None:
        raise Http404("The collective carries no such initiative.")
    try:
        actions.VERBS[Verb(verb)](initiative, by=request.user)
    except TransitionRefusedError:
        messages.error(request, _("%(name)s: not possible at this stage.") % {"name": initiative.name})
    except ValidationError as error:
        messages.error(request, f"{initiative.name}: {' '.join(error.messages)}")
    else:
        messages.success(request, DONE[Verb(verb)](initiative.name))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("collective_dashboard", args=[slug]) + query)
