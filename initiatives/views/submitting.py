"""Handing in an initiative: the form, similar ones while typing, and the page that tells where it stands."""

import uuid
from collections.abc import Iterable
from functools import partial

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import similar
from ..enums import ContactKind, Status, Visibility
from ..forms import add_errors
from ..merging import following
from ..models import Contact, Initiative, Submission
from ..submitting import actions, letters, links, onward
from ..submitting.carrying import point_of, texts_of
from ..submitting.filling import host_of, initial_of
from ..submitting.forms import SubmissionForm
from . import steps

TOO_MANY = 429
TOO_OFTEN = _lazy("We have just written to this address. Look into your mail, and try again a little later.")


def _member(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """The form, with or without an account; what is handed in twice is one."""
    member = _member(request)
    if request.method != "POST":
        return _form(request, SubmissionForm(member=member, initial={"key": uuid.uuid4()}))
    if steps.step_of(request):
        return _form(request, steps.stepped(request, partial(SubmissionForm, member=member)))
    form = SubmissionForm(request.POST, request.FILES, member=member)
    if not form.is_valid():
        return _form(request, form, 400)
    if same := _unseen(request, form):
        return _form(request, form, similar=same, asks=True)
    if not ratelimit.consume(request, action="submit_initiative"):
        form.add_error(None, _("That was a lot in a short time. Please try again in an hour."))
        return _form(request, form, TOO_MANY)
    try:
        submission = actions.hand_in(
            by=member,
            values=form.values(),
            email=member.email if member else form.cleaned_data["submitter_email"],
            language=(get_language() or "fr")[:2],
        )
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, 400)
    except letters.TooOftenError:
        form.add_error("submitter_email", TOO_OFTEN)
        return _form(request, form, TOO_MANY)
    if member and (address := onward.address(request, submission.initiative)):
        messages.success(request, _("Thank you, it is sent. Someone will read it within three days."))
        return redirect(address)
    return redirect(
        "submission", links.token_of(submission) if member else links.waiting_token_of(submission)
    )


def _form(request: HttpRequest, form: SubmissionForm, status: int = 200, **more) -> HttpResponse:
    """The page of the form; similar ones beside it where something was typed already."""
    shown = {"form": form, "submission": None, "asks": False, **steps.shown(request), **more}
    if "similar" not in shown:
        shown["similar"] = _similar(request.POST) if request.method == "POST" else []
    return render(request, "initiatives/submit.html", shown, status=status)


def _similar(data) -> list[Initiative]:
    """What may be the same as what was typed, each with `distance`, None where no place was named."""
    name = data.get("name", "").strip()[: Initiative._meta.get_field("name").max_length]
    point = point_of(data)
    if point and len(name) >= similar.SHORTEST:
        found = similar.near(name, point, host=host_of(data.get("website", "")))
    else:
        found = similar.worded(name)
    return _described(found)


def _described(found: Iterable[Initiative]) -> list[Initiative]:
    """Each with `distance`, or None, `host` of its website, and `phone`, where it is for everyone."""
    rows = list(found)
    keys = [one.pk for one in rows]
    numbers = Contact.objects.filter(
        initiative__in=keys, kind=ContactKind.PHONE, visibility=Visibility.EVERYONE
    )
    phones = dict(numbers.values_list("initiative_id", "value")) if keys else {}
    sites = dict(Initiative.objects.filter(pk__in=keys).values_list("pk", "website")) if keys else {}
    for one in rows:
        one.distance = getattr(one, "distance", None)
        one.phone, one.host = phones.get(one.pk, ""), host_of(sites.get(one.pk, ""))
    return rows


def _unseen(request: HttpRequest, form: SubmissionForm) -> list[Initiative]:
    """What may be the same as what is handed in; none where all of it was shown before, or it is another one."""
    if "other" in request.POST:
        return []
    given = form.cleaned_data
    if given["position"] is None:
        found = similar.placeless(given["name"])
    else:
        found = similar.near(given["name"], given["position"], host=host_of(given["website"]))
    rows = _described(found)
    seen = set(request.POST.getlist("seen"))
    return rows if any(one.slug not in seen for one in rows) else []


