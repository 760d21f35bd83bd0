"""How somebody comes to run a collective, and how far that is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClaimWay(TextChoices):
    """What somebody rests on who says that a collective is theirs."""

    FOUNDING = "founding", _("a new collective")
    MAIL = "mail", _("an address of its website")
    REQUEST = "request", _("a request")


class ClaimState(TextChoices):
    """What became of it."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
