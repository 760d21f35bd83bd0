"""Themes as lists offer them."""

from collections.abc import Iterable

from .models import Theme


def grouped(themes: Iterable[Theme], key: str = "pk") -> list[tuple[str, list[tuple[int | str, str]]]]:
    """Subthemes by the name of their theme, the theme itself first; each by its `key`, in the order they came."""
    rows = list(themes)
    groups = {row.pk: (row.name, [(getattr(row, key), row.name)]) for row in rows if row.parent_id is None}
    for row in rows:
        if row.parent_id is not None:
            groups[row.parent_id][1].append((getattr(row, key), row.name))
    return list(groups.values())
