"""What likes are measured on: a campaign with twenty selected in ten themes, and members who have a ballot."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from .place import Address

MEMBERS, NOMINEES, THEMES = 10_000, 20, 10
# A table like that of likes, with all that an insertion has to keep up and to look at.
EQUAL = """
CREATE TABLE bench_like (LIKE campaigns_like INCLUDING ALL);
ALTER TABLE bench_like
  ADD FOREIGN KEY (ballot_id) REFERENCES campaigns_ballot DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (nomination_id) REFERENCES campaigns_nomination DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (theme_id) REFERENCES campaigns_campaigntheme DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE bench_row (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, member_id bigint NOT NULL, at timestamptz NOT NULL
);
"""
# No foreign key leads from the lines to their campaign.
CLEAN = """
DROP TABLE IF EXISTS bench_like, bench_row;
TRUNCATE campaigns_campaign, campaigns_likeline CASCADE
"""
# Their rows stay, as members of a kept database; nobody lists them.
BALLOTS = """
INSERT INTO campaigns_ballot (campaign_id, member_id, address, voter, made_at, network, is_disposable)
SELECT %s, id, '', gen_random_uuid(), now(), '', false FROM community_member WHERE id >= %s AND id < %s ORDER BY id
"""


@dataclass(frozen=True)
class Stage:
    """A campaign in its phase of likes; ids go up by one from the first ones."""

    campaign: int
    slug: str
    member: int
    ballot: int
    nomination: int
    theme: int

    def words(self) -> dict[str, str]:
        """For scripts of pgbench."""
        return {
            name: str(getattr(self, name)) for name in ("campaign", "member", "ballot", "nomination", "theme")
        }


@contextmanager
def stage(address: Address, **rule: int) -> Iterator[Stage]:
    """The campaign until the end of the block, with the caps that are named."""
    with address.connect() as connection:
        connection.execute(CLEAN)
        connection.execute(EQUAL)
        try:
            made = _made(rule)
            connection.execute(BALLOTS, [made["campaign"], made["member"], made["member"] + MEMBERS])
            ballot, number = connection.execute("SELECT min(id), count(*) FROM campaigns_ballot").fetchone()
            if number != MEMBERS:
                raise RuntimeError(f"expected {MEMBERS} ballots, made {number}")
            connection.execute("ANALYZE campaigns_ballot, campaigns_nomination, campaigns_campaign")
            yield Stage(ballot=ballot, **made)
        finally:
            connection.execute(CLEAN)


def _made(rule: dict[str, int]) -> dict:
    from django.utils import timezone

    from campaigns.enums import NominationState, Phase
    from campaigns.models import Campaign, CampaignTheme, Nomination
    from initiatives.models import Initiative
    from vocabulary.models import Theme

    now, day = timezone.now(), timedelta(days=1)
    campaign = Campaign.objects.create(
        slug=f"bench-{uuid.uuid4().hex[:8]}",
        titles={"en": "Bench"},
        phase=Phase.LIKES,
        call_from=now - 30 * day,
        selection_from=now - 20 * day,
        likes_from=now - 10 * day,
        likes_until=now + 10 * day,
        results_from=now + 11 * day,
        # As after the first like.
        frozen_at=now,
        **rule,
    )
    themes = CampaignTheme.objects.bulk_create(
        CampaignTheme(campaign=campaign, theme=theme, order=place)
        for place, theme in enumerate(Theme.objects.filter(parent=None).order_by("pk")[:THEMES])
    )
    published = Initiative.objects.filter(status="published").order_by("pk").values_list("pk", flat=True)
    nominations = Nomination.objects.bulk_create(
        Nomination(
            campaign=campaign,
            theme=themes[place % THEMES],
            initiative_id=key,
            state=NominationState.SELECTED,
            pitch="x",
            language="en",
        )
        for place, key in enumerate(published[:NOMINEES])
    )
    return {
        "campaign": campaign.pk,
        "slug": campaign.slug,
        "member": _members(),
        "nomination": nominations[0].pk,
        "theme": themes[0].pk,
    }


def _members() -> int:
    """The first of the members, made in one go the first time, so that their ids follow each other."""
    from allauth.account.models import EmailAddress

    from community.models import Member

    emails = [f"liking{number:05}@bench.example" for number in range(MEMBERS)]
    if not Member.objects.filter(email=emails[-1]).exists():
        made = Member.objects.bulk_create(Member(email=email) for email in emails)
        EmailAddress.objects.bulk_create(
            EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in made
        )
    return Member.objects.get(email=emails[0]).pk
