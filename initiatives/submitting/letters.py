"""Mails to whoever handed in an initiative, in their language: nobody is left without an answer."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from community.models import Member

from ..enums import Verb
from ..models import Initiative, StatusChange, Submission
from . import links

# What happens within it is told in one mail.
FLOOD = timedelta(hours=1)
TELLING = (Verb.SUBMIT, Verb.PUBLISH, Verb.ASK_CHANGES, Verb.REJECT, Verb.ARCHIVE, Verb.RESTORE, Verb.CLOSE)
TASK = "tell_submitter"


def _send(submission: Submission, template: str, subject: str, context: dict) -> None:
    shown = {
        "site_name": settings.SITE_NAME,
        "name": submission.initiative.name,
        "link": links.address_of(submission),
        **context,
    }
    # A name may hold anything; a subject may not hold a line break.
    title = " ".join(subject.split())[:150]
    EmailMessage(
        f"[{settings.SITE_NAME}] {title}",
        render_to_string(template, shown),
        to=[submission.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()


def ask_to_confirm(submission: Submission) -> None:
    """The link that confirms the address and sends the draft to review."""
    with translation.override(submission.language):
        subject = _("Confirm your address: %(name)s") % {"name": submission.initiative.name}
        _send(submission, "initiatives/mail/confirm.txt", subject, {"days": links.CONFIRM_WITHIN.days})


def answer_to(initiative: Initiative, member: Member) -> None:
    """Have a member told what becomes of an initiative, unless somebody else is already."""
    Submission.objects.get_or_create(
        initiative=initiative,
        defaults={"email": member.email, "language": member.language, "confirmed_at": timezone.now()},
    )


def announce(change: StatusChange) -> None:
    """Have a step of the workflow told: at once, or with others where something was told within the hour.

    In the transaction of the step: the task is there if and only if the step is.
    """
    if change.verb not in TELLING:
        return
    submission = Submission.objects.filter(initiative=change.initiative_id).exclude(confirmed_at=None).first()
    if submission is None:
        return
    at = None if submission.told_at is None else submission.told_at + FLOOD
    task = app.configure_task(
        TASK, queueing_lock=f"{TASK}-{submission.pk}", schedule_at=at if at and at > timezone.now() else None
    )
    try:
        # In a savepoint: one that waits already tells this step too.
        with transaction.atomic():
            task.defer(submission=submission.pk)
    except AlreadyEnqueued:
        pass


def tell(pk: int) -> int:
    """Tell what happened since the last mail; the number of steps told. The submission may be gone meanwhile."""
    with transaction.atomic():
        found = Submission.objects.select_for_update(of=("self",)).select_related("initiative")
        submission = found.filter(pk=pk).exclude(confirmed_at=None).first()
        if submission is None:
            return 0
        since = submission.told_at or submission.handed_in_at
        now = timezone.now()
        steps = list(
            submission.initiative.status_changes.filter(verb__in=TELLING, at__gt=since, at__lte=now)
        )[::-1]
        if steps:
            submission.told_at = now
            submission.save(update_fields=["told_at"])
            # Before the commit: what could not be sent is not told, and is tried again.
            _send_news(submission, steps)
    return len(steps)


def _send_news(submission: Submission, steps: list[StatusChange]) -> None:
    initiative = submission.initiative
    with translation.override(submission.language):
        page = settings.SITE_URL + initiative.get_absolute_url() if initiative.is_published else ""
        subject = f"{initiative.name} – {initiative.get_status_display()}"
        _send(
            submission,
            "initiatives/mail/news.txt",
            subject,
            {"steps": steps, "page": page, "initiative": initiative},
        )
