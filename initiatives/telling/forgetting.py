"""Addresses are kept only while somebody needs an answer, or may be asked once a year."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from community.models import Letterbox

from ..enums import Status
from ..models import Proposal, StatusChange, Submission, UpkeepRequest
from ..proposals import links
from ..rules import UNDER_WAY

# After the last decision somebody may still ask back, or a reviewer think better of it.
AFTERWARDS = timedelta(days=30)
# After the last sign of the one whose address it is.
AT_MOST = timedelta(days=3 * 365)


def unneeded_submissions(now: datetime) -> QuerySet[Submission]:
    """Whose address nobody needs: decided and told, and either never asked once a year or not heard of for years."""
    rows = Submission.objects.exclude(email="").exclude(confirmed_at=None)
    rows = rows.exclude(initiative__status__in=UNDER_WAY)
    answered = UpkeepRequest.objects.filter(submission=OuterRef("pk")).order_by()
    answered = answered.values("submission").annotate(at=Max("answered_at")).values("at")
    # PostgreSQL leaves out what is NULL.
    rows = rows.annotate(heard_at=Greatest("handed_in_at", "confirmed_at", answered))
    lately = StatusChange.objects.telling().filter(initiative=OuterRef("initiative"), at__gt=now - AFTERWARDS)
    silent = Q(letterbox__silent_since__isnull=False) | ~Q(initiative__status=Status.PUBLISHED)
    untold = Submission.objects.untold().filter(pk=OuterRef("pk"))
    # What the row itself tells comes first: it spares nearly all of them the look at other tables.
    unheard = Q(handed_in_at__lt=now - AT_MOST) & Q(heard_at__lt=now - AT_MOST)
    over = Q(handed_in_at__lt=now - AFTERWARDS) & silent & ~Exists(lately)
    return rows.filter(unheard | over).filter(~Exists(untold))


def unneeded_proposals(now: datetime) -> QuerySet[Proposal]:
    """Whose address nobody needs: told some time ago, or not confirmed in time."""
    rows = Proposal.objects.exclude(email="")
    unconfirmed = Q(by=None, letterbox__confirmed_at=None, made_at__lt=now - links.WITHIN)
    return rows.filter(unconfirmed | Q(told_at__isnull=False, decided_at__lt=now - AFTERWARDS))


def unneeded_letterboxes(now: datetime) -> QuerySet[Letterbox]:
    """Of addresses that nothing here gives any more, and that asked for nothing."""
    rows = Letterbox.objects.filter(submissions=None, proposals=None)
    rows = rows.filter(silent_since=None, desk_silent_since=None)
    late = now - AFTERWARDS
    return rows.filter(Q(told_at=None) | Q(told_at__lt=late), Q(desk_told_at=None) | Q(desk_told_at__lt=late))


@transaction.atomic
def forget() -> int:
    """Empty what nobody needs; the number of addresses. What was done stays."""
    now = timezone.now()
    gone = 0
    for rows in (unneeded_submissions(now), unneeded_proposals(now)):
        keys = list(rows.values_list("pk", flat=True))
        gone += rows.model.objects.filter(pk__in=keys).update(email="", letterbox=None)
    unneeded_letterboxes(now).delete()
    return gone
