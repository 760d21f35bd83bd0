"""Letters to whoever proposed a change: whether the address is theirs, and what was decided."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters import boxes
from community.letters.sending import Letter, send

from ..models import Proposal
from ..telling import posting
from ..telling.piece import Piece
from . import links

CONFIRM = "ask_for_answers"
# To an address that nobody has confirmed, not more often.
AGAIN = timedelta(days=1)


def have_asked(proposal: Proposal) -> bool:
    """Have somebody without an account asked whether the address is theirs; whether they still need to say so.

    In the transaction of the proposal. Anybody may type any address: until its owner has followed the link it gets
    this one letter a day, which tells the name of a published initiative and nothing that was typed.
    """
    if proposal.by_id or not proposal.email:
        return False
    box, now = boxes.locked(proposal.letterbox_id), timezone.now()
    if box.confirmed_at:
        return False
    if box.asked_at is None or box.asked_at < now - AGAIN:
        box.asked_at = now
        box.save(update_fields=["asked_at"])
        app.configure_task(CONFIRM).defer(proposal=proposal.pk)
    return True


def ask_for_answers(pk: int) -> bool:
    """Send the link that confirms the address; whether it was still to be sent."""
    found = Proposal.objects.select_related("initiative").filter(pk=pk, letterbox__confirmed_at=None)
    proposal = found.exclude(email="").first()
    if proposal is None:
        return False
    shown = {"name": proposal.initiative.name, "link": links.address_of(proposal), "days": links.WITHIN.days}
    send(
        proposal.email,
        proposal.language,
        lambda: Letter(
            _("Your suggestion for %(name)s") % {"name": proposal.initiative.name},
            "initiatives/mail/answers.txt",
            shown,
            is_made_up=proposal.initiative.is_demo,
        ),
    )
    return True


def announce(proposal: Proposal) -> None:
    """Have a decision told, in its transaction."""
    if Proposal.objects.untold().filter(pk=proposal.pk).exists():
        posting.have_told(proposal.letterbox_id)
    elif proposal.letterbox and proposal.letterbox.asked_at is None:
        # It is from before addresses were asked.
        have_asked(proposal)


def pieces(proposals: Iterable[Proposal]) -> list[Piece]:
    """What is to be told of each."""
    return [Piece(one, one.decided_at, _worded(one)) for one in proposals]


def _worded(proposal: Proposal):
    initiative = proposal.initiative

    def worded() -> tuple[str, dict]:
        return _("Your suggestion for %(name)s") % {"name": initiative.name}, {
            "name": initiative.name,
            "steps": [],
            "proposal": proposal,
            "in_part": set(proposal.taken) != set(proposal.values),
            "page": settings.SITE_URL + initiative.get_absolute_url() if initiative.is_published else "",
        }

    return worded
