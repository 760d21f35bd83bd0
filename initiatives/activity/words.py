"""The stream in sentences."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.kinds import Happening

# Whose thing is an initiative, by its identifier.
OF_INITIATIVES = (Happening.INITIATIVE, Happening.NAMED)
# Which name a group beside their thing.
IN_GROUPS = (Happening.TOPIC, Happening.NAMED)
SENTENCES = {
    Happening.INITIATIVE: _("%(thing)s is on the map"),
    Happening.COLLECTIVE: _("The collective %(thing)s is here"),
    Happening.GROUP: _("The group %(thing)s has begun"),
    Happening.TOPIC: _("%(group)s talks about %(thing)s"),
    Happening.NAMED: _("%(thing)s belongs to the group %(group)s"),
    Happening.OFFER: _("New offer: %(thing)s"),
    Happening.NEED: _("New need: %(thing)s"),
}


def sentence(kind: Happening, number: int) -> str:
    """What a line says, with places for the names."""
    if kind == Happening.IMPORT:
        return ngettext("%(thing)s brought %(n)s initiative", "%(thing)s brought %(n)s initiatives", number)
    return str(SENTENCES[kind])
