"""What is done about an offer or a need by those who are not its people, and with them: each a function that checks.

In a conversation nobody stands in for anybody: the rule is asked, not the member, so that who may do all reads none.
"""

from datetime import timedelta

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.ledger.actions import record
from community.ledger.kinds import Kind
from community.models import Member

from ...enums import ExchangeStatus
from ...models import Conversation, ConversationMessage, Exchange, ExchangeReport
from ...models.answering import LONGEST_MESSAGE, LONGEST_REASON
from ...querysets_exchange import DAY
from ..ending import end
from . import letters

ROOM = "exchange"
# By one writer in one conversation, and to how many new ones one member writes, within a day.
MOST_A_DAY = 20
MOST_BEGUN_A_DAY = 20
# A second press of the button within this time is the first one.
TWICE_WITHIN = timedelta(minutes=1)


class ClosedError(Exception):
    """Too late, told in words: it has ended, was removed, or the other side is gone."""


class TooOftenError(Exception):
    """Somebody has written a lot today."""


def _check_right(by: Member, right: str, on: models.Model) -> None:
    if not rules.has_perm(f"initiatives.{right}", by, on):
        raise PermissionDenied(f"{right} is not for this member.")


def _locked(pk: int) -> Exchange:
    """The stored row, on which nobody else writes before this transaction ends; ClosedError where it is gone."""
    rows = Exchange.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("initiative", "collective").filter(pk=pk).first()
    if found is None:
        raise ClosedError(_("This offer or need is gone."))
    return found


def _said(text: str, field: str, longest: int, empty: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({field: empty})
    if len(text) > longest:
        raise ValidationError({field: _("At most %(n)s signs.") % {"n": longest}})
    return text


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def answer(exchange: Exchange, *, by: Member, text: str) -> ConversationMessage:
    """Begin a conversation with its people, or go on with one's own; whoever is blocked learns nothing of it.

    ClosedError, TooOftenError, ValidationError by field.
    """
    # Two at once are counted one after the other.
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    stored = _locked(exchange.pk)
    if own := stored.conversations.filter(member=by).first():
        return _reply(own, stored, by, text)
    if not stored.is_open:
        raise ClosedError(_("This has ended: nobody waits for an answer any more."))
    _check_right(by, "answer_exchange", stored)
    text = _checked(text)
    if Conversation.objects.begun_today().filter(member=by).count() >= MOST_BEGUN_A_DAY:
        raise TooOftenError
    begun = Conversation.objects.create(exchange=stored, member=by)
    message = _added(begun, by, text)
    if stored.first_answer_at is None:
        stored.first_answer_at = message.at
        stored.save(update_fields=["first_answer_at"])
    return message


@transaction.atomic
def reply(conversation: Conversation, *, by: Member, text: str) -> ConversationMessage:
    """A message of either side, also after the end. ClosedError, TooOftenError, ValidationError by field."""
    stored = _locked(conversation.exchange_id)
    found = stored.conversations.filter(pk=conversation.pk).first()
    if found is None:
        raise ClosedError(_("This conversation is gone."))
    return _reply(found, stored, by, text)


def _reply(found: Conversation, exchange: Exchange, by: Member, text: str) -> ConversationMessage:
    found.exchange = exchange
    _check_right(by, "read_conversation", found)
    if exchange.status == ExchangeStatus.REMOVED:
        raise ClosedError(_("A moderator removed it: nothing is added any more."))
    if not found.member.is_active:
        raise ClosedError(_("They have no account any more: nobody would read it."))
    text = _checked(text)
    today = found.messages.filter(by=by, at__gt=timezone.now() - DAY)
    if twice := today.filter(text=text, at__gt=timezone.now() - TWICE_WITHIN).last():
        return twice
    if today.count() >= MOST_A_DAY:
        raise TooOftenError
    return _added(found, by, text)


def _checked(text: str) -> str:
    return _said(text, "text", LONGEST_MESSAGE, _("Write a few words."))


def _added(conversation: Conversation, by: Member, text: str) -> ConversationMessage:
    made = conversation.messages.create(by=by, from_people=by.pk != conversation.member_id, text=text)
    conversation.written_at = made.at
    conversation.save(update_fields=["written_at"])
    # Also where nobody will hear of it: what takes as long tells nothing.
    letters.tell_of(made)
    return made


# ── What comes of it ────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def settle(exchange: Exchange, *, by: Member, conversation: Conversation | None = None) -> Exchange:
    """It was found or given: thanks to whoever answered in a conversation, which counts for both, or elsewhere.

    This is final. ClosedError where it has ended already, ValidationError for a conversation on something else.
    """
    stored = _locked(exchange.pk)
    _check_right(by, "run_exchange", stored)
    if not stored.is_open:
        raise ClosedError(_("This has ended already."))
    if conversation is not None:
        thanked = stored.conversations.select_related("member").filter(pk=conversation.pk).first()
        if thanked is None:
            raise ValidationError({"conversation": _("Choose one of those who answered.")})
        thanked.settled_at = timezone.now()
        thanked.save(update_fields=["settled_at"])
        _credit(stored, by, thanked.member)
    end(stored, ExchangeStatus.SETTLED)
    return stored


def _credit(exchange: Exchange, *both: Member) -> None:
    if exchange.initiative:
        place = {
            "collective": exchange.initiative.collective_id,
            "territory": exchange.initiative.territory_id,
        }
    elif exchange.collective:
        place = {"collective": exchange.collective_id, "territory": exchange.collective.territory_id}
    else:
        place = {}
    for one in both:
        record(Kind.SETTLED, by=one, room=ROOM, key=exchange.pk, **place)


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def report(exchange: Exchange, *, by: Member, reason: str) -> ExchangeReport:
    """Tell the moderators what is wrong with it; twice is once. ClosedError, ValidationError without a reason."""
    stored = _locked(exchange.pk)
    if not stored.is_open:
        raise ClosedError(_("This has ended already."))
    _check_right(by, "report_exchange", stored)
    reason = _said(reason, "reason", LONGEST_REASON, _("Say in a few words what is meant."))
    twice = stored.reports.open().filter(by=by).first()
    return twice or stored.reports.create(by=by, reason=reason)


@transaction.atomic
def close_report(
    report: ExchangeReport, *, by: Member, note: str, remove: bool = False
) -> list[ExchangeReport]:
    """Settle a report with a word on what was done, and with `remove` every other one on what is removed by it.

    Its people get a mail with that word then. ClosedError where somebody was faster, ValidationError without a word.
    """
    stored = _locked(report.exchange_id)
    reports = stored.reports.open().select_for_update().order_by("pk")
    found = list(reports if remove else reports.filter(pk=report.pk))
    if not any(one.pk == report.pk for one in found):
        raise ClosedError(_("Somebody has closed it already."))
    _check_right(by, "close_exchange_report", found[0])
    note = _said(note, "note", LONGEST_REASON, _("Say what you did, for whoever looks at it next."))
    for one in found:
        one.closed_at, one.closed_by, one.note = timezone.now(), by, note
        one.save(update_fields=["closed_at", "closed_by", "note"])
    if remove and stored.status != ExchangeStatus.REMOVED:
        end(stored, ExchangeStatus.REMOVED)
        letters.tell_of_removal(report)
    return found
