"""Who may run a campaign, nominate, judge, like and look at flags: the one place for rights of campaigns.

Ask may(): whoever may do all would otherwise be one of the people of every initiative.
"""

import rules

from community.groups.rules import signed_in
from initiatives.rules import animates
from initiatives.vouching.reading import own

from .enums import NominationState, Phase
from .models import Campaign, Juror, LikeFlag, Nomination
from .nominating import people

# While its people may still say yes or no, and while a nomination may be taken back.
ANSWERED_IN = (Phase.CALL, Phase.SELECTION)
WITHDRAWN_IN = (*ANSWERED_IN, Phase.LIKES)
STANDING = (NominationState.PROPOSED, NominationState.ACCEPTED, NominationState.SELECTED)
# Whose words may still change, in the call.
OPEN = (NominationState.PROPOSED, NominationState.ACCEPTED)


def may(member, right: str, on=None) -> bool:
    """Whether a right of the list below is given."""
    return rules.has_perm(f"campaigns.{right}", member, on)


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
    """Is one of the people of the nominated initiative; the rule itself, as who may do all is not."""
    return nomination is not None and rules.has_perm(
        "initiatives.speak_for_initiative", member, nomination.initiative
    )


@rules.predicate
def nominated(member, nomination) -> bool:
    """Put it forward."""
    return nomination is not None and nomination.by_id == member.pk


@rules.predicate
def made_it(member, nomination) -> bool:
    """Handed in an initiative that nobody else speaks for."""
    return nomination is not None and people.asked(nomination.initiative).filter(pk=member.pk).exists()


@rules.predicate
def has_nobody(member, nomination) -> bool:
    """Is of an initiative of which nobody can be asked here."""
    return nomination is not None and not people.asked(nomination.initiative).exists()


@rules.predicate
def waits(member, nomination) -> bool:
    """Its people have not answered, and may still."""
    return (
        nomination is not None
        and nomination.state == NominationState.PROPOSED
        and nomination.campaign.phase in ANSWERED_IN
    )


@rules.predicate
def may_go(member, nomination) -> bool:
    """Stands in a campaign that nobody counts yet."""
    return (
        nomination is not None and nomination.state in STANDING and nomination.campaign.phase in WITHDRAWN_IN
    )


@rules.predicate
def is_in_call(member, nomination) -> bool:
    """Is still before the selection."""
    return nomination is not None and nomination.campaign.phase == Phase.CALL


@rules.predicate
def is_open(member, nomination) -> bool:
    """Waits for its people, or was accepted, and no jury reads it yet."""
    return nomination is not None and nomination.state in OPEN and nomination.campaign.phase == Phase.CALL


@rules.predicate
def is_accepted(member, nomination) -> bool:
    """Its people have said yes."""
    return nomination is not None and nomination.state == NominationState.ACCEPTED


@rules.predicate
def is_flagged(member, flag) -> bool:
    """Is one of those whose likes it is about; of no flag: is not."""
    return isinstance(flag, LikeFlag) and flag.ballots.filter(member=member).exists()


runs = signed_in & (rules.is_superuser | animates)

rules.add_perm("campaigns.run_campaign", runs)
rules.add_perm("campaigns.see_campaign", is_public | runs)
rules.add_perm("campaigns.read_figures", runs)
rules.add_perm("campaigns.nominate", signed_in & is_called)
# Of an initiative that nobody speaks for: who handed it in, else those who run the campaign and ask elsewhere.
its_people = speaks_for | made_it
rules.add_perm("campaigns.answer_for_initiative", signed_in & its_people)
rules.add_perm("campaigns.answer_nomination", signed_in & waits & (its_people | (runs & has_nobody)))
# Who put it forward until the selection begins; afterwards it is its people's.
leaves = (nominated & is_in_call) | its_people | runs
rules.add_perm("campaigns.withdraw_nomination", signed_in & may_go & leaves)
# The jury reads what was said when the call ended.
rules.add_perm("campaigns.revise_nomination", signed_in & is_open & (nominated | (its_people & is_accepted)))
# One that not everyone sees.
rules.add_perm("campaigns.read_nomination", signed_in & (nominated | its_people | judges | runs))
# Notes and marks of a jury are for the jury and those who run the campaign.
rules.add_perm("campaigns.read_jury", signed_in & (judges | runs))
rules.add_perm("campaigns.judge", signed_in & judges & is_selecting & ~has_conflict)
rules.add_perm("campaigns.declare_conflict", signed_in & judges & is_selecting)
rules.add_perm("campaigns.select", runs & is_selecting & ~has_conflict)
# Not even those who may do all like their own, nor decide on what they flagged alone: ask the rule.
rules.add_perm("campaigns.like", signed_in & ~is_own)
rules.add_perm("campaigns.decide_flag", runs & ~is_flagged)
