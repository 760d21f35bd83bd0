"""Writing to a member, blocking and reporting one: a verb is a function that checks the right, in one transaction."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..members.models import Member
from . import letters
from .models import GIVEN_UP_AFTER, KEPT_FOR, Block, MemberReport, RelayedMessage

# To the same member within a day: whoever wants to say more waits for an answer.
MOST_A_DAY = 3


class TooOftenError(Exception):
    """Somebody has written to the same member several times today."""


class ClosedError(Exception):
    """Somebody has closed the report already."""


def _check_right(by: Member, right: str, on: models.Model) -> None:
    if not by.has_perm(f"community.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


@transaction.atomic
def write(receiver: Member, *, by: Member, text: str, shares_address: bool) -> RelayedMessage:
    """Have a message sent; whoever is blocked learns nothing of it. TooOftenError, ValidationError by field."""
    _check_right(by, "write_to_member", receiver)
    return _relay(by, receiver, text, shares_address)


@transaction.atomic
def answer(message: RelayedMessage, *, text: str, shares_address: bool) -> RelayedMessage:
    """Write back, by the link of the mail, which only its receiver has. TooOftenError, ValidationError by field."""
    return _relay(message.receiver, message.sender, text, shares_address, is_reply=True)


def _relay(
    sender: Member, receiver: Member, text: str, shares_address: bool, *, is_reply: bool = False
) -> RelayedMessage:
    if not sender.public_name:
        raise ValidationError(_("Choose a public name in your profile first, so that they know who writes."))
    if not text.strip():
        raise ValidationError({"text": _("Write a few words.")})
    # Two at once are counted one after the other.
    Member.objects.select_for_update(no_key=True).get(pk=sender.pk)
    if RelayedMessage.objects.of_today().filter(sender=sender, receiver=receiver).count() >= MOST_A_DAY:
        raise TooOftenError
    made = RelayedMessage.objects.create(
        sender=sender,
        receiver=receiver,
        text=text.strip(),
        shares_address=shares_address,
        is_reply=is_reply,
    )
    # Also where it will not arrive: what takes as long tells nothing.
    letters.announce(made)
    return made


@transaction.atomic
def block(other: Member, *, by: Member) -> None:
    """Hear nothing of somebody any more; twice is once."""
    _check_right(by, "block_member", other)
    Block.objects.get_or_create(by=by, blocked=other)


@transaction.atomic
def unblock(other: Member, *, by: Member) -> None:
    """Let somebody write again."""
    Block.objects.filter(by=by, blocked=other).delete()


@transaction.atomic
def report(other: Member, *, by: Member, reason: str) -> MemberReport:
    """Tell the moderators of somebody; the same said twice is one. ValidationError without a reason."""
    _check_right(by, "report_member", other)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say in a few words what is meant.")})
    said = {"about": other, "by": by, "reason": reason}
    return MemberReport.objects.open().filter(**said).first() or MemberReport.objects.create(**said)


@transaction.atomic
def close(report: MemberReport, *, by: Member, note: str) -> MemberReport:
    """Settle a report, with a word on what was done; ClosedError, ValidationError."""
    _check_right(by, "close_member_report", report)
    stored = MemberReport.objects.select_for_update(of=("self",)).open().filter(pk=report.pk).first()
    if stored is None:
        raise ClosedError
    if not note.strip():
        raise ValidationError({"note": _("Say what you did, for whoever looks at it next.")})
    stored.closed_at, stored.closed_by, stored.note = timezone.now(), by, note.strip()
    stored.save(update_fields=["closed_at", "closed_by", "note"])
    return stored


def forget_messages() -> int:
    """Delete who wrote to whom long ago; their number."""
    return RelayedMessage.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def forget_unsent() -> int:
    """Delete what no mail server took for days, with its text; their number."""
    late = RelayedMessage.objects.filter(done_at=None, at__lt=timezone.now() - GIVEN_UP_AFTER)
    return late.delete()[0]
