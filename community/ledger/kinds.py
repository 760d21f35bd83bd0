"""What counts as a contribution and how much: one table, which the ledger writes by and a page explains."""

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What somebody did."""

    PUBLISHED = "published", _("initiative published")
    FOUNDED = "founded", _("collective founded")
    IMPORTED = "imported", _("import done")
    CORRECTED = "corrected", _("correction accepted")
    INVITED = "invited", _("invitation accepted")
    CONFIRMED = "confirmed", _("initiative confirmed")
    REVIEWED = "reviewed", _("review decided")
    VOUCHED = "vouched", _("vouched for an initiative")
    TOPIC = "topic", _("topic begun")
    REPLY = "reply", _("reply written")
    SETTLED = "settled", _("offer or need settled")


class Counted(NamedTuple):
    """How much one kind counts, and when."""

    weight: int
    when: str


KINDS = {
    Kind.PUBLISHED: Counted(5, _("An initiative that you handed in is on the map.")),
    Kind.FOUNDED: Counted(3, _("A collective that you proposed is published.")),
    Kind.IMPORTED: Counted(3, _("An import that you started is written.")),
    Kind.CORRECTED: Counted(2, _("A change that you suggested is accepted.")),
    Kind.INVITED: Counted(2, _("Somebody whom you invited to a collective or a group has joined it.")),
    Kind.CONFIRMED: Counted(1, _("You say that an initiative is up to date, once a year for each.")),
    Kind.REVIEWED: Counted(1, _("You decide on an initiative of somebody else, once for each.")),
    Kind.VOUCHED: Counted(1, _("You vouch for an initiative nearby, once for each.")),
    Kind.SETTLED: Counted(
        2, _("An offer or a need is settled between you and somebody else: it counts for both of you.")
    ),
    Kind.TOPIC: Counted(1, _("You begin a topic in a group.")),
    Kind.REPLY: Counted(1, _("You answer in a topic of a group.")),
}
