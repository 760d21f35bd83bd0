"""The page on which who put an initiative forward, or its people, say it in other words."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.collectives.actions import ClosedError
from community.collectives.forms import add_errors

from .. import rules
from ..models import Nomination
from ..running.views.shared import TOO_MANY, too_many
from . import actions
from .forms import RevisionForm
from .views import nomination_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is said of it, its picture, its film."""
    nomination = nomination_of(request, slug, pk)
    if not rules.may(request.user, "revise_nomination", nomination):
        raise PermissionDenied("revise_nomination is not for this member.")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RevisionForm(*sent, nomination=nomination)
    status = 400 if form.errors else 200
    if form.is_valid():
        status = _changed(request, nomination, form)
        if status is None:
            return redirect("campaigns:nominee", slug, pk)
    context = {"campaign": nomination.campaign, "nomination": nomination, "form": form}
    return render(request, "campaigns/nominating/revise.html", context, status=status)


def _changed(request: HttpRequest, nomination: Nomination, form: RevisionForm) -> int | None:
    """Change it; the status of a page that says what is wrong, None where nothing is."""
    if not ratelimit.consume(request, action="nominate", user=request.user):
        form.add_error(None, too_many())
        return TOO_MANY
    try:
        actions.revise(nomination, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return 400
    except (ClosedError, PermissionDenied):
        messages.error(request, _("The call has ended meanwhile: what is said stays."))
    else:
        messages.success(request, _("Changed: everyone reads it like this now."))
    return None
