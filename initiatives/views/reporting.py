"""Reporting a published initiative, with or without an account."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..enums import ReportKind
from ..forms import add_errors
from ..merging import following
from ..models import Initiative
from ..reports import actions
from ..reports.forms import ReportForm
from .submitting import TOO_MANY


def _found(slug: str) -> Initiative | None:
    rows = Initiative.objects.published().defer("search", "search_name", "position")
    return rows.filter(slug=slug).first() or rows.filter(old_slugs__slug=slug).first()


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What is the matter, a message, an address for the answer."""
    initiative = _found(slug)
    if initiative is None and request.method == "POST":
        # Merged while somebody wrote: what they say is not lost.
        initiative = following.published_of_slug(slug)
    elif initiative is not None and initiative.slug != slug:
        return redirect("report", initiative.slug, permanent=True)
    if initiative is None:
        return following.led("report", slug)
    member = request.user if request.user.is_authenticated else None
    form = ReportForm(request.POST if request.method == "POST" else None, member=member)
    if request.method != "POST":
        return _page(request, initiative, form)
    if not form.is_valid():
        return _page(request, initiative, form, 400)
    if not ratelimit.consume(request, action="report_initiative"):
        form.add_error(None, _("That was a lot in a short time. Please try again in an hour."))
        return _page(request, initiative, form, TOO_MANY)
    given = form.cleaned_data
    try:
        actions.report(
            initiative,
            by=member,
            kind=ReportKind(given["kind"]),
            message=given["message"],
            other=given["other"],
            email=member.email if member else given["answer_email"],
            language=(get_language() or "fr")[:2],
        )
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, initiative, form, 400)
    messages.success(request, _("Thank you. Somebody looks into it."))
    return redirect("initiative", initiative.slug)


def _page(request: HttpRequest, initiative: Initiative, form: ReportForm, status: int = 200) -> HttpResponse:
    shown = {"initiative": initiative, "form": form}
    return render(request, "initiatives/reports/report.html", shown, status=status)
