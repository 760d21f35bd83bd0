"""Look whether the websites of initiatives answer, some each night, the longest unseen first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..conditions import WITH_SITE
from ..models import Initiative, SiteCheck
from . import sites, turns

# A small site with few initiatives need not ask each of them every night.
AGAIN = timedelta(days=5)
AT_ONCE = 8


def _next(now: datetime, most: int) -> list[tuple[int, str]]:
    """(initiative, website) of what was never looked at, then of the longest unseen.

    Two questions, as each is read in the order of an index; of both at once all would have to be sorted.
    """
    looks = SiteCheck.objects.filter(initiative=OuterRef("pk"))
    rows = Initiative.objects.filter(WITH_SITE).values_list("pk", flat=True)
    new = list(rows.filter(~Exists(looks)).order_by("pk")[:most])
    late = rows.filter(site_check__checked_at__lt=now - AGAIN)
    old = list(late.order_by("site_check__checked_at", "pk")[: most - len(new)])
    websites = dict(Initiative.objects.filter(pk__in=[*new, *old]).values_list("pk", "website"))
    return [(pk, websites[pk]) for pk in [*new, *old] if pk in websites]


@transaction.atomic
def take() -> list[tuple[int, str]]:
    """(initiative, website) of the next batch, marked as looked at so that no other worker takes them."""
    if not turns.is_ours(turns.LOOKING):
        return []
    now = timezone.now()
    batch = _next(now, settings.SITE_CHECK_BATCH)
    SiteCheck.objects.bulk_create(
        [SiteCheck(initiative_id=pk, website=website, checked_at=now) for pk, website in batch],
        update_conflicts=True,
        unique_fields=["initiative"],
        update_fields=["checked_at"],
    )
    return batch


@transaction.atomic
def record(initiative: int, website: str, status: int, at: datetime) -> None:
    """Remember an answer; another address begins anew."""
    check = SiteCheck.objects.select_for_update().filter(initiative=initiative).first()
    if check is None:
        return
    if check.website != website:
        check.website, check.failures, check.failing_since = website, 0, None
    check.status, check.checked_at = status, at
    if sites.is_alive(status):
        check.failures, check.failing_since = 0, None
    else:
        check.failures += 1
        check.failing_since = check.failing_since or at
    check.save()


def look() -> int:
    """Ask a batch of websites; their number."""
    batch = take()
    # Threads wait for websites; the database is left to this one.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(sites.probe, [website for _pk, website in batch])
        for (pk, website), status in zip(batch, answers):
            record(pk, website, status, timezone.now())
    return len(batch)
