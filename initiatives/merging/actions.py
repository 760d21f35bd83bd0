"""Making two initiatives one and taking that back: each in one transaction that holds both rows; pairs that differ."""

from collections.abc import Mapping
from datetime import datetime

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Member

from .. import actions
from ..enums import Status, Verb
from ..models import DistinctPair, Identity, Initiative, Merge, Proposal, Report
from ..reviews.actions import ChangedError, ClaimedError, others_claim
from ..slugs import lock_slugs
from . import bound, exchanged, grouped, linked, separating, uniting


def _locked(*pks: int) -> dict[int, Initiative]:
    """Initiatives with their sites, in the order of their keys: two who merge do not wait for each other."""
    rows = Initiative.objects.held().order_by("pk")
    return {row.pk: row for row in rows.filter(Q(pk__in=pks) | Q(parent__in=pks))}


def _open(model: type[Model], pk: int) -> list[int]:
    """Keys of what is open about an initiative; before the initiatives, as those do who decide on it."""
    rows = model.objects.open().filter(initiative=pk).select_for_update(of=("self",)).order_by("pk")
    return [row.pk for row in rows]


@transaction.atomic
def merge(
    merged: Initiative,
    *,
    into: Initiative,
    by: Member | None,
    picks: Mapping[str, str] | None = None,
    seen: tuple[datetime, datetime] | None = None,
    reason: str = "",
) -> Merge:
    """Let one initiative live on in another, which is published; `picks` as uniting.values() takes them.

    `seen` are the times of the last change of the merged and the kept one as they were read: ChangedError where one is
    another by now. ClaimedError, PermissionDenied, ValidationError, TransitionRefusedError.
    """
    if merged.pk == into.pk:
        raise ValidationError(_("It cannot be merged with itself."))
    # Before the rows, as those who accept proposals do.
    lock_slugs()
    told = {model: _open(model, merged.pk) for model in (Proposal, Report)}
    rows = _locked(merged.pk, into.pk)
    kept, merged = rows.pop(into.pk), rows.pop(merged.pk)
    for one in (merged, kept):
        actions.check_right(by, Verb.MERGE, one)
        if by is not None and (held := others_claim(one, by)):
            raise ClaimedError(held)
    if seen is not None and seen != (merged.updated_at, kept.updated_at):
        raise ChangedError
    if not kept.is_published:
        raise ValidationError(_("The one that stays must be published."))
    if why := bound.reason(merged):
        raise ValidationError(why)
    with pghistory.context(verb=Verb.MERGE.value, by=by.pk if by else None, reason=reason):
        return _merge(merged, kept, by, dict(picks or {}), reason, told, list(rows.values()))


def _merge(
    merged: Initiative,
    kept: Initiative,
    by: Member | None,
    picks: dict[str, str],
    reason: str,
    told: dict[type[Model], list[int]],
    sites: list[Initiative],
) -> Merge:
    changed = uniting.values(kept, merged, picks)
    sources = uniting.sources(kept, merged, changed)
    # A site that lives on in another one stays as that merge left it.
    elsewhere = set(Merge.objects.open().filter(merged__in=sites).values_list("merged", flat=True))
    sites = [one for one in sites if one.parent_id == merged.pk and one.pk not in elsewhere]
    moved = {
        "identities": list(merged.identities.order_by("pk").values_list("pk", flat=True)),
        "proposals": told[Proposal],
        "reports": told[Report],
        "sites": [one.pk for one in sites],
        "links": linked.move(None, merged, kept),
        "groups": grouped.unite(merged, kept, by),
        "exchanges": exchanged.unite(merged, kept),
    }
    Identity.objects.filter(pk__in=moved["identities"]).update(initiative=kept)
    Proposal.objects.filter(pk__in=moved["proposals"]).update(initiative=kept)
    reports = Report.objects.filter(pk__in=moved["reports"])
    # One that says that it is there twice goes on naming both.
    reports.filter(other=kept).update(other=merged)
    reports.update(initiative=kept)
    gained = _with(_("United with “%(name)s”") % {"name": merged.name}, reason)
    for site in sites:
        actions.revise(site, by=None, values={"parent": kept}, reason=gained)
    actions.revise(kept, by=by, values=changed, sources=sources, reason=gained)
    # Told by mail too, in the language of whoever handed it in: the reviewer's own words alone.
    actions.merge(merged, by=by, reason=reason.strip())
    return Merge.objects.create(
        kept=kept,
        merged=merged,
        kept_step=kept.status_changes.filter(verb=Verb.REVISE).latest("pk"),
        merged_step=merged.status_changes.filter(verb=Verb.MERGE).latest("pk"),
        moved=moved,
        by=by,
    )


