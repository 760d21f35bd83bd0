"""What happens that anyone may like to hear of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Happening(TextChoices):
    """What happened."""

    INITIATIVE = "initiative", _("initiative published")
    IMPORT = "import", _("initiatives imported")
    COLLECTIVE = "collective", _("collective published")
    GROUP = "group", _("group begun")
    TOPIC = "topic", _("topic begun")
    NAMED = "named", _("initiative belongs to a group")
    OFFER = "offer", _("offer published")
    NEED = "need", _("need published")
