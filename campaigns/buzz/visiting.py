"""Visits by a link that says where it stood: sums by day, and nothing of those who followed it."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from allauth.core.internal import ratelimit
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from initiatives.viewing.noting import is_looked_at

from .. import rules
from ..models import Campaign, CampaignVisit, Nomination
from ..models.visits import LONGEST_SOURCE
from .links import OWN, SOURCE

NAME = re.compile(rf"[a-z0-9-]{{1,{LONGEST_SOURCE}}}", re.ASCII)
# More names than that, somebody makes up: further ones of a campaign are all the same.
MOST, OTHER = 40, "other"
KEPT = timedelta(days=731)
# One statement, so that two at once are two. Names that the site gives out itself always have their own row.
COUNT = """
INSERT INTO campaigns_campaignvisit AS kept (campaign_id, nomination_id, source, day, visits)
SELECT %(campaign)s, %(nomination)s,
  CASE WHEN %(is_own)s
         OR EXISTS (SELECT FROM campaigns_campaignvisit WHERE campaign_id = %(campaign)s AND source = %(source)s)
         OR (SELECT count(DISTINCT source) FROM campaigns_campaignvisit WHERE campaign_id = %(campaign)s) < %(most)s
       THEN %(source)s ELSE %(other)s END,
  %(day)s, 1
ON CONFLICT (campaign_id, nomination_id, source, day) DO UPDATE SET visits = kept.visits + 1
"""


def today(campaign: Campaign) -> date:
    """The day by its clocks."""
    return timezone.now().astimezone(ZoneInfo(campaign.time_zone)).date()


def source_of(request: HttpRequest) -> str:
    """The name in the address, in small letters; empty where there is none that could be one."""
    name = request.GET.get(SOURCE, "").lower()
    return name if NAME.fullmatch(name) else ""


def note(request: HttpRequest, campaign: Campaign, nomination: Nomination | None = None) -> None:
    """Count one visit of a person from outside; programs, and those who run the campaign, are none."""
    source = source_of(request)
    if not source or not campaign.is_public or not is_looked_at(request):
        return
    if rules.may(request.user, "run_campaign", campaign):
        return
    # By the inner function, as the outer one lets every GET pass.
    if not ratelimit.consume(request, app="allauth.account", action="campaign_visit", limit_get=True):
        return
    values = {
        "campaign": campaign.pk,
        "nomination": nomination and nomination.pk,
        "source": source,
        "is_own": source in OWN,
        "most": MOST,
        "other": OTHER,
        "day": today(campaign),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)


def forget(now: date | None = None) -> int:
    """Delete numbers older than 24 months; how many."""
    oldest = (now or timezone.localdate()) - KEPT
    return CampaignVisit.objects.filter(day__lt=oldest).delete()[0]
