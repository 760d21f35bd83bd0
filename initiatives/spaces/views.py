"""The page of a space, and the form of those who run it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.collectives.forms import add_errors
from community.spaces import actions
from community.spaces import showing as inside
from community.spaces.views.shared import run_by, space_of

from . import showing
from .forms import EditForm


@login_not_required
@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """A space, its part of the map and what goes on in it; a private one is not there for others than its members."""
    shown = space_of(request, slug)
    groups = inside.groups(shown, request.user)
    part = showing.part_of_map(shown)
    context = {
        "space": shown,
        "part": part,
        "minimap": showing.small_map(part),
        "minimap_label": _("Map: the initiatives of %(name)s") % {"name": shown.name},
        "groups": groups[: inside.MOST_GROUPS],
        "topics": inside.latest(groups, request.user),
        "resources": shown.resources.all(),
        "people": inside.people(shown, request.user),
        "rights": inside.rights(shown, request.user),
    }
    answer = render(request, "initiatives/spaces/space.html", context)
    if shown.is_private:
        add_never_cache_headers(answer)
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a space says of itself, and its part of the map."""
    shown = run_by(request, slug)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EditForm(*sent, space=shown)
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            actions.revise(shown, by=request.user, values=form.values())
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("Your changes are on the page."))
            return redirect(shown)
    context = {"space": shown, "form": form, "part": showing.part_of_map(shown)}
    return render(request, "initiatives/spaces/edit.html", context, status=status)
