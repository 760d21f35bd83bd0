"""What moderators see of offers and needs: reports on them, closed with a note, or by removing what they are about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.topics import names

from ....models import Exchange, ExchangeReport
from ....models.answering import LONGEST_REASON
from .. import actions, showing
from ..forms import ClosingForm
from .shared import CLOSED, is_done

PAGE_SIZE = 30


def _check_moderator(request: HttpRequest) -> None:
    if not request.user.has_perm("initiatives.keep_exchanges_in_order"):
        raise PermissionDenied("Reports on offers and needs are for moderators.")


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first."""
    _check_moderator(request)
    return _page(request)


def _page(
    request: HttpRequest,
    wrong: ExchangeReport | None = None,
    form: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = ExchangeReport.objects.open().select_related(
        "exchange__initiative", "exchange__collective", "exchange__author", "by"
    )
    rows = rows.defer(
        "exchange__initiative__search",
        "exchange__initiative__search_name",
        "exchange__collective__perimeter",
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    run = Exchange.objects.run_by(request.user)
    own = set(run.filter(pk__in=[row.exchange_id for row in page]).values_list("pk", flat=True))
    reports = [
        {
            "report": row,
            "by": names.name_of(row.by, request.user),
            "people": showing.of_people(row.exchange, request.user),
            "is_own": row.exchange_id in own,
        }
        for row in page
    ]
    shown = {
        "page": page,
        "reports": reports,
        "wrong": wrong.pk if wrong else None,
        "form": form,
        "longest": LONGEST_REASON,
    }
    return render(request, "initiatives/exchange/talking/moderation.html", shown, status=status)


@never_cache
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one with a word on what was done, and remove what it is about where the moderator presses that."""
    _check_moderator(request)
    found = get_object_or_404(ExchangeReport.objects.select_related("exchange"), pk=pk)
    form = ClosingForm(request.POST)
    done, status = is_done(
        request,
        form,
        lambda: actions.close_report(
            found,
            by=request.user,
            note=form.cleaned_data["note"],
            remove=form.cleaned_data["verb"] == "remove",
        ),
    )
    if done:
        removed = form.cleaned_data["verb"] == "remove"
        told = _("It is removed, and its people are told why.") if removed else _("The report is closed.")
        messages.success(request, told)
        return redirect("moderation_exchange")
    if status == CLOSED:
        messages.error(request, " ".join(form.non_field_errors()))
        return redirect("moderation_exchange")
    return _page(request, found, form, status)
