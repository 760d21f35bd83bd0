"""Pages of moderators for reports: the list by initiative, one of them, settling it and others with it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ..enums import ReportKind
from ..forms import add_errors
from ..models import Report
from ..reviews.views import for_reviewers
from ..workflow import TransitionRefusedError
from . import actions, describing
from .forms import LONGEST, SettlingForm

PAGE_SIZE = 30
# Of one initiative in the list; its page shows more.
MOST_LISTED = 5
# Many readers may say the same; more are settled in turns.
MOST_TOGETHER = 100


@for_reviewers
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open reports, those on one initiative together: abuse first, then the oldest."""
    mine = Report.objects.open().reviewable_by(request.user)
    abuse = Min("made_at", filter=Q(kind=ReportKind.ABUSE))
    groups = mine.order_by().values("initiative").annotate(abuse=abuse, since=Min("made_at"))
    ordered = groups.order_by(F("abuse").asc(nulls_last=True), "since", "initiative")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = mine.by_turn().filter(initiative__in=[group["initiative"] for group in page.object_list])
    rows = rows.select_related("initiative", "by").only(
        "kind",
        "message",
        "made_at",
        "initiative__name",
        "initiative__status",
        "by__public_name",
        "by__erased_at",
    )
    together: dict[int, list[Report]] = {}
    for row in rows:
        together.setdefault(row.initiative_id, []).append(row)
    for group in page.object_list:
        # None where they were settled between the two queries.
        found = together.get(group["initiative"], [])
        group["reports"], group["more"] = found[:MOST_LISTED], len(found[MOST_LISTED:])
    return render(request, "initiatives/reports/list.html", {"page": page})


def _found(request: HttpRequest, pk: int) -> Report:
    """One that the member may settle; to others it is not there."""
    rows = Report.objects.reviewable_by(request.user)
    rows = rows.select_related("initiative__primary_theme", "other__primary_theme", "by", "settled_by")
    return get_object_or_404(rows, pk=pk)


def _others(report: Report) -> list[Report]:
    """Other open ones on the same initiative."""
    rows = Report.objects.open().filter(initiative=report.initiative_id).exclude(pk=report.pk)
    return list(rows.by_turn().select_related("by")[:MOST_TOGETHER])


@for_reviewers
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reader says, what others say of the same, and the ways to settle it."""
    return _page(request, _found(request, pk))


def _page(
    request: HttpRequest, report: Report, form: SettlingForm | None = None, status: int = 200
) -> HttpResponse:
    initiative, others = report.initiative, _others(report)
    other = describing.other_of(report, request.user)
    sent = form is not None
    ticked = set(_also(request, others) if sent else [row.pk for row in others if row.kind == report.kind])
    context = {
        "report": report,
        "initiative": initiative,
        "others": others,
        "ticked": ticked,
        "other": other,
        "may_merge": describing.may_merge(report, other, request.user),
        "compared": describing.compared(initiative, other) if other else [],
        "ways": describing.ways(report, request.user) if report.is_open else [],
        "form": form,
        "answer": form.data.get("answer", "") if sent else "",
        "longest": LONGEST,
    }
    return render(request, "initiatives/reports/one.html", context, status=status)


def _also(request: HttpRequest, others: list[Report]) -> list[int]:
    """Which of the others are ticked; what is not among them was settled meanwhile, or never was."""
    ticked = set(request.POST.getlist("also"))
    return [row.pk for row in others if str(row.pk) in ticked]


@for_reviewers
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it, and those that are ticked with it; a step of the initiative may go with the answer."""
    report = _found(request, pk)
    form = SettlingForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form, 400)
    try:
        also = _also(request, _others(report))
        settled = actions.settle(report, by=request.user, also=also, **form.settled())
    except actions.SettledError:
        return _page(request, _found(request, pk), form, 409)
    except TransitionRefusedError:
        form.add_error(None, _("Decided already, or not at that stage."))
        return _page(request, _found(request, pk), form, 409)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, report, form, 400)
    told = ngettext("%(count)d report is settled.", "%(count)d reports are settled.", len(settled))
    messages.success(request, told % {"count": len(settled)})
    return redirect("moderation_reports")
