"""What moderators see of members: reports on them, closed with a note."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .. import actions
from ..forms import ClosingForm
from ..models import LONGEST_REASON, MemberReport, RelayedMessage

PAGE_SIZE = 30


def _check_moderator(request: HttpRequest) -> None:
    if not request.user.has_perm("community.moderate_members"):
        raise PermissionDenied("Reports on members are for moderators.")


@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first."""
    _check_moderator(request)
    return _page(request)


def _page(
    request: HttpRequest,
    wrong: MemberReport | None = None,
    form: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    between = RelayedMessage.objects.order_by().filter(sender=OuterRef("about"), receiver=OuterRef("by"))
    counted = between.values("sender").annotate(number=Count("pk")).values("number")
    rows = MemberReport.objects.open().select_related("about", "by")
    page = Paginator(rows.annotate(written=Coalesce(Subquery(counted), 0)), PAGE_SIZE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "wrong": wrong.pk if wrong else None,
        "form": form,
        "longest": LONGEST_REASON,
    }
    return render(request, "community/relay/moderation.html", context, status=status)


@never_cache
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one, with a word on what was done."""
    _check_moderator(request)
    found = get_object_or_404(MemberReport.objects.select_related("about"), pk=pk)
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 400)
    try:
        actions.close(found, by=request.user, note=form.cleaned_data["note"])
    except ValidationError as error:
        form.add_error("note", error.messages)
        return _page(request, found, form, 400)
    except actions.ClosedError:
        messages.error(request, _("Somebody has closed it already."))
    else:
        messages.success(request, _("The report is closed."))
    return redirect("moderation_members")
