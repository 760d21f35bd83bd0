"""Pages of imports of boundaries, for the administration: hand in, look, decide, undo."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..answers import doors_of, issues_as_csv
from ..errors import NotUndoneError
from . import actions, reading
from .forms import BoundaryForm
from .models import BoundaryRun
from .rules import RIGHT
from .undoing import Undone, undo_boundaries

EACH_PAGE = 25


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those who may bring in boundaries; no answer is kept by a browser."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied("This member does not bring in boundaries.")
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Runs, the newest first."""
    page = Paginator(reading.runs(), EACH_PAGE).get_page(request.GET.get("page"))
    return render(request, "importers/boundaries/list.html", {"page": page})


@for_administrators
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Hand in a file or an address."""
    form = BoundaryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        run = actions.hand_in(by=request.user, how=form.how(), file=said["file"], address=said["address"])
        return redirect("boundary_run", run.pk)
    status = 400 if form.errors else 200
    return render(request, "importers/boundaries/new.html", {"form": form}, status=status)


@for_administrators
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run read, what came of it or would come, and what may be decided."""
    run = get_object_or_404(BoundaryRun.objects.select_related("started_by"), pk=pk)
    context = {"run": run, "doors": doors_of("boundary", pk), **reading.described(run)}
    return render(request, "importers/boundaries/run.html", context)


@for_administrators
@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far a run is, for its page."""
    run = get_object_or_404(reading.runs(), pk=pk)
    return JsonResponse({"status": run.status, "read": run.read})


@for_administrators
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a run, put it away, or undo it."""
    run = get_object_or_404(reading.runs(), pk=pk)
    verb = request.POST.get("verb", "")
    try:
        if verb == "write":
            actions.write(run, by=request.user)
        elif verb == "undo":
            _tell_undone(request, undo_boundaries(run, by=request.user))
        elif verb == "put_away":
            actions.put_away(run, by=request.user)
            messages.success(request, _("Put away; nothing was written."))
            return redirect("boundary_imports")
        else:
            messages.error(request, _("Choose what to do with this import."))
    except (ValueError, NotUndoneError):
        messages.error(request, _("Somebody decided on this import meanwhile; this is how it stands now."))
    return redirect("boundary_run", pk)


def _tell_undone(request: HttpRequest, undone: Undone) -> None:
    said = pgettext("territories", "Undone: %(removed)s taken away, %(restored)s as before.")
    messages.success(request, said % {"removed": len(undone.removed), "restored": len(undone.restored)})
    if left := len(undone.left):
        told = ngettext("%(n)s was left, see below why.", "%(n)s were left, see below why.", left)
        messages.warning(request, told % {"n": left})


@for_administrators
@require_safe
def issues(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every row and value that was not taken as it came, as CSV."""
    return issues_as_csv(get_object_or_404(reading.runs(), pk=pk), "territories")
