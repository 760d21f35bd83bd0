"""Who may run a campaign, nominate, judge, like and look at flags: the one place for rights of campaigns."""

import rules

from community.groups.rules import signed_in
from initiatives.rules import animates
from initiatives.vouching.reading import own

from .enums import NominationState, Phase
from .models import Campaign, Juror, Nomination


def _campaign(on) -> Campaign | None:
    return on.campaign if isinstance(on, Nomination) else on


@rules.predicate
def is_public(member, campaign) -> bool:
    """Is past its preparation."""
    return campaign is not None and campaign.is_public


@rules.predicate
def is_called(member, campaign) -> bool:
    """Takes nominations now, as it is stored."""
    return campaign is not None and campaign.phase == Phase.CALL


@rules.predicate
def is_selecting(member, on) -> bool:
    """The jury of its campaign is at work, as it is stored."""
    return on is not None and _campaign(on).phase == Phase.SELECTION


@rules.predicate
def judges(member, on) -> bool:
    """Is in the jury of its campaign."""
    return on is not None and Juror.objects.filter(campaign=_campaign(on), member=member).exists()


@rules.predicate
def has_conflict(member, on) -> bool:
    """Said that they have to do with the nominated initiative, or belong to its people."""
    if not isinstance(on, Nomination):
        return False
    return is_own.test(member, on) or on.conflicts.filter(juror__member=member).exists()


@rules.predicate
def is_own(member, nomination) -> bool:
    """Made or handed in the initiative, or belongs to its collective, or speaks for it."""
    return nomination is not None and (
        own(member).filter(pk=nomination.initiative_id).exists() or speaks_for.test(member, nomination)
    )


@rules.predicate
def speaks_for(member, nomination) -> bool:
    """Is one of the people of the nominated initiative."""
    return nomination is not None and member.has_perm(
        "initiatives.speak_for_initiative", nomination.initiative
    )


@rules.predicate
def nominated(member, nomination) -> bool:
    """Put it forward."""
    return nomination is not None and nomination.by_id == member.pk


@rules.predicate
def waits(member, nomination) -> bool:
    """Its people have not answered."""
    return nomination is not None and nomination.state == NominationState.PROPOSED


runs = signed_in & (rules.is_superuser | animates)

rules.add_perm("campaigns.run_campaign", runs)
rules.add_perm("campaigns.see_campaign", is_public | runs)
rules.add_perm("campaigns.nominate", signed_in & is_called)
rules.add_perm("campaigns.answer_nomination", signed_in & waits & speaks_for)
rules.add_perm("campaigns.withdraw_nomination", signed_in & (nominated | speaks_for | runs))
# Notes and marks of a jury are for the jury and those who run the campaign.
rules.add_perm("campaigns.read_jury", signed_in & (judges | runs))
rules.add_perm("campaigns.judge", signed_in & judges & is_selecting & ~has_conflict)
rules.add_perm("campaigns.declare_conflict", signed_in & judges & is_selecting)
rules.add_perm("campaigns.select", runs & is_selecting)
# Not even those who may do all like their own, nor decide on what they flagged alone: ask the rule.
rules.add_perm("campaigns.like", signed_in & ~is_own)
rules.add_perm("campaigns.decide_flag", runs)
