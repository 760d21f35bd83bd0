"""The page of a group: what it is for, and its people."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import showing
from .shared import group_of


@never_cache
@login_not_required
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is for, who belongs to it, and what the reader may do."""
    shown = group_of(request, slug)
    context = {"group": shown, "aside": showing.aside(shown, request.user)}
    return render(request, "community/groups/group.html", context)
