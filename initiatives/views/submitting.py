"""Handing in an initiative: the form, similar ones while typing, and the page that tells where it stands."""

import uuid

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import similar
from ..enums import Status
from ..forms import add_errors
from ..models import Initiative, Submission
from ..submitting import actions, links
from ..submitting.filling import host_of, initial_of
from ..submitting.forms import SubmissionForm

TOO_MANY = 429


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
    form = SubmissionForm(request.POST, request.FILES, member=member)
    if not form.is_valid():
        return _form(request, form, 400)
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
    if member:
        return redirect("submission", links.token_of(submission))
    request.session["handed_in"] = {"email": submission.email, "name": submission.initiative.name}
    return redirect("submit_sent")


def _form(request: HttpRequest, form: SubmissionForm, status: int = 200, **more) -> HttpResponse:
    """The page of the form; similar ones beside it where something was typed already."""
    found = _similar(form.data) if form.is_bound else []
    shown = {"form": form, "similar": found, "submission": None, **more}
    return render(request, "initiatives/submit.html", shown, status=status)


def _similar(data) -> list[Initiative]:
    """What may be the same as what was typed, each with `distance`, None where no place was named."""
    name = data.get("name", "").strip()[: Initiative._meta.get_field("name").max_length]
    point = _point(data)
    if point and len(name) >= similar.SHORTEST:
        return list(similar.near(name, point, host=host_of(data.get("website", ""))))
    found = similar.worded(name)
    for one in found:
        one.distance = None
    return found


def _point(data) -> Point | None:
    """A place from `lat` and `lon`, EPSG:4326; None where they name none."""
    try:
        lat, lon = float(data.get("lat", "")), float(data.get("lon", ""))
    except ValueError:
        return None
    return Point(lon, lat, srid=4326) if abs(lat) <= 85.05 and abs(lon) <= 180 else None


@login_not_required
@require_safe
def similar_ones(request: HttpRequest) -> HttpResponse:
    """Initiatives like the one that is being typed, as a fragment."""
    return render(request, "initiatives/_similar.html", {"similar": _similar(request.GET)})


@login_not_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """A description as it will be shown, as a fragment."""
    text = request.POST.get("description", "")[: Initiative._meta.get_field("description").max_length]
    return render(request, "initiatives/_preview.html", {"text": text})


@never_cache
@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """After the form, without an account: the link is in a mail."""
    handed_in = request.session.get("handed_in")
    if handed_in is None:
        return redirect("submit")
    return render(request, "initiatives/submit_sent.html", handed_in)


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
    }
    return render(request, "initiatives/submission.html", shown, status=status)


@never_cache
@login_not_required
@require_safe
def submission(request: HttpRequest, token: str) -> HttpResponse:
    """Where a submission stands, for whoever has its link."""
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
    if request.method != "POST":
        form = SubmissionForm(
            correcting=initiative, initial={**initial_of(initiative), "key": initiative.uuid}
        )
        return _form(request, form, **more)
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
