"""A circle on the earth over columns: who surely lies within, and whom only the spheroid can tell."""

from math import cos, degrees, radians

import numpy as np

from .segment import Segment
from .source import NOWHERE

# Mean radius in metres; a distance on the spheroid differs from that on this sphere by less than the share, 0.56 %.
RADIUS, SHARE = 6_371_008.8, 0.006
# Metres by which rounding may be wrong.
ROUNDING = 1.0


def split(segment: Segment, lon: float, lat: float, metres: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows surely within metres of a point (EPSG:4326) on the spheroid, and rows too near the edge to say."""
    reach = metres * (1 + SHARE) / (1 - SHARE) + ROUNDING
    band = degrees(reach / RADIUS) + 1e-6
    rows = np.flatnonzero(
        (segment.ys >= (lat - band) * 1e7) & (segment.ys <= (lat + band) * 1e7) & (segment.cells < NOWHERE)
    )
    away = _metres(segment.xs[rows], segment.ys[rows], lon, lat)
    inside = away * (1 + SHARE) + ROUNDING <= metres
    unsure = ~inside & (away * (1 - SHARE) - ROUNDING <= metres)
    return rows[inside], rows[unsure]


def _metres(xs: np.ndarray, ys: np.ndarray, lon: float, lat: float) -> np.ndarray:
    """Distances on the sphere from positions in 1e-7 degrees."""
    north, south = np.radians(ys * 1e-7), radians(lat)
    half = (
        np.sin((north - south) / 2) ** 2
        + np.cos(north) * cos(south) * np.sin((np.radians(xs * 1e-7) - radians(lon)) / 2) ** 2
    )
    return 2 * RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1)))
