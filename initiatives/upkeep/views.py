"""The page behind the link of the yearly mail: reading changes nothing, a button answers."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..enums import Answer
from ..models import Initiative, UpkeepRequest
from ..views.public import presentation
from . import actions, ageing, links
from .actions import State

STATUSES = {State.EXPIRED: 410, State.UNPUBLISHED: 410, State.NOT_THEIRS: 403}


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def still(request: HttpRequest, token: str) -> HttpResponse:
    """What is published, and three answers; by buttons, as programs that read mails follow links."""
    asked = links.request_of(token)
    if asked is None:
        return _closed(request, "unknown", 404)
    if request.method == "POST":
        return _answer(request, asked, token)
    return _page(request, asked, step=request.GET.get("step", ""))


def _answer(request: HttpRequest, asked: UpkeepRequest, token: str) -> HttpResponse:
    given, note = request.POST.get("answer", ""), request.POST.get("note", "")
    if given not in Answer.values:
        return _page(request, asked, status=400)
    try:
        actions.answer(asked, answer=Answer(given), note=note)
    except actions.ClosedError as error:
        return _page(request, links.request_of(token) or asked, status=STATUSES.get(error.state, 409))
    except ValidationError as error:
        return _page(
            request, asked, step=Answer.CHANGED, error=" ".join(error.messages), note=note, status=400
        )
    return redirect("still", token)


def _page(request: HttpRequest, asked: UpkeepRequest, *, step="", error="", note="", status=200):
    """The question, or why it cannot be answered."""
    state = actions.state_of(asked)
    if state != State.OPEN:
        return _closed(request, state, STATUSES.get(state, status), asked)
    shown = Initiative.objects.for_page().get(pk=asked.initiative_id)
    context = {
        **presentation(shown, request.user),
        "asked": asked,
        "step": step if step in (Answer.CHANGED, Answer.ENDED) else "",
        "error": error,
        "note": note or asked.note,
        "longest": actions.LONGEST_NOTE,
        "edit": _edit(request, asked),
        "stale_since": ageing.stale_since(shown),
        "silent_site": ageing.silent_site(shown),
    }
    return render(request, "initiatives/still.html", context, status=status)


def _edit(request: HttpRequest, asked: UpkeepRequest) -> str:
    """Where whoever was asked changes it: a member's changes are shown at once, others suggest them."""
    form = reverse("suggest_change", args=[asked.initiative.slug])
    if asked.member and not request.user.is_authenticated:
        return f"{reverse('account_login')}?{urlencode({'next': form})}"
    return form


def _closed(
    request: HttpRequest, state: str, status: int, asked: UpkeepRequest | None = None
) -> HttpResponse:
    shown = {"state": str(state), "asked": asked, "days": links.ANSWER_WITHIN.days}
    return render(request, "initiatives/still_closed.html", shown, status=status)
