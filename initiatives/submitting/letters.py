"""Letters to whoever handed in an initiative, in their language: nobody is left without an answer."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from community.letters.sending import Letter, send
from community.models import Member

from ..enums import TELLING
from ..merging import following
from ..models import Initiative, StatusChange, Submission
from ..telling import posting
from ..telling.piece import Piece
from . import links

CONFIRM = "ask_to_confirm"
# The same mail again not before this; and in so long no more than so many to one address, whoever asks for them.
AGAIN = timedelta(minutes=2)
A_WHILE = timedelta(hours=1)
MOST_IN_A_WHILE = 5


class TooOftenError(Exception):
    """This address was written to often enough for now."""


def have_asked(submission: Submission) -> None:
    """Have the link sent that confirms the address; TooOftenError. In the transaction of what asks for it."""
    now = timezone.now()
    if submission.asked_at and now < submission.asked_at + AGAIN:
        raise TooOftenError
    lately = Submission.objects.filter(letterbox=submission.letterbox, asked_at__gt=now - A_WHILE)
    if lately.exclude(pk=submission.pk).count() >= MOST_IN_A_WHILE:
        raise TooOftenError
    submission.asked_at = now
    submission.save(update_fields=["asked_at"])
    task = app.configure_task(CONFIRM, queueing_lock=f"{CONFIRM}-{submission.pk}")
    try:
        with transaction.atomic():
            task.defer(submission=submission.pk)
    except AlreadyEnqueued:
        # The mail server is away: one that waits already is tried again.
        pass


def ask_to_confirm(pk: int) -> bool:
    """Send the link that confirms the address and sends the draft to review; whether it was still to be sent."""
    found = Submission.objects.select_related("initiative").filter(pk=pk, confirmed_at=None)
    submission = found.exclude(email="").first()
    if submission is None or links.has_expired(submission):
        return False
    shown = {
        "name": submission.initiative.name,
        "link": links.address_of(submission),
        "days": links.CONFIRM_WITHIN.days,
    }
    send(
        submission.email,
        submission.language,
        lambda: Letter(
            _("Confirm your address: %(name)s") % {"name": submission.initiative.name},
            "initiatives/mail/confirm.txt",
            shown,
        ),
    )
    return True


def answer_to(initiative: Initiative, member: Member) -> None:
    """Have a member told what becomes of an initiative, unless somebody else is already."""
    submission, is_new = Submission.objects.get_or_create(
        initiative=initiative,
        defaults={"email": member.email, "language": member.language, "confirmed_at": timezone.now()},
    )
    if not is_new and not submission.email:
        submission.email, submission.language = member.email, member.language
        submission.confirmed_at = submission.told_at = timezone.now()
        submission.save(update_fields=["email", "language", "confirmed_at", "told_at"])


def announce(change: StatusChange) -> None:
    """Have a step of the workflow told, in its transaction."""
    if change.verb not in TELLING:
        return
    submission = Submission.objects.answerable().filter(initiative=change.initiative_id).first()
    if submission is not None:
        posting.have_told(submission.letterbox_id)


def pieces(submissions: Iterable[Submission]) -> list[Piece]:
    """What is to be told of each, read now."""
    found = []
    for submission in submissions:
        # The initiative as it is now, not as it was before the letterbox was locked.
        submission.initiative = Initiative.objects.get(pk=submission.initiative_id)
        steps = submission.initiative.status_changes.telling()
        steps = list(steps.filter(at__gt=submission.told_at or submission.handed_in_at))[::-1]
        if steps:
            found.append(Piece(submission, steps[-1].at, _worded(submission, steps)))
    return found


def _worded(submission: Submission, steps: list[StatusChange]):
    initiative = submission.initiative

    def worded() -> tuple[str, dict]:
        shown = initiative if initiative.is_published else following.published(initiative)
        page = settings.SITE_URL + shown.get_absolute_url() if shown else ""
        return f"{initiative.name} – {initiative.get_status_display()}", {
            "name": initiative.name,
            "steps": steps,
            "proposal": None,
            "page": page,
            "lives_on": shown.name if shown and shown.pk != initiative.pk else "",
            "may_change": initiative.status == "changes_asked",
            "link": links.address_of(submission),
        }

    return worded
