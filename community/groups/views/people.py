"""The people of a group for those who run it: roles, requests, invitations."""

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
from ..enums import GroupRole
from ..forms import InvitationForm, told
from ..models import LONGEST_MESSAGE, Group
from .shared import TOO_MANY, run_by

MEMBERS_A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone of a group, who asks to join, who is invited, and the form that invites."""
    group = run_by(request, slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="invite_people", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.invite(group, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("The invitation is on its way."))
                return redirect("group_people", slug)
    return _page(request, group, form, status)


def _page(request: HttpRequest, group: Group, form: InvitationForm, status: int) -> HttpResponse:
    rows = group.memberships.select_related("member").order_by("role", "member__public_name", "pk")
    context = {
        "group": group,
        "page": Paginator(rows, MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "requests": group.requests.select_related("member"),
        "invitations": group.invitations.pending(),
        "form": form,
        "roles": GroupRole.choices,
        "days": INVITED_FOR.days,
        "longest": LONGEST_MESSAGE,
        "runs": rules.may(request.user, "hand_over_group", group),
    }
    return render(request, "community/groups/people.html", context, status=status)


@require_POST
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role for somebody, or the end of their membership."""
    group = run_by(request, slug)
    found = get_object_or_404(group.memberships.select_related("group"), pk=pk)
    try:
        if request.POST.get("remove"):
            actions.remove(found, by=request.user)
            done = _("The membership has ended.")
        else:
            actions.change_role(found, by=request.user, role=request.POST.get("role", ""))
            done = _("The role is changed.")
    except ValidationError as error:
        messages.error(request, told(error))
    except actions.ClosedError:
        messages.error(request, _("It had ended already."))
    else:
        messages.success(request, done)
    # Whoever gave up their own role has no business there any more.
    group.refresh_from_db()
    if rules.may(request.user, "run_group", group):
        return redirect("group_people", slug)
    still = Group.objects.visible_to(request.user).filter(pk=group.pk).exists()
    return redirect(group) if still else redirect("groups")


@require_POST
def asked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Yes or no to who wants to join."""
    group = run_by(request, slug)
    found = group.requests.select_related("group").filter(pk=pk).first()
    try:
        if found is None:
            raise actions.ClosedError
        if request.POST.get("refuse"):
            actions.refuse_request(found, by=request.user, reason=request.POST.get("reason", ""))
            done = _("Refused, and told.")
        else:
            actions.accept_request(found, by=request.user)
            done = _("Accepted, and told.")
    except ValidationError as error:
        messages.error(request, told(error))
    except actions.ClosedError:
        messages.error(request, _("This was decided or withdrawn already."))
    else:
        messages.success(request, done)
    return redirect("group_people", slug)


@require_POST
def invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, or take it back."""
    group = run_by(request, slug)
    found = get_object_or_404(group.invitations.pending().select_related("group"), pk=pk)
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
    return redirect("group_people", slug)