def _with(told: str, reason: str) -> str:
    return f"{told}: {reason.strip()}" if reason.strip() else told


@transaction.atomic
def split(merge: Merge, *, by: Member | None, reason: str = "") -> Merge:
    """Take a merge back: both are as they were before it.

    ValidationError where it was taken back already, where the kept one lives on in another by now, or where values that
    the merge changed have been changed since; it names them.
    """
    lock_slugs()
    for model, pks in ((Proposal, merge.moved["proposals"]), (Report, merge.moved.get("reports", []))):
        list(model.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk"))
    rows = _locked(merge.kept_id, merge.merged_id)
    merge = (
        Merge.objects.select_for_update(of=("self",))
        .select_related("kept_step", "merged_step")
        .get(pk=merge.pk)
    )
    kept, merged = rows[merge.kept_id], rows[merge.merged_id]
    for one in (merged, kept):
        actions.check_right(by, Verb.SPLIT, one)
    if merge.undone_at is not None:
        raise ValidationError(_("This merge was undone already."))
    former = separating.former(merge, kept)
    with pghistory.context(verb=Verb.SPLIT.value, by=by.pk if by else None, reason=reason):
        moved = merge.moved
        Identity.objects.filter(pk__in=moved["identities"], initiative=kept).update(initiative=merged)
        Proposal.objects.filter(pk__in=moved["proposals"], initiative=kept).update(initiative=merged)
        reports = Report.objects.filter(pk__in=moved.get("reports", []), initiative=kept)
        reports.filter(other=merged).update(other=kept)
        reports.update(initiative=merged)
        linked.move(moved.get("links", []), kept, merged)
        grouped.part(moved.get("groups", []), kept)
        exchanged.part(moved.get("exchanges", []), kept, merged)
        told = _with(_("No longer united with “%(name)s”") % {"name": merged.name}, reason)
        actions.revise(kept, by=by, values=former.values, sources=former.sources, reason=told)
        began = Status(merge.merged_step.from_status)
        merged = actions.split(merged, by=by, former=began, reason=reason.strip())
        elsewhere = set(
            Merge.objects.open().filter(merged__in=moved["sites"]).values_list("merged", flat=True)
        )
        for site in rows.values():
            if site.pk in set(moved["sites"]) - elsewhere and site.parent_id == kept.pk:
                actions.revise(site, by=None, values={"parent": merged}, reason=told)
        merge.undone_at, merge.undone_by = timezone.now(), by
        merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def _pair(one: Initiative, other: Initiative, by: Member) -> dict[str, Initiative]:
    """Both in the order of their keys; who reviews either of them may tell."""
    if not any(by.has_perm("initiatives.review", row) for row in (one, other)):
        raise PermissionDenied("To tell whether these are the same is not for this member.")
    if one.pk == other.pk:
        raise ValidationError(_("It cannot be another one than itself."))
    lower, higher = sorted((one, other), key=lambda row: row.pk)
    return {"lower": lower, "higher": higher}


@transaction.atomic
def tell_apart(one: Initiative, other: Initiative, *, by: Member) -> DistinctPair:
    """Remember that two initiatives are not the same: neither is shown as similar to the other any more."""
    pair, _created = DistinctPair.objects.get_or_create(**_pair(one, other, by), defaults={"by": by})
    return pair


@transaction.atomic
def take_back(one: Initiative, other: Initiative, *, by: Member) -> None:
    """They may be the same after all."""
    DistinctPair.objects.filter(**_pair(one, other, by)).delete()
