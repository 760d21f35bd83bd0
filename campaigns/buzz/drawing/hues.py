"""Colours of static/css/tokens.css in the light scheme, as pictures take them."""

import math
import re
from functools import cache

from django.conf import settings

from community.spaces.enums import Accent

TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\()?oklch\(([\d.]+)% ([\d.]+) ([\d.]+)")
Hue = tuple[int, int, int]
WHITE: Hue = (255, 255, 255)


@cache
def _tokens() -> dict[str, Hue]:
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    found = {}
    for name, lightness, chroma, angle in TOKEN.findall(text):
        found.setdefault(name, _rgb(float(lightness) / 100, float(chroma), math.radians(float(angle))))
    return found


def _rgb(lightness: float, chroma: float, angle: float) -> Hue:
    """OKLCH as sRGB, after Björn Ottosson."""
    a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _shade(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _shade(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _shade(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _shade(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    curved = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * curved)


def token(name: str) -> Hue:
    """A colour by its name in the style sheet; KeyError for one that is none."""
    return _tokens()[name]


def of_theme(icon: str) -> Hue:
    """That of one of the ten themes, by its icon."""
    return token(f"t-{icon}")


def of_accent(accent: str) -> Hue:
    """That of a campaign."""
    return token("accent" if accent == Accent.AUBERGINE else f"space-{accent}")


def mixed(hue: Hue, share: float, ground: Hue = WHITE) -> Hue:
    """So much of a colour on a ground."""
    return tuple(round(share * one + (1 - share) * other) for one, other in zip(hue, ground, strict=True))
