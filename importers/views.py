"""Pages of those who bring in a network's data: hand in, look, decide, undo; addresses that are read regularly."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions, reading
from .answers import doors_of, issues_as_csv
from .boundaries.rules import RIGHT as BOUNDARIES
from .errors import NotUndoneError
from .forms import HandInForm, SourceForm
from .forms_columns import ColumnsForm
from .models import ImportRun, ImportSource
from .undoing import undo_run

EACH_PAGE = 25


def for_stewards(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those who may bring in the data of some network; no answer is kept by a browser."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("importers.open_imports"):
            raise PermissionDenied("This member runs no network.")
        return view(request, *args, **kwargs)

    return guarded


def _run(request: HttpRequest, pk: int) -> ImportRun:
    """One of a network that the member runs; to others it is not there."""
    return get_object_or_404(reading.runs_of(request.user).defer(None), pk=pk)


@login_not_required
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Runs, the newest first, and what is read regularly; to others, who may import and how to become one of them."""
    if not request.user.has_perm("importers.open_imports"):
        context = {"contact": settings.PUBLISHER["contact"], "legal_url": reverse("legal")}
        return render(request, "importers/how.html", context)
    page = Paginator(reading.runs_of(request.user), EACH_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "sources": reading.sources_of(request.user),
        "may_import_territories": request.user.has_perm(BOUNDARIES),
    }
    return render(request, "importers/list.html", context)


@for_stewards
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Hand in a file or an address."""
    form = HandInForm(request.POST or None, request.FILES or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        run = actions.hand_in(by=request.user, **form.cleaned_data)
        return redirect("import_run", run.pk)
    return render(request, "importers/new.html", {"form": form}, status=400 if form.errors else 200)


@for_stewards
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run read, what came of it or would come, and what may be decided."""
    return _shown(request, _run(request, pk))


def _shown(request: HttpRequest, run: ImportRun, form: ColumnsForm | None = None) -> HttpResponse:
    context = {"run": run, "doors": doors_of("import", run.pk), **reading.described(run)}
    if context["may_change"]:
        context["form"] = asked = form or ColumnsForm(run=run)
        context["unmapped"] = [(*row, asked.of_value(row[0])) for row in context["unmapped"]]
    return render(request, "importers/run.html", context, status=400 if form else 200)


@for_stewards
@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far a run is, for its page."""
    run = _run(request, pk)
    return JsonResponse({"status": run.status, "read": run.read})


@for_stewards
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a run, look at it by another mapping, put it away, or undo it."""
    run = _run(request, pk)
    verb = request.POST.get("verb", "")
    try:
        if verb == "write":
            actions.write(run, by=request.user, even_so=request.POST.get("even_so") == "yes")
        elif verb == "look_again":
            if not reading.may_change(run):
                raise ValueError(f"run {run.pk} is {run.status}; expected one whose columns can be chosen")
            form = ColumnsForm(request.POST, run=run)
            if not form.is_valid():
                return _shown(request, run, form)
            actions.look_again(run, form.cleaned_data["mapping"], by=request.user)
        elif verb == "undo":
            _tell_undone(request, undo_run(run, by=request.user))
        elif verb == "put_away":
            actions.put_away(run, by=request.user)
            messages.success(request, _("Put away; nothing was written."))
            return redirect("imports")
        else:
            messages.error(request, _("Choose what to do with this import."))
    except (ValueError, NotUndoneError):
        messages.error(request, _("Somebody decided on this import meanwhile; this is how it stands now."))
    return redirect("import_run", pk)


def _tell_undone(request: HttpRequest, undone) -> None:
    said = _("Undone: %(removed)s taken away, %(restored)s as before.")
    messages.success(request, said % {"removed": len(undone.removed), "restored": len(undone.restored)})
    if undone.left:
        names = ", ".join(one.name for one in undone.left[:10])
        kept = _("Changed by somebody since, and left so: %(names)s") % {"names": names}
        messages.warning(request, f"{kept}…" if len(undone.left) > 10 else kept)


@for_stewards
@require_safe
def issues(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every row and value that was not taken as it came, as CSV."""
    return issues_as_csv(_run(request, pk), "import")


@for_stewards
@require_safe
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """The mapping of a run as TOML, to be kept, changed and used again."""
    run = _run(request, pk)
    text = reading.described(run)["mapping"] or ""
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{run.network.slug}.toml"'
    return answer


@for_stewards
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """An address that is read regularly: a new one, or what was said of one."""
    found = get_object_or_404(reading.sources_of(request.user), pk=pk) if pk else ImportSource()
    form = SourceForm(request.POST or None, instance=found, member=request.user)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        change = saved.people.add if form.cleaned_data["told"] else saved.people.remove
        change(request.user)
        messages.success(request, _("Kept. It is read the coming night, if it is to be read by itself."))
        return redirect("imports")
    context = {"form": form, "source": found if found.pk else None}
    return render(request, "importers/source.html", context, status=400 if form.errors else 200)


@for_stewards
@require_POST
def source_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at an address at once."""
    found = get_object_or_404(reading.sources_of(request.user), pk=pk)
    run = actions.hand_in(
        network=found.network,
        by=request.user,
        address=found.address,
        format=found.format,
        mapping=found.mapping,
        review=found.review,
        regular=found,
    )
    return redirect("import_run", run.pk)


@for_stewards
@require_POST
def source_gone(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an address no more; what came from it stays."""
    get_object_or_404(reading.sources_of(request.user), pk=pk).delete()
    messages.success(request, _("It is not read any more. What came from it stays."))
    return redirect("imports")
