"""Who may publish, run, answer and report offers and needs, and read what is written on them."""

import rules

from community.collectives.rules import facilitates
from community.groups.rules import signed_in
from community.members.enums import Role
from territories.enums import CollectiveStatus
from territories.models import Collective

from ..models import Conversation, Exchange, Initiative


@rules.predicate
def may_publish_for(member, holder) -> bool:
    """Speaks for a published initiative or collective; for themselves, with neither, anybody does."""
    if isinstance(holder, Initiative):
        return holder.is_published and member.has_perm("initiatives.speak_for_initiative", holder)
    if isinstance(holder, Collective):
        return holder.status == CollectiveStatus.PUBLISHED and facilitates.test(member, holder)
    return holder is None


@rules.predicate
def runs(member, exchange) -> bool:
    """Answers for it: its author where it is nobody else's, else the people of its initiative or collective."""
    return exchange is not None and Exchange.objects.run_by(member).filter(pk=exchange.pk).exists()


@rules.predicate
def is_shown(member, exchange) -> bool:
    """Everyone sees it, as it is stored."""
    return exchange is not None and Exchange.objects.shown().filter(pk=exchange.pk).exists()


@rules.predicate
def answers(member, conversation) -> bool:
    """Began the conversation."""
    return conversation is not None and conversation.member_id == member.pk


@rules.predicate
def runs_its_exchange(member, conversation) -> bool:
    """Is written to in the conversation."""
    return isinstance(conversation, Conversation) and runs.test(member, conversation.exchange)


@rules.predicate
def concerns_others(member, report) -> bool:
    """Nobody closes what is said of what they answer for."""
    return report is None or not runs.test(member, report.exchange)


@rules.predicate
def moderates(member) -> bool:
    """Reviews the whole site or a part of it."""
    return member.has_role(Role.MODERATOR)


keeps_order = signed_in & (rules.is_superuser | moderates)

# Of an initiative, a collective or nothing: one's own.
rules.add_perm("initiatives.publish_exchange", signed_in & may_publish_for)
# Of an offer or need: to change, renew, withdraw or settle it, and to see what fits it.
rules.add_perm("initiatives.run_exchange", signed_in & runs)
rules.add_perm("initiatives.answer_exchange", signed_in & is_shown & ~runs)
rules.add_perm("initiatives.report_exchange", signed_in & is_shown & ~runs)
rules.add_perm("initiatives.read_conversation", signed_in & (answers | runs_its_exchange))
# Of nothing, of an offer or need, or of a report on one.
rules.add_perm("initiatives.keep_exchanges_in_order", keeps_order)
rules.add_perm("initiatives.close_exchange_report", keeps_order & concerns_others)
