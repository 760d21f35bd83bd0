"""Files that the worker makes: how far one is, for programs and people, and the file once it is there."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from geo import byteranges

from ..enums import ExportStatus
from ..exporting import jobs
from ..exporting.formats import FORMATS, Format
from ..models import Export
from ..selection import Selection

# Seconds after which a program does well to ask again.
LATER = 5


def later(request: HttpRequest, format: Format, selection: Selection, rows: int) -> HttpResponse:
    """Where the file will be: a page for people, JSON for programs; BusyError."""
    export = jobs.ask(format, selection, rows)
    # A browser names pages; programs say that they take anything.
    if "text/html" in request.headers.get("Accept", ""):
        # This door has no language; its reader has.
        with translation.override(translation.get_language_from_request(request)):
            return redirect(export)
    answer = JsonResponse(_told(request, export), status=202)
    answer["Location"] = reverse("export_made", args=[export.pk])
    answer["Retry-After"] = str(LATER)
    return answer


def _told(request: HttpRequest, export: Export) -> dict:
    """How far it is, and where the file is once it is there."""
    ready = export.status == ExportStatus.DONE
    return {
        "status": export.status,
        "rows": export.rows,
        "done": export.rows if ready else min(export.done, export.rows),
        "size": export.size,
        "self": request.build_absolute_uri(reverse("export_made", args=[export.pk])),
        "file": request.build_absolute_uri(_address(export)) if ready else None,
    }


def _address(export: Export) -> str:
    return reverse("export_file", args=[export.pk, FORMATS[export.format].filename])


def made(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """How far a file is."""
    answer = JsonResponse(_told(request, get_object_or_404(Export.objects.given_out(), pk=uuid)))
    answer["Cache-Control"] = "no-store"
    return answer


def made_file(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """A file that was made, whole or in parts."""
    export = Export.objects.given_out().filter(pk=uuid, status=ExportStatus.DONE).first()
    if export is None or name != FORMATS[export.format].filename:
        raise Http404("This file is not there; it is kept for a day.")
    media_type = FORMATS[export.format].media_type
    try:
        answer = byteranges.answer(
            request, export.path, media_type=media_type, digest=uuid.hex, modified=export.heard_at
        )
    except FileNotFoundError as error:
        raise Http404("This file is not there any more; it is kept for a day.") from error
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_not_required
@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same for people: how far it is, then the link."""
    export = get_object_or_404(Export.objects.given_out(), pk=uuid)
    context = {
        "export": export,
        "title": FORMATS[export.format].title,
        "file": _address(export),
        "again": f"{reverse(f'export_{export.format}')}?{export.query}".rstrip("?"),
    }
    return render(request, "initiatives/export.html", context)
