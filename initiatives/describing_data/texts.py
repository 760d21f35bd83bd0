"""What descriptions of the data say in words, in the language at hand."""

from django.conf import settings
from django.utils.translation import gettext as _

KEYWORDS = [
    "social and solidarity economy",
    "cooperatives",
    "associations",
    "social enterprises",
    "Europe",
    "map",
]


def title() -> str:
    """What the whole is called."""
    return _("%(site)s: initiatives of the social and solidarity economy in Europe") % {
        "site": settings.SITE_NAME
    }


def description() -> str:
    """What it holds."""
    return _(
        "Places, groups, services and enterprises of the social and solidarity economy: what they do, where they are, "
        "who brought the record. Only what is public; positions as fine as each initiative allows."
    )


def publisher() -> str:
    """Who publishes: whoever runs this installation, else the site itself."""
    return settings.PUBLISHER["name"] or settings.SITE_NAME
