"""The letter itself: all that somebody has not been told yet, of submissions and proposals together."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from community.letters import boxes
from community.letters.sending import Letter, send

from ..models import Proposal, Submission
from ..proposals import letters as proposals
from ..submitting import letters as submissions
from . import posting
from .piece import Piece

# The rest follows an hour later.
MOST = 50
# Older news would come as a surprise.
LOST_AFTER = timedelta(days=7)


@transaction.atomic
def tell(letterbox: int) -> int:
    """Send one letter with all that was not told yet; the number of things told. Rows may be gone meanwhile.

    Rows are locked before the letterbox, as by whoever corrects a submission: neither waits for the other.
    """
    handed_in, decided = _untold(letterbox)
    handed_in = list(handed_in.order_by("pk").select_for_update(of=("self",)))
    decided = list(decided.select_related("initiative").order_by("pk").select_for_update(of=("self",)))
    box = boxes.locked(letterbox)
    if box is None:
        return 0
    now = timezone.now()
    if box.told_at and now < box.told_at + posting.APART:
        posting.defer(box, box.told_at + posting.APART)
        return 0
    pieces = [*submissions.pieces(handed_in), *proposals.pieces(decided)]
    pieces.sort(key=lambda piece: piece.upto)
    if told := pieces[:MOST]:
        for piece in told:
            piece.row.told_at = piece.upto
            piece.row.save(update_fields=["told_at"])
        box.told_at = now
        box.save(update_fields=["told_at"])
        # Before the commit: what could not be sent is not told, and is tried again.
        newest = told[-1].row
        send(newest.email, newest.language, lambda: _written(told))
    # Too many for one letter, or come between the two locks.
    if any(rows.exists() for rows in _untold(letterbox)):
        posting.defer(box, posting.due_at(box, now))
    return len(told)


def _untold(letterbox: int) -> tuple[QuerySet[Submission], QuerySet[Proposal]]:
    of = {"letterbox": letterbox}
    return Submission.objects.untold().filter(**of), Proposal.objects.untold().filter(**of)


def _written(pieces: list[Piece]) -> Letter:
    worded = [piece.worded() for piece in pieces]
    subject = worded[0][0]
    if len(pieces) > 1:
        count = len(pieces)
        subject = ngettext("%(count)s piece of news", "%(count)s pieces of news", count) % {"count": count}
    return Letter(
        subject,
        "initiatives/mail/news.txt",
        {"pieces": [context for _subject, context in worded]},
        is_made_up=any(piece.is_made_up for piece in pieces),
    )


def catch_up() -> int:
    """Have everyone told whose task was lost, with a server or after all its tries; their number."""
    now = timezone.now()
    between = (now - LOST_AFTER, now - 2 * posting.APART)
    handed_in = Submission.objects.untold(at__range=between)
    decided = Proposal.objects.untold().filter(decided_at__range=between)
    waiting = {row for rows in (handed_in, decided) for row in rows.values_list("letterbox", flat=True)}
    for letterbox in sorted(waiting):
        with transaction.atomic():
            posting.have_told(letterbox)
    return len(waiting)
