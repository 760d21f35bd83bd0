"""The one mail to whoever proposed a change: what was decided, in their language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..models import Proposal

TASK = "tell_proposer"


def announce(proposal: Proposal) -> None:
    """Have the decision told: in its transaction, so that the task is there if and only if the decision is."""
    if proposal.email:
        app.configure_task(TASK).defer(proposal=proposal.pk)


def tell(pk: int) -> bool:
    """Send the mail, once; whether it was sent. The proposal, or the address, may be gone meanwhile."""
    with transaction.atomic():
        found = Proposal.objects.select_for_update(of=("self",)).select_related("initiative")
        proposal = found.exclude(email="").filter(pk=pk, told_at=None).exclude(decided_at=None).first()
        if proposal is None:
            return False
        proposal.told_at = timezone.now()
        proposal.save(update_fields=["told_at"])
        # Before the commit: what could not be sent is not told, and is tried again.
        _send(proposal)
    return True


def _send(proposal: Proposal) -> None:
    initiative = proposal.initiative
    with translation.override(proposal.language):
        subject = _("Your suggestion for %(name)s") % {"name": initiative.name}
        shown = {
            "site_name": settings.SITE_NAME,
            "name": initiative.name,
            "proposal": proposal,
            "in_part": set(proposal.taken) != set(proposal.values),
            "page": settings.SITE_URL + initiative.get_absolute_url() if initiative.is_published else "",
        }
        # A name may hold anything; a subject may not hold a line break.
        EmailMessage(
            f"[{settings.SITE_NAME}] {' '.join(subject.split())[:150]}",
            render_to_string("initiatives/mail/proposal.txt", shown),
            to=[proposal.email],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
