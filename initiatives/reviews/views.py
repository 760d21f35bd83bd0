"""Pages of reviewers: the queue, one initiative, its claim, decisions; each POST ends in a redirect or says why not."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..merging import describing as merging
from ..models import Initiative, ReviewClaim
from ..phones import readable_phone
from ..upkeep import ageing
from ..views.public import presentation
from ..vouching import reading as vouching
from ..workflow import TransitionRefusedError
from . import actions, describing
from .forms import LONGEST_REASON, MOST, DecisionForm, version
from .queue import Queue

# Where the session keeps what a bulk decision did until its page is read.
OUTCOMES = "review_outcomes"


def for_reviewers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those who review something; no answer is kept by a browser."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("initiatives.open_reviews"):
            raise PermissionDenied("There is nothing to review for this member.")
        return view(request, *args, **kwargs)

    return guarded


def _found(request: HttpRequest, uuid: UUID) -> Initiative:
    """One that the member may review; to others it is not there."""
    return get_object_or_404(Initiative.objects.reviewable_by(request.user), uuid=uuid)


def _queue_page(request: HttpRequest, form: DecisionForm | None = None, status: int = 200) -> HttpResponse:
    queue = Queue.of(request.user, request.GET.dict())
    page = queue.page(request.GET.get("page"))
    for row in page.object_list:
        row.version = version(row)
    query = request.GET.copy()
    query.pop("status", None)
    query.pop("page", None)
    context = {
        "queue": queue,
        "page": page,
        "choices": queue.choices,
        "told": ageing.changes_told(request.user).select_related("initiative")[: ageing.MOST_TOLD],
        "kept": query.urlencode(),
        "form": form,
        "marked": form.data.getlist("chosen") if form else [],
        "chosen_verb": form.data.get("verb", "") if form else "",
        "reason": form.data.get("reason", "") if form else "",
        "verbs": [(verb.value, verb.label) for verb in actions.DECISIONS],
        "most": MOST,
        "longest_reason": LONGEST_REASON,
        "filtered": bool(queue.chosen),
    }
    return render(request, "initiatives/review/queue.html", context, status=400 if queue.errors else status)


@for_reviewers
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the member, by filters."""
    return _queue_page(request)


@for_reviewers
@require_safe
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An initiative as it would be published, what only reviewers see, and what may be decided."""
    return _one_page(request, uuid)


def _one_page(
    request: HttpRequest, uuid: UUID, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    # All of it: the page of everyone leaves the exact position in the database.
    rows = Initiative.objects.reviewable_by(request.user).for_page().defer(None)
    rows = rows.defer("search", "search_name", "territory__boundary", "collective__perimeter")
    shown = get_object_or_404(rows, uuid=uuid)
    claim = ReviewClaim.objects.current().filter(initiative=shown).select_related("member").first()
    context = {
        **presentation(shown, request.user),
        # To a reviewer they may be drafts too.
        "collective": shown.collective,
        "private_contacts": [
            {
                "text": readable_phone(row.value) if row.kind == "phone" else row.value,
                "visibility": row.get_visibility_display(),
            }
            for row in shown.contacts.all()
        ],
        "exact": f"{shown.position.y:.6f}, {shown.position.x:.6f}" if shown.position else "",
        "lacks": describing.lacks(shown),
        **merging.for_reviewers(shown, request.user),
        "steps": describing.steps(shown),
        **ageing.for_reviewers(shown),
        **vouching.for_reviewers(shown),
        "decisions": describing.decisions(shown, request.user),
        "claim": claim,
        "version": version(shown),
        "form": form,
        "reason": form.data.get("reason", "") if form else "",
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "initiatives/review/one.html", context, status=status)


def _conflict(request: HttpRequest, initiative: Initiative, error: Exception) -> HttpResponse:
    """409: what happened meanwhile, who did it and when, and the way on."""
    initiative.refresh_from_db()
    context = {
        "initiative": initiative,
        "claim": error.claim if isinstance(error, actions.ClaimedError) else None,
        "decided": isinstance(error, TransitionRefusedError),
        "step": describing.last_step(initiative),
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
    }
    return render(request, "initiatives/review/conflict.html", context, status=409)


@for_reviewers
@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a decision on the initiative as it was read."""
    initiative = _found(request, uuid)
    form = DecisionForm(request.POST)
    if form.is_valid() and [key for key, _seen in form.cleaned_data["chosen"]] != [uuid]:
        form.add_error("chosen", _("This form is damaged: open the page again."))
    if not form.is_valid():
        return _one_page(request, uuid, form, 400)
    values = form.cleaned_data
    ((_key, seen),) = values["chosen"]
    try:
        actions.decide(initiative, by=request.user, verb=values["verb"], seen=seen, reason=values["reason"])
    except (TransitionRefusedError, actions.ChangedError, actions.ClaimedError) as error:
        return _conflict(request, initiative, error)
    except ValidationError as error:
        for name, texts in error.message_dict.items():
            form.add_error(name if name in form.fields else None, texts)
        return _one_page(request, uuid, form, 400)
    done = _("%(name)s: %(decision)s.") % {"name": initiative.name, "decision": values["verb"].label}
    messages.success(request, done)
    return redirect("moderation")


@for_reviewers
@require_POST
def claim(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the initiative on, over from another where the form names them, or give it back."""
    initiative = _found(request, uuid)
    over = request.POST.get("over", "")
    try:
        if request.POST.get("release"):
            actions.release(initiative, by=request.user)
        else:
            # No member has a longer key.
            named = int(over) if over.isdecimal() and len(over) < 19 else None
            actions.claim(initiative, by=request.user, over=named)
    except actions.ClaimedError as error:
        return _conflict(request, initiative, error)
    return redirect("moderation_one", uuid=uuid)


@for_reviewers
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """One decision on many; the page that follows tells what happened to each."""
    if request.method != "POST":
        outcomes = request.session.get(OUTCOMES)
        if not outcomes:
            return redirect("moderation")
        refused = sum(bool(outcome["trouble"]) for outcome in outcomes)
        context = {"outcomes": outcomes, "refused": refused, "done": len(outcomes) - refused}
        return render(request, "initiatives/review/outcomes.html", context)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _queue_page(request, form, 400)
    values = form.cleaned_data
    allowed = Initiative.objects.reviewable_by(request.user)
    rows = {row.uuid: row for row in allowed.filter(uuid__in=[key for key, _seen in values["chosen"]])}
    chosen = [(rows[key], seen) for key, seen in values["chosen"] if key in rows]
    try:
        outcomes = actions.decide_many(
            chosen, by=request.user, verb=values["verb"], reason=values["reason"], said=describing.in_words
        )
    except ValidationError as error:
        form.add_error("reason", error.message_dict["reason"])
        return _queue_page(request, form, 400)
    request.session[OUTCOMES] = [
        {
            "name": outcome.initiative.name,
            "url": reverse("moderation_one", args=[outcome.initiative.uuid]),
            "trouble": outcome.trouble,
            "done": str(values["verb"].label),
        }
        for outcome in outcomes
    ] + [
        {"name": str(key), "url": "", "trouble": _("Not open to you"), "done": ""}
        for key, _seen in values["chosen"]
        if key not in rows
    ]
    return redirect("moderation_bulk")
