"""Offers and needs of two initiatives that become one, or two again: they go with what is shown."""

from collections.abc import Iterable

from ..models import Exchange, Initiative


def unite(merged: Initiative, kept: Initiative) -> list[int]:
    """Let the kept one have those of both; keys of what moved."""
    keys = list(Exchange.objects.filter(initiative=merged).order_by("pk").values_list("pk", flat=True))
    Exchange.objects.filter(pk__in=keys).update(initiative=kept)
    return keys


def part(keys: Iterable[int], kept: Initiative, merged: Initiative) -> None:
    """Give back what unite() moved."""
    Exchange.objects.filter(pk__in=list(keys), initiative=kept).update(initiative=merged)
