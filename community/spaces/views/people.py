"""The people of a space for those who run it: roles and invitations."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...collectives.forms import add_errors
from ...inviting.models import INVITED_FOR
from .. import actions, rules
from ..enums import SpaceRole
from ..forms import InvitationForm
from ..models import Space
from .shared import TOO_MANY, run_by

MEMBERS_A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a space, who is invited, and the form that invites."""
    space = run_by(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="invite_people", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.invite(space, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect("space_people", slug)
    rows = space.memberships.select_related("member").order_by("role", "member__public_name", "pk")
    context = {
        "space": space,
        "page": Paginator(rows, MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "invitations": space.invitations.pending(),
        "form": form,
        "roles": SpaceRole.choices,
        "days": INVITED_FOR.days,
    }
    return render(request, "community/spaces/people.html", context, status=status)


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    space = run_by(request, slug)
    found = get_object_or_404(space.memberships.select_related("space", "member"), pk=pk)
    try:
        if request.POST.get("remove"):
            actions.remove(found, by=request.user)
            done = _("The membership has ended.")
        else:
            actions.change_role(found, by=request.user, role=request.POST.get("role", ""))
            done = _("The role is changed.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except actions.ClosedError:
        messages.error(request, _("It had ended already."))
    else:
        messages.success(request, done)
    # Whoever gave up their own role has no business there any more.
    if rules.may(request.user, "run_space", space):
        return redirect("space_people", slug)
    still = Space.objects.visible_to(request.user).filter(pk=space.pk).exists()
    return redirect(space) if still else redirect("spaces")


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    space = run_by(request, slug)
    found = get_object_or_404(space.invitations.pending().select_related("space"), pk=pk)
    try:
        if request.POST.get("revoke"):
            actions.revoke(found, by=request.user)
            messages.success(request, _("The invitation is taken back."))
        elif ratelimit.consume(request, action="invite_people", user=request.user):
            actions.invite_again(found, by=request.user)
            messages.success(request, _("The invitation is on its way."))
        else:
            messages.error(request, _("That was a lot for one day. Please try again tomorrow."))
    except actions.ClosedError:
        messages.error(request, _("This invitation was used or taken back already."))
    return redirect("space_people", slug)
