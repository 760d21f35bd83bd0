"""How old the word of its people is."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from community.models import Member

from ..enums import Answer, Status
from ..models import Initiative, SiteCheck, UpkeepRequest

MOST_TOLD = 30


def threshold() -> datetime:
    """What was confirmed last before this instant is asked about."""
    return timezone.now() - timedelta(days=settings.CONFIRM_AFTER_DAYS)


def stale_since(initiative: Initiative) -> datetime | None:
    """When its people last said or saw that it is right, if that is too long ago; None otherwise."""
    last = max(initiative.created_at, initiative.confirmed_at or initiative.created_at)
    if last < threshold():
        step = initiative.status_changes.signs_of_people().aggregate(at=Max("at"))["at"]
        last = max(last, step or last)
    return last if last < threshold() else None


def silent_site(initiative: Initiative) -> SiteCheck | None:
    """The failed looks at the website it has now, if it has been silent for long."""
    if not initiative.website:
        return None
    check = SiteCheck.objects.filter(initiative=initiative, website=initiative.website).first()
    return check if check and check.is_silent else None


def changes_told(member: Member) -> QuerySet[UpkeepRequest]:
    """What people told to have changed in initiatives that a member reviews, until somebody edits them."""
    mine = Initiative.objects.reviewable_by(member).filter(status=Status.PUBLISHED)
    told = UpkeepRequest.objects.filter(answer=Answer.CHANGED, initiative__in=mine)
    return told.filter(initiative__updated_at__lt=F("answered_at")).order_by("answered_at", "pk")


def for_reviewers(initiative: Initiative) -> dict:
    """What the page of a reviewer says of an initiative's age; nothing of one that is not published."""
    if not initiative.is_published:
        return {"stale_since": None, "silent_site": None, "told": []}
    return {
        "stale_since": stale_since(initiative),
        "silent_site": silent_site(initiative),
        "told": initiative.upkeep_requests.filter(
            answer=Answer.CHANGED, answered_at__gt=initiative.updated_at
        ),
    }
