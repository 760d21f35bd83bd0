"""Who asks: a member, whoever proved an address for this campaign, or nobody yet; and what they like."""

from django.http import HttpRequest

from community.models import Member

from ..models import Ballot, Campaign, Like

# Where the session keeps the ballots of whoever has no account: by campaign.
KEPT = "ballots"
# The digests of the addresses to which codes were mailed.
ASKED = "ballot_codes"


def voter(request: HttpRequest, campaign: Campaign) -> Member | Ballot | None:
    """The member, or the ballot of the session; None for who has to sign in or ask for a code first."""
    if request.user.is_authenticated:
        return request.user
    if not campaign.by_code:
        return None
    key = request.session.get(KEPT, {}).get(str(campaign.pk))
    # One that went over to an account is liked with by signing in.
    return key and Ballot.objects.filter(pk=key, campaign=campaign, member=None).first()


def keep(request: HttpRequest, ballot: Ballot) -> None:
    """From now on the session likes with this ballot."""
    request.session.cycle_key()
    request.session[KEPT] = {**request.session.get(KEPT, {}), str(ballot.campaign_id): ballot.pk}


def liked(campaign: Campaign, by: Member | Ballot | None) -> set[int]:
    """The nominations that somebody likes, by primary key; without those declared void."""
    if by is None:
        return set()
    rows = Like.objects.filter(ballot__campaign=campaign, voided_at=None)
    rows = rows.filter(ballot__member=by) if isinstance(by, Member) else rows.filter(ballot=by)
    return set(rows.values_list("nomination", flat=True))
