"""Pages of reviewers for proposals: the list, one of them value by value, deciding."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..forms import add_errors
from ..models import Proposal
from ..reviews.forms import LONGEST_REASON
from ..reviews.views import for_reviewers
from . import actions, comparing, values
from .forms import DecisionForm

PAGE_SIZE = 30


@for_reviewers
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open proposals, the oldest first."""
    rows = (
        Proposal.objects.open()
        .reviewable_by(request.user)
        .select_related("initiative", "by")
        .only("message", "values", "made_at", "initiative__name", "by__public_name", "by__erased_at")
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.labels = [values.label(name) for name in row.values]
    return render(request, "initiatives/proposals/list.html", {"page": page})


def _found(request: HttpRequest, pk: int) -> Proposal:
    """One that the member may decide on; to others it is not there."""
    rows = Proposal.objects.reviewable_by(request.user).select_related("initiative", "by", "decided_by")
    return get_object_or_404(rows, pk=pk)


@for_reviewers
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a proposal would change, and the decision."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, proposal: Proposal, form: DecisionForm | None = None, status: int = 200, **more
) -> HttpResponse:
    sent = form is not None
    rows = comparing.rows(proposal, proposal.initiative) if proposal.is_open else []
    ticked = set(request.POST.getlist("names")) if sent else {row.difference.name for row in rows}
    context = {
        "proposal": proposal,
        "initiative": proposal.initiative,
        "rows": rows,
        "ticked": ticked,
        "form": form,
        "reason": form.data.get("reason", "") if sent else "",
        "longest_reason": LONGEST_REASON,
        "conflict": [],
        **more,
    }
    return render(request, "initiatives/proposals/one.html", context, status=status)


@for_reviewers
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept what is ticked, or refuse."""
    proposal = _found(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, form, 400)
    given = form.cleaned_data
    try:
        if given["decision"] == "accept":
            actions.accept(
                proposal,
                by=request.user,
                names=request.POST.getlist("names"),
                seen=given["seen"],
                reason=given["reason"],
            )
            done = _("The proposal is accepted.")
        else:
            actions.refuse(proposal, by=request.user, reason=given["reason"])
            done = _("The proposal is refused.")
    except actions.DecidedError:
        return _page(request, _found(request, pk), form, 409)
    except actions.ConflictError as error:
        fresh = _found(request, pk)
        return _page(
            request, fresh, form, 409, conflict=error.names, seen=fresh.initiative.updated_at.isoformat()
        )
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, proposal, form, 400)
    messages.success(request, done)
    return redirect("moderation_proposals")
