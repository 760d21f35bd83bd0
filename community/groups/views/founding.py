"""A new group, what it says of itself, putting it away and opening it again."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...collectives.forms import add_errors
from ...spaces import rules as spaces
from ...spaces.models import Space
from .. import actions
from ..forms import GroupForm
from .shared import TOO_MANY, run_by


def _space_of(request: HttpRequest) -> Space | None:
    """The space that the address names, for those who may begin groups in it."""
    if "space" not in request.GET:
        return None
    found = get_object_or_404(Space.objects.visible_to(request.user), slug=request.GET["space"])
    if not spaces.may(request.user, "add_group_to_space", found):
        raise PermissionDenied("add_group_to_space is not for this member.")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a group, or one inside a space."""
    space = _space_of(request)
    form = GroupForm(request.POST if request.method == "POST" else None, member=request.user, space=space)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="create_group", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                made = actions.create(by=request.user, values=form.values())
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("Your group is there. Invite the first members."))
                return redirect("group_people", made.slug)
    return render(request, "community/groups/new.html", {"form": form, "space": space}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What a group says of itself, and who comes in."""
    group = run_by(request, slug)
    sent = request.POST if request.method == "POST" else None
    form = GroupForm(sent, member=request.user, group=group)
    status = 400 if form.errors else 200
    if form.is_valid():
        try:
            actions.revise(group, by=request.user, values=form.values())
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("Your changes are on the page."))
            return redirect(group)
    return render(request, "community/groups/edit.html", {"form": form, "group": group}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a group away, or open it again, after one more question."""
    group = run_by(request, slug, "archive_group")
    if request.method != "POST":
        return render(request, "community/groups/archive.html", {"group": group})
    if request.POST.get("reopen"):
        actions.reopen(group, by=request.user)
        messages.success(request, _("The group is open again."))
    else:
        actions.archive(group, by=request.user)
        messages.success(request, _("The group is archived: everything stays readable."))
    return redirect(group)
