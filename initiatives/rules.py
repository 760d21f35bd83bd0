"""Who may do what with an initiative: the one place where rights are written."""

import rules

from community.members.enums import CollectiveRole, Role
from territories.models import Collective

from .collectives import rules as collectives
from .enums import Status, Verb, VouchKind
from .exchange import rules as exchange
from .following import rules as following
from .groups import rules as groups
from .models import Initiative, Network
from .vouching import reading as vouching

__all__ = ["RIGHTS", "collectives", "exchange", "following", "groups"]

# Before anyone decided; afterwards it belongs to its people.
UNDER_WAY = (Status.DRAFT, Status.CHANGES_ASKED, Status.PENDING)


@rules.predicate
def moderates(member, initiative) -> bool:
    """Reviews the whole site or a part of it."""
    return member.has_role(Role.MODERATOR)


@rules.predicate
def animates(member) -> bool:
    """Manages the community, or works in the administration."""
    return member.has_role(Role.ANIMATOR) or member.is_staff


@rules.predicate
def is_in_scope(member, initiative) -> bool:
    """Lies within what a moderator is limited to, as it is stored; without an initiative: is not limited."""
    if initiative is None:
        return not member.review_scopes.exists()
    return Initiative.objects.filter(pk=initiative.pk).in_scopes_of(member).exists()


@rules.predicate
def is_facilitator(member, initiative) -> bool:
    """Runs the collective that carries the initiative."""
    return (
        initiative is not None
        and initiative.collective_id is not None
        and member.collective_memberships.current()
        .filter(collective=initiative.collective_id, role=CollectiveRole.FACILITATOR)
        .exists()
    )


@rules.predicate
def is_steward(member, initiative) -> bool:
    """Runs a network that the initiative belongs to."""
    return (
        initiative is not None
        and member.stewarded_networks.filter(
            memberships__initiative=initiative, memberships__until=None
        ).exists()
    )


@rules.predicate
def runs_network(member, network) -> bool:
    """Runs the network that is imported into."""
    return isinstance(network, Network) and member.stewarded_networks.filter(pk=network.pk).exists()


@rules.predicate
def is_author(member, initiative) -> bool:
    """Made the initiative, which nobody has taken on yet."""
    return (
        initiative is not None
        and initiative.status in UNDER_WAY
        and initiative.status_changes.filter(verb=Verb.CREATE, by=member).exists()
    )


@rules.predicate
def belongs_to_collective(member, collective) -> bool:
    """Is a member of a collective, as whatever."""
    return (
        isinstance(collective, Collective)
        and member.collective_memberships.current().filter(collective=collective).exists()
    )


@rules.predicate
def runs_collective(member, collective) -> bool:
    """Facilitates a collective."""
    return (
        isinstance(collective, Collective)
        and member.collective_memberships.current()
        .filter(collective=collective, role=CollectiveRole.FACILITATOR)
        .exists()
    )


@rules.predicate
def reviews_collective(member, collective) -> bool:
    """Reviews all that a collective carries: the whole site, or this collective among others."""
    scopes = member.review_scopes
    return isinstance(collective, Collective) and (
        scopes.filter(collective=collective).exists() or not scopes.exists()
    )


@rules.predicate
def vouching_is_on() -> bool:
    """Neighbours validate here."""
    return vouching.is_on()


@rules.predicate
def awaits_review(member, initiative) -> bool:
    """Is handed in and nobody has decided on it."""
    return initiative is not None and initiative.status == Status.PENDING


@rules.predicate
def is_neighbour(member, initiative) -> bool:
    """Belongs to a published collective rooted where the initiative lies, as it is stored."""
    return vouching.near(member).filter(pk=initiative.pk).exists()


@rules.predicate
def is_own(member, initiative) -> bool:
    """Made it, handed it in, or belongs to the collective that carries it."""
    return vouching.own(member).filter(pk=initiative.pk).exists()


@rules.predicate
def decides_for_its_people(member, proposal) -> bool:
    """Is one of the people of what it would change, and did not propose it."""
    return (
        proposal is not None and proposal.by_id != member.pk and its_people.test(member, proposal.initiative)
    )


@rules.predicate
def reviews_its_initiative(member, proposal) -> bool:
    """Reviews what it would change; what they propose themselves they could as well write there."""
    return proposal is not None and reviewers.test(member, proposal.initiative)


@rules.predicate
def has_objected(member, initiative) -> bool:
    """Objected to it, in a collective that they may have left since."""
    return (
        initiative is not None and initiative.vouches.filter(member=member, kind=VouchKind.OBJECTION).exists()
    )


signed_in = rules.is_authenticated & rules.is_active
its_people = signed_in & (is_facilitator | is_steward)
reviewers = signed_in & (rules.is_superuser | (moderates & is_in_scope))
authors = signed_in & is_author

RIGHTS = {
    Verb.CREATE: signed_in,
    Verb.SUBMIT: its_people | authors | reviewers,
    Verb.PUBLISH: reviewers,
    Verb.ASK_CHANGES: reviewers,
    Verb.REJECT: reviewers,
    Verb.ARCHIVE: its_people | reviewers,
    Verb.RESTORE: reviewers,
    Verb.CLOSE: its_people | reviewers,
    Verb.CONFIRM: its_people | reviewers,
    Verb.REVISE: its_people | authors | reviewers,
    # Of a network, as an import is.
    Verb.IMPORT: signed_in & (rules.is_superuser | runs_network),
    # Of both that become one.
    Verb.MERGE: reviewers,
    Verb.SPLIT: reviewers,
}

for verb, right in RIGHTS.items():
    rules.add_perm(f"initiatives.{verb}", right)
rules.add_perm("initiatives.read_exact_position", its_people | authors | reviewers)
rules.add_perm("initiatives.read_unpublished", its_people | authors | reviewers)
# Its people alone: in its name.
rules.add_perm("initiatives.speak_for_initiative", its_people)
rules.add_perm("initiatives.review", reviewers)
rules.add_perm("initiatives.settle_report", reviewers)
# Of an initiative: to read what is proposed for it; of a proposal: to take it over or refuse it.
rules.add_perm("initiatives.open_proposals", its_people | reviewers)
rules.add_perm("initiatives.decide_proposal", decides_for_its_people | reviews_its_initiative)
# Of no initiative: whether there is a queue for this member at all.
rules.add_perm("initiatives.open_reviews", signed_in & (rules.is_superuser | moderates))
# Of a collective: its page of numbers and care, and what is not published there.
tending = signed_in & (rules.is_superuser | runs_collective | (moderates & reviews_collective))
rules.add_perm("initiatives.tend_collective", tending)
rules.add_perm("initiatives.open_dashboard", tending | (signed_in & belongs_to_collective))
# Of nobody's own, not even of those who may do all: ask the rule, not the member.
vouching_for = signed_in & vouching_is_on & awaits_review
rules.add_perm("initiatives.vouch", vouching_for & is_neighbour & ~is_own)
rules.add_perm("initiatives.take_back_word", vouching_for & (has_objected | (is_neighbour & ~is_own)))
# Of nothing: to freeze all that is public, and to take such files back.
rules.add_perm("initiatives.make_snapshot", signed_in & (rules.is_superuser | animates))
