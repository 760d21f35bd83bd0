"""Pages of proposals for reviewers and its people: the lists, one of them value by value, deciding."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..forms import add_errors
from ..models import Initiative, Proposal
from ..reviews.forms import LONGEST_REASON
from ..reviews.views import for_reviewers
from . import actions, comparing, reading, values
from .forms import DecisionForm

PAGE_SIZE = 30


@for_reviewers
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open proposals, the oldest first."""
    page = _listed(request, Proposal.objects.open().reviewable_by(request.user))
    return render(request, "initiatives/proposals/list.html", {"page": page})


def _listed(request: HttpRequest, rows: QuerySet[Proposal]) -> Page:
    rows = rows.select_related("initiative", "by").only(
        "message", "values", "made_at", "initiative__name", "by__public_name", "by__erased_at"
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.labels = [values.label(name) for name in row.values]
    return page


@never_cache
@require_safe
def of_initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """Open proposals for one initiative, for its people and those who review it; to others they are not there."""
    found = get_object_or_404(Initiative.objects.only("slug", "name", "status", "collective"), slug=slug)
    if not request.user.has_perm("initiatives.open_proposals", found):
        raise Http404("There is nothing to decide for this member.")
    page = _listed(request, Proposal.objects.open().filter(initiative=found))
    reviews_it = _reviews(request, found)
    for row in page.object_list:
        row.is_for_others = row.by_id == request.user.pk and not reviews_it
    context = {"page": page, "initiative": found}
    return render(request, "initiatives/proposals/of_initiative.html", context)


def _reviews(request: HttpRequest, initiative: Initiative) -> bool:
    return request.user.has_perm("initiatives.review", initiative)


def _found(request: HttpRequest, pk: int) -> Proposal:
    """One that the member may decide on; to others it is not there."""
    rows = reading.decidable_by(request.user).select_related("initiative", "by", "decided_by")
    return get_object_or_404(rows, pk=pk)


@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a proposal would change, and the decision."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, proposal: Proposal, form: DecisionForm | None = None, status: int = 200, **more
) -> HttpResponse:
    sent = form is not None
    rows = comparing.compared(proposal, proposal.initiative).rows if proposal.is_open else []
    ticked = set(request.POST.getlist("names")) if sent else {row.name for row in rows}
    context = {
        "proposal": proposal,
        "initiative": proposal.initiative,
        "reviews_it": _reviews(request, proposal.initiative),
        "rows": rows,
        "ticked": ticked,
        "form": form,
        "reason": form.data.get("reason", "") if sent else "",
        "longest_reason": LONGEST_REASON,
        "conflict": [],
        **more,
    }
    return render(request, "initiatives/proposals/one.html", context, status=status)


@never_cache
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
    # A new name may have given it another address.
    initiative = Initiative.objects.only("slug", "collective").get(pk=proposal.initiative_id)
    if _reviews(request, initiative):
        return redirect("moderation_proposals")
    return redirect("initiative_proposals", initiative.slug)
