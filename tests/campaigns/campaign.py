"""What tests of likes share: a campaign in its phase of likes, its nominations, somebody who likes."""

from datetime import timedelta

from django.contrib.gis.geos import Point
from django.utils import timezone

from campaigns.enums import NominationState, Phase
from campaigns.fairness.sealing import seal
from campaigns.models import Ballot, Campaign, LikeLine, Nomination
from community.models import Member
from tests.factories import InitiativeFactory, MemberFactory
from vocabulary.models import Theme

LYON = Point(4.8357, 45.764, srid=4326)


def campaign_of(*counts: int, **values) -> Campaign:
    """A campaign in which likes are open, with so many selected nominations in each theme."""
    now = timezone.now()
    dates = {
        "call_from": now - timedelta(days=60),
        "selection_from": now - timedelta(days=30),
        "likes_from": now - timedelta(days=10),
        "likes_until": now + timedelta(days=10),
        "results_from": now + timedelta(days=11),
    }
    number = Campaign.objects.count()
    values = {"slug": f"campaign-{number}", "titles": {"en": f"Campaign {number}"}, **dates, **values}
    made = Campaign.objects.create(**{"phase": Phase.LIKES, **values})
    roots = Theme.objects.filter(parent=None).order_by("pk")
    for theme, count in zip(roots, counts or (2,), strict=False):
        stands = made.themes.create(theme=theme)
        for _number in range(count):
            nominee(made, stands)
    return made


def nominee(campaign: Campaign, theme=None, **values) -> Nomination:
    """One more selected nomination."""
    given = {"state": NominationState.SELECTED, "answered_at": timezone.now(), "pitch": "Good bread."}
    return campaign.nominations.create(
        theme=theme or campaign.themes.first(),
        initiative=InitiativeFactory(published=True),
        language="en",
        **{**given, **values},
    )


def voter(**values) -> Member:
    """A member whose address is confirmed."""
    made = MemberFactory(**values)
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    return made


def replayed(campaign: Campaign) -> set[tuple[str, int]]:
    """(voter, nomination) of the likes that stand, by the log as the worker completes it, one line after another."""
    seal(campaign)
    stand: set[tuple[str, int]] = set()
    lines = LikeLine.objects.filter(campaign=campaign).order_by("number", "pk")
    for voter_, nomination, act in lines.values_list("voter", "nomination", "act"):
        (stand.add if act == "like" else stand.discard)((str(voter_), nomination))
    return stand


def standing(campaign: Campaign) -> set[tuple[str, int]]:
    """The same by the likes that are stored."""
    rows = Ballot.objects.filter(campaign=campaign, likes__isnull=False, likes__voided_at=None)
    return {
        (str(voter_), nomination) for voter_, nomination in rows.values_list("voter", "likes__nomination")
    }
