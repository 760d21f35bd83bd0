"""The way from the page of an initiative into a campaign that takes nominations."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.ways import Way

from ..models import Campaign

MOST = 3


def to_campaigns(initiative: Initiative, reader) -> Iterable[Way]:
    """One for each open call in which it does not stand yet."""
    for campaign in Campaign.objects.calling_for(initiative).only("slug", "titles")[:MOST]:
        page = reverse("campaigns:nominate", args=[campaign.slug])
        yield Way(
            _("Nominate for %(campaign)s") % {"campaign": campaign.title},
            f"{page}?{urlencode({'initiative': initiative.uuid})}",
            "like",
        )
