"""The one mail to whoever reported an initiative: what came of it, in their language."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters.sending import Letter, send

from ..models import Report

TASK = "tell_reporter"


def announce(report: Report) -> None:
    """Have the answer told: in its transaction, so that the task is there if and only if the answer is."""
    if report.email:
        app.configure_task(TASK).defer(report=report.pk)


def tell(pk: int) -> bool:
    """Send the mail, once; whether it was sent. The report, or the address, may be gone meanwhile."""
    with transaction.atomic():
        found = Report.objects.select_for_update(of=("self",)).select_related("initiative")
        report = found.exclude(email="").filter(pk=pk, told_at=None).exclude(settled_at=None).first()
        if report is None:
            return False
        report.told_at = timezone.now()
        report.save(update_fields=["told_at"])
        # Before the commit: what could not be sent is not told, and is tried again.
        _send(report)
    return True


def _send(report: Report) -> None:
    initiative = report.initiative

    def letter() -> Letter:
        page = settings.SITE_URL + initiative.get_absolute_url() if initiative.is_published else ""
        return Letter(
            _("Your report on %(name)s") % {"name": initiative.name},
            "initiatives/mail/report.txt",
            {"name": initiative.name, "report": report, "page": page},
            is_made_up=initiative.is_demo,
        )

    send(report.email, report.language, letter)
