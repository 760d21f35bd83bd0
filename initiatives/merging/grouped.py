"""Groups of two initiatives that become one, or two again."""

from collections.abc import Iterable

from community.models import Member

from ..models import Initiative, InitiativeGroup


def unite(merged: Initiative, kept: Initiative, by: Member | None) -> list[int]:
    """Let the kept one belong to the groups of both; keys of its new rows. Those of the merged one stay as they are."""
    groups = InitiativeGroup.objects.filter(initiative=merged)
    missing = groups.exclude(group__in=InitiativeGroup.objects.filter(initiative=kept).values("group"))
    made = InitiativeGroup.objects.bulk_create(
        InitiativeGroup(initiative=kept, group_id=row.group_id, since=row.since, by=by)
        for row in missing.order_by("pk")
    )
    return [row.pk for row in made]


def part(keys: Iterable[int], kept: Initiative) -> None:
    """Take back what unite() gave."""
    InitiativeGroup.objects.filter(pk__in=list(keys), initiative=kept).delete()
