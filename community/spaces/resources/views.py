"""Resources of a space: the list for those who run it, and the door of each file."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...collectives.actions import ClosedError
from ...collectives.forms import add_errors
from ...topics.enums import MEDIA_TYPES, FileKind
from ..views.shared import TOO_MANY, handed_out, run_by, space_of
from . import actions
from .forms import ResourceForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resources(request: HttpRequest, slug: str) -> HttpResponse:
    """Links and files of a space in their order, and the form that adds one."""
    space = run_by(request, slug)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ResourceForm(*sent)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="add_resource", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.add(space, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("It stands on the page of the space."))
                return redirect("space_resources", slug)
    context = {"space": space, "form": form, "resources": space.resources.all()}
    return render(request, "community/spaces/resources.html", context, status=status)


@require_POST
def resource(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a link or file up or down, or take it away."""
    space = run_by(request, slug)
    found = get_object_or_404(space.resources.select_related("space"), pk=pk)
    verb = request.POST.get("verb", "")
    try:
        if verb in ("up", "down"):
            actions.move(found, by=request.user, up=verb == "up")
        elif verb == "remove":
            actions.take_away(found, by=request.user)
            messages.success(request, _("It is gone from the page of the space."))
        else:
            messages.error(request, _("Choose what to do with it."))
    except ClosedError:
        messages.error(request, _("It was gone already."))
    return redirect("space_resources", slug)


@never_cache
@login_not_required
@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A file, for whoever may know of the space; it is kept, never opened in the page."""
    found = get_object_or_404(space_of(request, slug).resources.exclude(file=""), pk=pk)
    return handed_out(
        found.file, as_attachment=True, filename=found.name, content_type=MEDIA_TYPES[FileKind(found.kind)]
    )
