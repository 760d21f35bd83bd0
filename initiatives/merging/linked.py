"""Links of two initiatives that become one, or two again."""

from collections.abc import Iterable

from django.db.models import Q

from ..models import Initiative, Link
from ..models.link import FROM, TO


def move(links: Iterable[int] | None, of: Initiative, to: Initiative) -> list[int]:
    """Let links begin or end at another initiative, all of one or those that are named; keys of those that moved.

    What would link it with itself, or is there already, stays where it is.
    """
    rows = Link.objects.filter(Q(from_initiative=of) | Q(to_initiative=of))
    if links is not None:
        rows = rows.filter(pk__in=links)
    moved = []
    for link in rows.select_for_update().order_by("pk"):
        for name in ("from_initiative", "to_initiative"):
            if getattr(link, f"{name}_id") == of.pk:
                setattr(link, f"{name}_id", to.pk)
        link.put_in_order()
        ends = {f"{name}_id": getattr(link, f"{name}_id") for name in (*FROM, *TO)}
        if link.from_initiative_id == link.to_initiative_id or _is_there(link, ends):
            continue
        link.save(update_fields=[*FROM, *TO])
        moved.append(link.pk)
    return moved


def _is_there(link: Link, ends: dict[str, int | None]) -> bool:
    return Link.objects.filter(**ends, kind=link.kind).exclude(pk=link.pk).exists()
