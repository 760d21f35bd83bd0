"""The list of spaces, a new one, its logo, putting it away and leaving it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...collectives.forms import add_errors
from .. import actions, rules
from ..forms import SpaceForm
from ..models import Space
from .shared import TOO_MANY, handed_out, run_by, space_of

PAGE_SIZE = 24


@never_cache
@login_not_required
@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """Public spaces and those of the reader, their own first; those put away only for who belongs to them."""
    rows = Space.objects.active().visible_to(request.user).own_first(request.user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    archived = Space.objects.of(request.user).exclude(archived_at=None)
    context = {
        "page": page,
        "archived": archived if page.number == 1 else archived.none(),
        "may_create": rules.may(request.user, "create_space"),
    }
    return render(request, "community/spaces/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a space for who is to run it."""
    if not rules.may(request.user, "create_space"):
        raise PermissionDenied("create_space is not for this member.")
    form = SpaceForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="create_space", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                made = actions.create(by=request.user, **form.values())
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("The space is there. The invitation is on its way."))
                return redirect(made)
    return render(request, "community/spaces/new.html", {"form": form}, status=status)


@never_cache
@login_not_required
@require_safe
def logo(request: HttpRequest, slug: str) -> FileResponse:
    """The logo, for whoever may know of the space."""
    space = space_of(request, slug)
    if not space.logo:
        raise Http404("This space has no logo.")
    return handed_out(space.logo)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a space away, or open it again, after one more question."""
    space = run_by(request, slug, "archive_space")
    if request.method != "POST":
        return render(request, "community/spaces/archive.html", {"space": space})
    if request.POST.get("reopen"):
        actions.reopen(space, by=request.user)
        messages.success(request, _("The space is open again."))
    else:
        actions.archive(space, by=request.user)
        messages.success(request, _("The space is archived: everything stays readable."))
    return redirect(space)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a space, after one more question."""
    space = space_of(request, slug)
    if rules.membership_of(request.user, space) is None:
        return redirect(space)
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.leave(space, by=request.user)
        except ValidationError as refused:
            error, status = " ".join(refused.messages), 409
        else:
            messages.success(request, _("You have left %(name)s.") % {"name": space.name})
            return redirect("spaces") if space.is_private else redirect(space)
    return render(request, "community/spaces/leave.html", {"space": space, "error": error}, status=status)
