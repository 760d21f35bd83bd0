"""Blocking a member, and reporting one to the moderators."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ...collectives.forms import add_errors
from .. import actions
from ..forms import ReportForm
from .shared import TOO_MANY, name_for, other_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Hear nothing of a member any more, after one more question; they are not told."""
    other = other_of(request, member_uuid, "block_member")
    if request.method == "POST":
        actions.block(other, by=request.user)
        messages.success(request, _("You hear nothing of them any more."))
        return redirect("account_profile")
    shown = {"member": other, "name": name_for(request, other)}
    return render(request, "community/relay/block.html", shown)


@require_POST
def unblock(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Let a member write again."""
    found = get_object_or_404(request.user.blocks.select_related("blocked"), blocked__uuid=member_uuid)
    actions.unblock(found.blocked, by=request.user)
    messages.success(request, _("They may write to you again."))
    return redirect("account_profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """Tell the moderators what a member did."""
    other = other_of(request, member_uuid, "report_member")
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="report_member", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            try:
                actions.report(other, by=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                add_errors(form, error)
                status = 400
            else:
                messages.success(request, _("Thank you. A moderator looks into it."))
                return redirect(other)
    shown = {"member": other, "name": name_for(request, other), "form": form}
    return render(request, "community/relay/report.html", shown, status=status)
