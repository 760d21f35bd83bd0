"""What the page of a review says of other entries: which are alike, which are known to differ, what was made one."""

from typing import Any

from community.models import Member

from .. import workflow
from ..enums import Status, Verb
from ..models import DistinctPair, Initiative, Merge
from ..reviews.describing import alike


def for_reviewers(initiative: Initiative, member: Member) -> dict[str, Any]:
    """Similar ones with `may_merge`, those told apart, and merges that stand, for one who may review the initiative."""
    similar = list(alike(initiative))
    allowed = Initiative.objects.reviewable_by(member).filter(pk__in=[one.pk for one in similar])
    keys = set(allowed.values_list("pk", flat=True)) if similar and is_mergeable(initiative) else set()
    for one in similar:
        one.may_merge = one.pk in keys
    others = DistinctPair.objects.of(initiative.pk).values("other")
    # Another reviewer may have told it apart from a draft that is out of this one's reach.
    known = Initiative.objects.reviewable_by(member) | Initiative.objects.published()
    return {
        "similar": similar,
        "apart": known.filter(pk__in=others).only("uuid", "name").order_by("search_name", "pk"),
        "merges": Merge.objects.open().filter(kept=initiative).select_related("merged", "by"),
        "lives_on": Merge.objects.open().filter(merged=initiative).select_related("kept", "by").first(),
    }


def is_mergeable(initiative: Initiative) -> bool:
    """Whether it may live on in another one from where it stands."""
    return Verb.MERGE in workflow.allowed_verbs(Status(initiative.status))
