"""Whoever decides for others signs in with a second factor."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from community.members.factors import lacks_second_factor

from .problems import is_machine, problem

# A token would open what the password alone does not.
OPEN = re.compile(r"/[a-z]{2}/accounts/(?!tokens/)")


class SecondFactor:
    """Leads members who need one and have none to the page where they set it up; reading stays open to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Their account's pages are open to them, and what changes nothing outside administration and moderation."""
        if not (self._decides(request) and lacks_second_factor(request.user)):
            return self.get_response(request)
        told = _("Set up a second factor first: you decide for others here.")
        if is_machine(request):
            return problem(403, told)
        messages.warning(request, told)
        return redirect("mfa_index")

    @staticmethod
    def _decides(request: HttpRequest) -> bool:
        is_reading = request.method in ("GET", "HEAD", "OPTIONS")
        guarded = (reverse("admin:index"), reverse("moderation"))
        # Who asks is looked up last: what everyone reads alike does not vary by cookie.
        if OPEN.match(request.path_info) or (is_reading and not request.path_info.startswith(guarded)):
            return False
        return request.user.is_authenticated
