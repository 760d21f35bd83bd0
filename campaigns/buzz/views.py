"""Pages: how to tell others of what stands in a campaign, and the campaign in figures."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo.files.csv import MEDIA_TYPE

from ..running.views.shared import campaign_of
from . import facts, figures, sharing


@login_not_required
@require_safe
def share(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Link, picture, paper, code and ways to others, of what everyone sees."""
    nomination = facts.public_nomination(facts.public_campaign(slug), pk)
    context = {
        "campaign": nomination.campaign,
        "nomination": nomination,
        "shared": sharing.of_nomination(nomination),
        "ways": sharing.ways(nomination),
    }
    return render(request, "campaigns/buzz/share.html", context)


@never_cache
@require_safe
def over_time(request: HttpRequest, slug: str) -> HttpResponse:
    """Figures by day, for those who run it."""
    campaign = campaign_of(request, slug, "read_figures")
    drawn = figures.charts(campaign, figures.by_day(campaign))
    context = {
        "campaign": campaign,
        "charts": drawn,
        "table": figures.table(drawn),
        "sources": figures.by_source(campaign),
        "tells_likes": figures.tells_likes(campaign),
    }
    return render(request, "campaigns/buzz/figures.html", context)


@never_cache
@require_safe
def figures_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a spreadsheet."""
    campaign = campaign_of(request, slug, "read_figures")
    answer = StreamingHttpResponse(figures.lines(campaign), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{slug}-figures.csv"'
    return answer
