"""The button of a like, for pages and for the script that presses it without leaving the page."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ..enums import Phase, Totals
from ..models import Nomination
from . import actions, digests
from .errors import LikeError
from .voters import voter

JSON = "application/json"
NEEDED = ("initiative", *(f"campaign__{name}" for name in ("slug", "by_code", "totals", "frozen_at")))


def place(nomination: Nomination) -> str:
    """Where a nomination stands on the page of its campaign."""
    return f"{nomination.campaign.get_absolute_url()}#nominee-{nomination.pk}"


@login_not_required
@never_cache
@require_POST
def like(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Like it."""
    return _press(request, slug, pk, liked=True)


@login_not_required
@never_cache
@require_POST
def unlike(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it back."""
    return _press(request, slug, pk, liked=False)


def _press(request: HttpRequest, slug: str, pk: int, *, liked: bool) -> HttpResponse:
    rows = Nomination.objects.exclude(campaign__phase=Phase.DRAFT).select_related("campaign").only(*NEEDED)
    nomination = get_object_or_404(rows, campaign__slug=slug, pk=pk)
    by = voter(request, nomination.campaign)
    answer = _json if request.get_preferred_type(["text/html", JSON]) == JSON else _page
    if by is None:
        return _who(request, nomination, answer)
    if not ratelimit.consume(request, action="like", key=f"{type(by).__name__} {by.pk}"):
        told = _("That was a lot at once. Please wait a minute.")
        return answer(request, nomination, not liked, told, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        if liked:
            actions.like(nomination, by=by, network=digests.of_network(nomination.campaign_id, request))
        else:
            actions.unlike(nomination, by=by)
    except LikeError as error:
        return answer(request, nomination, not liked, str(error), error.status)
    return answer(request, nomination, liked)


def _page(
    request: HttpRequest, nomination: Nomination, liked: bool, told: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """Back to where it stands; an error is told at the head of the page."""
    if told:
        messages.error(request, told)
        return redirect(nomination.campaign)
    return redirect(place(nomination))


def _json(
    request: HttpRequest, nomination: Nomination, liked: bool, told: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    if told:
        return JsonResponse({"detail": told}, status=status)
    likes = None
    if nomination.campaign.totals == Totals.OPEN:
        likes = nomination.likes.filter(voided_at=None).count()
    return JsonResponse({"liked": liked, "likes": likes})


def _who(request: HttpRequest, nomination: Nomination, answer: Callable[..., HttpResponse]) -> HttpResponse:
    """First sign in, or prove an address; afterwards one is back at the nomination."""
    if nomination.campaign.by_code:
        asked = {"nominee": nomination.pk}
        page = reverse("campaigns:code", args=[nomination.campaign.slug])
    else:
        asked = {"next": place(nomination)}
        page = resolve_url(settings.LOGIN_URL)
    page = f"{page}?{urlencode(asked)}"
    if answer is _json:
        return JsonResponse({"detail": _("Sign in first."), "page": page}, status=HTTPStatus.UNAUTHORIZED)
    return redirect(page)
