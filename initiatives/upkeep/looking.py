"""Look whether the websites of initiatives answer, some each night, the longest unseen first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..enums import DEMO_TAG
from ..models import Initiative, SiteCheck
from . import sites, turns

# A small site with few initiatives need not ask each of them every night.
AGAIN = timedelta(days=5)
AT_ONCE = 8


@transaction.atomic
def take() -> list[tuple[int, str]]:
    """(initiative, website) of the next batch, marked as looked at so that no other worker takes them."""
    if not turns.is_ours(turns.LOOKING):
        return []
    now = timezone.now()
    rows = Initiative.objects.published().exclude(website="").exclude(tags__contains=[DEMO_TAG])
    rows = rows.filter(Q(site_check=None) | Q(site_check__checked_at__lt=now - AGAIN))
    rows = rows.order_by(F("site_check__checked_at").asc(nulls_first=True), "pk")
    batch = list(rows.values_list("pk", "website")[: settings.SITE_CHECK_BATCH])
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
