"""Marks of initiatives on the small maps of pages."""

from typing import Any

from django.contrib.gis.geos import Point

from .models import Initiative


def mark(
    shown: Initiative, point: Point, *, blurred: bool = False, label: str = "", side: str = ""
) -> dict[str, Any]:
    """A mark at a point, EPSG:4326; `label` is what stands beside it, on its `left` or `right`."""
    theme = shown.root_theme
    found = {"lat": point.y, "lon": point.x, "icon": theme.icon if theme else "pin", "blurred": blurred}
    return {**found, "label": label, "side": side} if label else found
