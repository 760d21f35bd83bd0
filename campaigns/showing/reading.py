"""What the page of a campaign shows to a reader, as far as its phase and its rule tell it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from community.groups import rules as groups
from community.groups.models import Group
from community.models import Member
from community.topics import showing as topics

from ..enums import NominationState, Phase, Totals
from ..likes.order import ordered
from ..likes.voters import liked
from ..models import Ballot, Campaign, CampaignTheme, Like, Nomination
from ..nominating import people

MOST_TOPICS = 3


@dataclass(frozen=True)
class Card:
    """A nomination as the page shows it: `likes` only where the rule or the results tell them."""

    nomination: Nomination
    likes: int | None
    is_liked: bool
    is_own: bool

    @property
    def is_laureate(self) -> bool:
        """Whether it is one of its theme's."""
        return self.nomination.state == NominationState.LAUREATE


@dataclass(frozen=True)
class Prize:
    """A theme with its laureates and the others, the most liked first."""

    theme: CampaignTheme
    cards: list[Card]

    @property
    def laureates(self) -> list[Card]:
        """Those that were liked most."""
        return [card for card in self.cards if card.is_laureate]

    @property
    def others(self) -> list[Card]:
        """The rest of the selection."""
        return [card for card in self.cards if not card.is_laureate]


def _likes(campaign: Campaign, rows: Sequence[Nomination]) -> dict[int, int]:
    """Numbers that may be told: with the results, or meanwhile where the rule says so."""
    if campaign.phase == Phase.RESULTS:
        return {row.pk: row.likes_counted for row in rows if row.likes_counted is not None}
    if campaign.totals != Totals.OPEN or campaign.phase not in (Phase.LIKES, Phase.COUNTING):
        return {}
    valid = Like.objects.filter(nomination__in=[row.pk for row in rows], voided_at=None)
    told = dict(valid.values_list("nomination").annotate(n=Count("pk")).order_by())
    return {row.pk: told.get(row.pk, 0) for row in rows}


def liked_by(campaign: Campaign, by: Member | Ballot | None) -> set[int]:
    """Nominations that a member likes, or a ballot."""
    return liked(campaign, by) if campaign.phase == Phase.LIKES else set()


def cards(campaign: Campaign, reader, by: Member | Ballot | None, reader_key: str) -> list[Card]:
    """What everyone sees of it now, in the order of this reader and day; with the results the most liked first."""
    rows = list(Nomination.objects.filter(campaign=campaign).shown_in(campaign.phase).for_cards())
    for row in rows:
        row.campaign = campaign
    numbers, own_likes = _likes(campaign, rows), liked_by(campaign, by)
    own = set()
    if campaign.phase == Phase.LIKES:
        own = people.own_among(reader, [row.initiative_id for row in rows])
    if campaign.phase == Phase.RESULTS:
        rows.sort(key=lambda row: (row.theme.order, row.place or len(rows), row.initiative.name))
    else:
        rows = ordered(rows, reader_key, timezone.localdate())
    return [Card(row, numbers.get(row.pk), row.pk in own_likes, row.initiative_id in own) for row in rows]


def card(campaign: Campaign, row: Nomination, reader, by: Member | Ballot | None) -> Card:
    """One that everyone sees now."""
    own = people.own_among(reader, [row.initiative_id]) if campaign.phase == Phase.LIKES else set()
    numbers, own_likes = _likes(campaign, [row]), liked_by(campaign, by)
    return Card(row, numbers.get(row.pk), row.pk in own_likes, row.initiative_id in own)


def facets(campaign: Campaign, shown: Sequence[Card]) -> list[tuple[CampaignTheme, int]]:
    """The themes of a campaign in their order, with how many of the cards stand in each."""
    number = Counter(card.nomination.theme_id for card in shown)
    return [(row, number[row.pk]) for row in campaign.themes.select_related("theme__parent")]


def prizes(themes: Sequence[tuple[CampaignTheme, int]], shown: Sequence[Card]) -> list[Prize]:
    """The results: each theme that has a selection."""
    found = [Prize(row, [card for card in shown if card.nomination.theme_id == row.pk]) for row, _n in themes]
    return [prize for prize in found if prize.cards]


def taking_part(campaign: Campaign, reader) -> dict[str, Any] | None:
    """The group of those who take part, for whoever may know of it, and what it talks about."""
    group = Group.objects.visible_to(reader).filter(pk=campaign.group_id).read_by(reader).first()
    if group is None:
        return None
    rows = group.topics.for_lists().in_order()[:MOST_TOPICS]
    return {
        "group": group,
        "members": group.memberships.count(),
        "is_in": groups.membership_of(reader, group) is not None,
        "may_join": groups.may(reader, "join_group", group),
        "topics": topics.topics(rows, reader),
    }
