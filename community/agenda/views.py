"""The agenda as a page and as calendars."""

from datetime import timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo.errors import InvalidParameterError
from geo.parameters import known_parameters
from geo.responses import fresh
from territories.models import Territory

from ..groups.models import Group
from ..topics import links
from ..topics.views.shared import group_of
from . import events, ical
from .forms import AgendaForm
from .meetings import Meetings
from .sources import Asked, Dated, Source, registered

ENTRIES_A_PAGE = 20
MOST_IN_FEED = 500
# Calendars keep for a while what is over.
KEPT = timedelta(days=30)


@never_cache
@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Meetings by day: those that come, or those that are over; of private groups for their members alone."""
    form = AgendaForm(request.GET, reader=request.user)
    is_past = request.GET.get("past") == "1"
    page = Paginator(Dated(_sources(form, is_past), is_past=is_past), ENTRIES_A_PAGE).get_page(
        request.GET.get("page")
    )
    query = form.feed_query
    feed = "" if query is None else reverse("agenda_feed") + (f"?{urlencode(query)}" if query else "")
    context = {
        "form": form,
        "page": page,
        "days": [
            {"day": day, "entries": list(found)} for day, found in groupby(page, key=lambda entry: entry.day)
        ],
        "is_past": is_past,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "feed": feed,
    }
    return render(request, "community/agenda/agenda.html", context, status=400 if form.errors else 200)


def _sources(form: AgendaForm, is_past: bool) -> list[Source]:
    """Meetings, and what other rooms have; nothing at all of what cannot be read."""
    if not form.is_valid():
        return []
    given = form.cleaned_data
    asked = Asked(timezone.now(), form.chosen_territory, bool(given["group"]), is_past)
    return [Meetings(asked, form.groups()), *registered(asked)]


def feed(request: HttpRequest) -> HttpResponse:
    """Whatever of the agenda anyone may know of, as a calendar to subscribe to."""
    known_parameters(request.GET, ("territory", "group"))
    groups = Group.objects.active().shown()
    name, territory = _("Agenda"), None
    if code := request.GET.get("territory"):
        territory = Territory.objects.without_boundary().filter(code=code).first()
        if territory is None:
            raise InvalidParameterError("territory", "No territory has this code.")
        groups = groups.rooted_in(territory)
        name = territory.name
    if slug := request.GET.get("group"):
        group = Group.objects.active().shown().filter(slug=slug).first()
        if group is None:
            raise InvalidParameterError("group", "No group that anyone may know of has this address.")
        groups = groups.filter(pk=group.pk)
        name = group.name
    asked = Asked(timezone.now(), territory, bool(slug))
    return _calendar(request, f"{name} – {settings.SITE_NAME}", [Meetings(asked, groups), *registered(asked)])


@login_not_required
@require_safe
def group_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Meetings of one group that anyone may know of; a private one has no calendar."""
    group = group_of(request, slug)
    if group.is_private:
        raise Http404("A private group has no calendar.")
    asked = Asked(timezone.now(), of_group=True)
    return _calendar(request, group.name, [Meetings(asked, Group.objects.filter(pk=group.pk))])


def _calendar(request: HttpRequest, name: str, sources: list[Source]) -> HttpResponse:
    since = timezone.now() - KEPT
    found = [event for source in sources for event in source.events(since, MOST_IN_FEED)]
    body = ical.calendar(name, sorted(found, key=ical.when)[:MOST_IN_FEED], by=links.host())
    return fresh(request, HttpResponse(body, content_type=ical.MEDIA_TYPE))


@never_cache
@login_not_required
@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting to keep in a calendar, for whoever may read its topic."""
    group = group_of(request, slug)
    topic = get_object_or_404(group.topics.meetings(), pk=pk)
    topic.group = group
    answer = HttpResponse(events.calendar(group.name, [topic]), content_type=ical.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="meeting-{pk}.ics"'
    return answer
