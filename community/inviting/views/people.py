"""The people of a collective, group or space, for those who run it: roles and invitations.

The holder is what people belong to; names of its routes begin with its kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ...collectives.actions import ClosedError
from ...collectives.forms import add_errors
from ..forms import InvitationForm
from ..models import INVITED_FOR

MEMBERS_A_PAGE = 50
# Inviting sends mails to whom somebody names.
TOO_MANY = 429


@dataclass(frozen=True)
class People:
    """What one kind of holder gives the pages of its people."""

    kind: str
    template: str
    title: Any
    # Verbs: invite, invite_again, revoke and change_role; the one that ends a membership has its own name in each room.
    verbs: ModuleType
    end: Callable[..., Any]
    roles: Sequence[tuple[str, Any]]
    # What the form says of each role, the usual one first.
    described: Sequence[tuple[str, Any]]
    # Who runs it, and the word for it.
    runs: tuple[str, Any]
    # The button that ends a membership: its name in the form, and its words.
    ending: tuple[str, Any]
    # Its memberships in the order of the page, each with its member.
    memberships: Callable[[Any], QuerySet]
    # Where somebody goes who ended or changed a membership.
    onward: Callable[[HttpRequest, Any], HttpResponse]
    # What its page shows besides; given what stands on this one.
    besides: Callable[[HttpRequest, Any, Page], Mapping[str, Any]] = lambda request, holder, page: {}

    def page(self, request: HttpRequest, holder: Model) -> HttpResponse:
        """Everyone of it, those who are invited, and the form that invites."""
        form = InvitationForm(request.POST if request.method == "POST" else None, roles=self.described)
        status = 400 if form.errors else 200
        if form.is_valid():
            if not _may_send(request):
                form.add_error(None, _too_many())
                status = TOO_MANY
            else:
                try:
                    self.verbs.invite(holder, by=request.user, **form.cleaned_data)
                except ValidationError as error:
                    add_errors(form, error)
                    status = 400
                else:
                    messages.success(request, _("The invitation is on its way."))
                    return self._back(holder)
        return self._render(request, holder, form, status)

    def _render(self, request: HttpRequest, holder: Any, form: InvitationForm, status: int) -> HttpResponse:
        page = Paginator(self.memberships(holder), MEMBERS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            self.kind: holder,
            "holder": holder,
            "title": self.title,
            "page": page,
            "invitations": holder.invitations.pending(),
            "form": form,
            "roles": self.roles,
            "runs": self.runs,
            "ending": self.ending,
            "days": INVITED_FOR.days,
            "to_membership": f"{self.kind}_membership",
            "to_invitation": f"{self.kind}_invitation",
            **self.besides(request, holder, page),
        }
        return render(request, self.template, context, status=status)

    def membership(self, request: HttpRequest, holder: Model, pk: int) -> HttpResponse:
        """Another role for somebody, or the end of their membership."""
        found = get_object_or_404(self.memberships(holder).select_related(self.kind), pk=pk)
        try:
            if request.POST.get(self.ending[0]):
                self.end(found, by=request.user)
                done = _("The membership has ended.")
            else:
                self.verbs.change_role(found, by=request.user, role=request.POST.get("role", ""))
                done = _("The role is changed.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except ClosedError:
            messages.error(request, _("It had ended already."))
        else:
            messages.success(request, done)
        return self.onward(request, holder)

    def invitation(self, request: HttpRequest, holder: Any, pk: int) -> HttpResponse:
        """Send an invitation again, or take it back."""
        found = get_object_or_404(holder.invitations.pending().select_related(self.kind), pk=pk)
        try:
            if request.POST.get("revoke"):
                self.verbs.revoke(found, by=request.user)
                messages.success(request, _("The invitation is taken back."))
            elif _may_send(request):
                self.verbs.invite_again(found, by=request.user)
                messages.success(request, _("The invitation is on its way."))
            else:
                messages.error(request, _too_many())
        except ClosedError:
            messages.error(request, _("This invitation was used or taken back already."))
        return self._back(holder)

    def _back(self, holder: Any) -> HttpResponse:
        return redirect(f"{self.kind}_people", holder.slug)


def _may_send(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, action="invite_people", user=request.user))


def _too_many() -> str:
    return _("That was a lot for one day. Please try again tomorrow.")