@login_not_required
@require_safe
def similar_ones(request: HttpRequest) -> HttpResponse:
    """Initiatives like the one that is being typed, as a fragment."""
    return render(request, "initiatives/_similar.html", {"similar": _similar(request.GET)})


@login_not_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The texts as they will be shown, as a fragment."""
    return render(request, "initiatives/_preview.html", {"texts": texts_of(request.POST)})


def _waiting(request: HttpRequest, submission: Submission, *, problem: str = "", status: int = 200):
    """After the form, without an account: the link is in a mail, which can be sent again."""
    shown = {
        "submission": submission,
        "token": links.waiting_token_of(submission),
        "expired": links.has_expired(submission),
        "days": links.CONFIRM_WITHIN.days,
        "problem": problem,
    }
    return render(request, "initiatives/submission_waiting.html", shown, status=status)


def _found(token: str) -> Submission:
    submission = links.submission_of(token)
    if submission is None:
        raise Http404("No submission has this link.")
    return submission


def _standing(request: HttpRequest, submission: Submission, status: int = 200) -> HttpResponse:
    initiative = submission.initiative
    shown = {
        "submission": submission,
        "initiative": initiative,
        "token": links.token_of(submission),
        "expired": links.has_expired(submission),
        "steps": initiative.status_changes.exclude(verb="create"),
        "may_correct": submission.is_confirmed and initiative.status in actions.OPEN,
        "days": links.CONFIRM_WITHIN.days,
        "lives_on": following.published(initiative) if initiative.status == Status.ARCHIVED else None,
    }
    return render(request, "initiatives/submission.html", shown, status=status)


@never_cache
@login_not_required
@require_safe
def submission(request: HttpRequest, token: str) -> HttpResponse:
    """Where a submission stands, for whoever has its link; whether the mail with that link is on its way."""
    if waiting := links.waiting_of(token):
        return _waiting(request, waiting)
    return _standing(request, _found(token))


@never_cache
@login_not_required
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The address is theirs: to review. By a button, as programs that read mails follow links."""
    try:
        actions.confirm_address(_found(token))
    except actions.ClosedError:
        return _standing(request, _found(token), 410)
    return redirect("submission", token)


@never_cache
@login_not_required
@require_POST
def ask_again(request: HttpRequest, token: str) -> HttpResponse:
    """The mail with the link once more, not too often."""
    submission = links.waiting_of(token)
    if submission is None:
        raise Http404("No submission has this link.")
    if not ratelimit.consume(request, action="ask_again"):
        return _waiting(request, submission, problem=TOO_OFTEN, status=TOO_MANY)
    try:
        actions.ask_again(submission)
    except letters.TooOftenError:
        return _waiting(request, submission, problem=TOO_OFTEN, status=TOO_MANY)
    except actions.ClosedError:
        return _waiting(request, submission, status=409)
    messages.success(request, _("The mail is on its way again."))
    return redirect("submission", token)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """The form again, where changes were asked for."""
    submission = _found(token)
    initiative = submission.initiative
    if not submission.is_confirmed or initiative.status not in actions.OPEN:
        return _standing(request, submission, 409)
    more = {"submission": submission, "token": token}
    asked = initiative.status_changes.filter(to_status=Status.CHANGES_ASKED).first()
    more["asked"] = asked.reason if asked else ""
    initial = {**initial_of(initiative), "key": initiative.uuid}
    if request.method != "POST":
        return _form(request, SubmissionForm(correcting=initiative, initial=initial), **more)
    if steps.step_of(request):
        again = partial(SubmissionForm, correcting=initiative, initial=initial)
        return _form(request, steps.stepped(request, again), **more)
    form = SubmissionForm(request.POST, correcting=initiative)
    if not form.is_valid():
        return _form(request, form, 400, **more)
    try:
        actions.correct(submission, values=form.values())
    except actions.ClosedError:
        return _standing(request, _found(token), 409)
    except ValidationError as error:
        add_errors(form, error)
        return _form(request, form, 400, **more)
    return redirect("submission", token)
