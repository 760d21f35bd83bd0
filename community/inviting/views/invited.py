"""The page behind the link of an invitation: for everyone who has it, to be accepted with an account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ...collectives.actions import ClosedError
from ...collectives.links import KEPT
from ..models import INVITED_FOR


@dataclass(frozen=True)
class Invited:
    """What one kind of holder gives the page behind the link of its invitations."""

    kind: str
    template: str
    # The name of the route.
    route: str
    find: Callable[[str], Any]
    accept: Callable[..., Any]
    # Whether somebody can still come in.
    is_open: Callable[[Any], bool]
    # Whether the reader who used it already may be sent on: a second press of the button.
    is_in: Callable[[Any, Any], bool]
    # Where to go after joining.
    onward: Callable[[Any], HttpResponse]
    # What somebody is told they are invited as, for each role.
    words: Mapping[str, Any]

    def page(self, request: HttpRequest, token: str) -> HttpResponse:
        """Who invites, as what; joining by a button, as programs that read mails follow links."""
        found = self.find(token)
        holder = getattr(found, self.kind) if found else None
        if holder is None or not self.is_open(holder):
            return self._closed(request, "unknown", 404)
        if found.accepted_at:
            return self.onward(holder) if self.is_in(request.user, holder) else self._closed(request, "used")
        if found.has_expired:
            return self._closed(request, "expired")
        if not request.user.is_authenticated:
            request.session[KEPT] = [self.route, token]
            return self._open(request, found, holder, 403 if request.method == "POST" else 200)
        if request.method != "POST":
            request.session.pop(KEPT, None)
            return self._open(request, found, holder, 200)
        try:
            self.accept(found, by=request.user)
        except ClosedError:
            return self._closed(request, "used")
        messages.success(request, _("You belong to %(name)s now.") % {"name": holder.name})
        return self.onward(holder)

    def _open(self, request: HttpRequest, found: Any, holder: Any, status: int) -> HttpResponse:
        shown = {"invitation": found, "holder": holder, "as_what": self.words[found.role], "state": "open"}
        return self._render(request, shown, status)

    def _closed(self, request: HttpRequest, state: str, status: int = 410) -> HttpResponse:
        return self._render(request, {"state": state, "days": INVITED_FOR.days}, status)

    def _render(self, request: HttpRequest, shown: Mapping[str, Any], status: int) -> HttpResponse:
        return render(request, self.template, shown, status=status)
