"""What campaigns keep for a time: rows of the table by which a night deletes and the legal page explains."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.kept import Kept

from .buzz.visiting import forget as forget_visits
from .enums import Phase
from .likes.codes import forget_old
from .models import Ballot

KEPT_FOR = timedelta(days=30)


def forget_digests() -> int:
    """Take addresses and networks out of the ballots of campaigns that are over; their number."""
    before = timezone.now() - KEPT_FOR
    over = Q(campaign__phase=Phase.RESULTS, campaign__results_from__lt=before)
    rows = Ballot.objects.filter(over).exclude(network="", address="")
    return rows.update(network="", address="")


KEPT = (
    Kept(
        "ballot_networks",
        _(
            "From which network, and from which address without an account, somebody liked in a campaign, as a digest"
        ),
        _("30 days after the results"),
        _("So that nobody likes twice, and whoever doubts the results can be answered."),
        forget_digests,
    ),
    Kept(
        "ballot_codes",
        _("Codes that were mailed to like without an account, as a digest"),
        _("the night after"),
        _("They are good for 15 minutes."),
        forget_old,
    ),
    Kept(
        "campaign_visits",
        _("How often a link with a source led to a campaign on a day, as a number"),
        _("24 months"),
        _(
            "So that those who run campaigns learn where people heard of them; nothing about who followed a link."
        ),
        forget_visits,
    ),
)
