"""Doors and pages of snapshots: files at permanent addresses, the list of dates, the button that asks for one."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from geo import byteranges

from ..models import Snapshot
from ..selection import refuse_parameters
from . import MAKE, citing, reading

LATEST = "latest"
# Files of a year are shown; older ones keep their addresses.
SHOWN = 24


def _found(label: str) -> Snapshot | None:
    try:
        day = date.fromisoformat(label)
    except ValueError:
        return None
    # Other spellings of a date have no address.
    return Snapshot.objects.filter(date=day).first() if day.isoformat() == label else None


def _onward(name: str) -> HttpResponseBase:
    """From `latest` to where the file is now; asked again each time."""
    newest = reading.latest()
    if newest is None or newest.file(name) is None:
        raise Http404("There is no such file in the latest snapshot.")
    answer = HttpResponseRedirect(reverse("snapshot_file", args=[newest.label, name]))
    answer["Cache-Control"] = "no-cache"
    return byteranges.for_everyone(answer)


def file(request: HttpRequest, label: str, name: str) -> HttpResponseBase:
    """A file of a date, or the way to that of the latest date."""
    refuse_parameters(request.GET)
    if label == LATEST:
        return _onward(name)
    snapshot = _found(label)
    if snapshot is not None and not snapshot.is_ready:
        told = {
            "type": "about:blank",
            "title": "Gone",
            "status": 410,
            "detail": "This snapshot was withdrawn.",
        }
        gone = JsonResponse(told, status=410, content_type="application/problem+json")
        return byteranges.for_everyone(gone)
    # Only what the snapshot names is looked for: no name from outside comes to the disk.
    known = snapshot.file(name) if snapshot else None
    if snapshot is None or known is None:
        raise Http404("There is no such file in a snapshot of this date.")
    try:
        return byteranges.answer(
            request,
            reading.folder(snapshot.label) / known["name"],
            media_type=known["media_type"],
            digest=known["sha256"],
            modified=snapshot.made_at,
        )
    except FileNotFoundError as error:
        raise Http404("The file is not there.") from error


def folder(request: HttpRequest, label: str) -> HttpResponseBase:
    """A date without a file leads to its description."""
    refuse_parameters(request.GET)
    if label != LATEST and _found(label) is None:
        raise Http404("There is no snapshot of this date.")
    if label == LATEST:
        return _onward(reading.PACKAGE)
    return HttpResponseRedirect(reverse("snapshot_file", args=[label, reading.PACKAGE]))


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All dates, the newest first, with their files and how to cite them."""
    snapshots = list(Snapshot.objects.all()[:SHOWN])
    shown = [(one, citing.as_text(one) if one.is_ready else "") for one in snapshots]
    context = {"snapshots": shown, "may_make": request.user.has_perm("initiatives.make_snapshot")}
    return render(request, "initiatives/data/snapshots.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a snapshot of today."""
    if not request.user.has_perm("initiatives.make_snapshot"):
        raise PermissionDenied("Only community managers make snapshots.")
    try:
        with transaction.atomic():
            app.configure_task(MAKE, queueing_lock=MAKE).defer()
        messages.success(request, _("The snapshot will be here in a few minutes."))
    except AlreadyEnqueued:
        messages.info(request, _("A snapshot is being made already."))
    return redirect("snapshots")
