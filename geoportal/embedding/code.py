"""The HTML that shows the map on another site."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .looks import Look

PLAIN = Look()


@dataclass(frozen=True)
class Size:
    """A size to choose; `width` in pixels or as a share of the page around it."""

    name: str
    label: Promise
    width: str
    height: int


SIZES = (
    Size("wide", _("As wide as the page"), "100%", 600),
    Size("medium", _("Medium, 640 × 480"), "640", 480),
    Size("small", _("Small, 400 × 400"), "400", 400),
)


def address(query: str, look: Look = PLAIN) -> str:
    """The page for frames with a selection, in the language of the moment."""
    asked = "&".join(part for part in (query, look.query) if part)
    return settings.SITE_URL + reverse("embed") + (f"?{asked}" if asked else "")


def iframe(query: str, title: str, width: str | int, height: int, look: Look = PLAIN) -> str:
    """A frame with the map of a selection; other sites may copy it as it is."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" allow="fullscreen"></iframe>',
        address(query, look),
        str(width),
        str(height),
        title,
    )
