"""What somebody is in a space, and the colours that one may have."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpaceRole(TextChoices):
    """What a member does in a space."""

    FACILITATOR = "facilitator", _("facilitation")
    MEMBER = "member", _("member")


class Accent(TextChoices):
    """Colours that are read well in light and dark; static/css/spaces.css has a class for each."""

    AUBERGINE = "aubergine", pgettext_lazy("colour", "aubergine")
    SLATE = "slate", pgettext_lazy("colour", "slate blue")
    PINE = "pine", pgettext_lazy("colour", "pine green")
    BRICK = "brick", pgettext_lazy("colour", "brick red")
    BRONZE = "bronze", pgettext_lazy("colour", "bronze")
