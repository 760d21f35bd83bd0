"""What a member does for themselves: join, ask, leave, choose how much mail, hand a group over."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...collectives.forms import add_errors
from .. import actions, rules
from ..forms import AskForm, FrequencyForm, HandOverForm, told
from ..models import Group
from .shared import TOO_MANY, group_of, run_by


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Come into an open group, or ask to come into a public one."""
    group = group_of(request, slug)
    if rules.membership_of(request.user, group):
        return redirect(group)
    if rules.may(request.user, "ask_to_join_group", group):
        return _ask(request, group)
    if not rules.may(request.user, "join_group", group):
        raise PermissionDenied("One comes into this group by invitation alone.")
    if request.method != "POST":
        return render(request, "community/groups/join.html", {"group": group})
    actions.join(group, by=request.user)
    messages.success(request, _("You belong to %(name)s now.") % {"name": group.name})
    return redirect(group)


def _ask(request: HttpRequest, group: Group) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    waiting = group.requests.filter(member=request.user).first()
    status = 400 if form.errors else 200
    if form.is_valid():
        if not (waiting or ratelimit.consume(request, action="ask_to_join", user=request.user)):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.ask(group, by=request.user, message=form.cleaned_data["message"])
            except actions.ClosedError:
                return redirect(group)
            messages.success(request, _("Those who run the group are told; you get a mail either way."))
            return redirect(group)
    shown = {"group": group, "form": form, "waiting": waiting}
    return render(request, "community/groups/join.html", shown, status=status)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own request back."""
    group = group_of(request, slug)
    if actions.withdraw_request(group, by=request.user):
        messages.success(request, _("You have withdrawn it."))
    return redirect(group)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave a group, after one more question."""
    group = group_of(request, slug)
    own = rules.membership_of(request.user, group)
    if own is None:
        return redirect(group)
    error, status = "", 200
    if request.method == "POST":
        try:
            actions.leave(group, by=request.user)
        except ValidationError as refused:
            error, status = told(refused), 409
        else:
            messages.success(request, _("You have left %(name)s.") % {"name": group.name})
            return redirect("groups") if group.is_private else redirect(group)
    shown = {"group": group, "error": error, "is_last": group.memberships.count() == 1}
    return render(request, "community/groups/leave.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, slug: str) -> HttpResponse:
    """How often one gets mail of a group."""
    group = run_by(request, slug, "leave_group")
    own = rules.membership_of(request.user, group)
    sent = request.POST if request.method == "POST" else None
    form = FrequencyForm(sent, initial={"frequency": own.frequency})
    if form.is_valid():
        actions.set_frequency(group, by=request.user, frequency=form.cleaned_data["frequency"])
        messages.success(request, _("Your choice is kept."))
        return redirect(group)
    shown = {"group": group, "form": form}
    return render(request, "community/groups/mail.html", shown, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a group to another member."""
    group = run_by(request, slug, "hand_over_group")
    sent = request.POST if request.method == "POST" else None
    form = HandOverForm(sent, group=group, member=request.user)
    status = 400 if form.errors else 200
    if form.is_valid():
        heir = form.cleaned_data["to"].member
        try:
            actions.hand_over(group, by=request.user, to=heir)
        except ValidationError as error:
            add_errors(form, error)
            status = 400
        else:
            messages.success(request, _("%(name)s runs the group now.") % {"name": heir})
            return redirect(group)
    shown = {"group": group, "form": form, "has_others": form.fields["to"].queryset.exists()}
    return render(request, "community/groups/hand_over.html", shown, status=status)
