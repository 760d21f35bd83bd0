"""Mails about nominations, each in the language of who gets it, sent by the worker after the change is there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from community.letters.sending import Letter, send
from community.models import Member
from initiatives.enums import DEMO_TAG
from vocabulary.names import in_language

from ..enums import NominationState
from ..models import Nomination
from . import people

TASK = "tell_of_nomination"


def ask(nomination: Nomination) -> None:
    """Have its people asked, in the transaction that puts it forward; nobody asks themselves."""
    for pk in people.asked(nomination.initiative).exclude(pk=nomination.by_id).values_list("pk", flat=True):
        app.configure_task(TASK).defer(nomination=nomination.pk, member=pk)


def tell(nomination: Nomination, by: Member | None) -> None:
    """Have who put it forward told what became of it, unless they did it themselves."""
    if nomination.by_id and (by is None or by.pk != nomination.by_id):
        app.configure_task(TASK).defer(nomination=nomination.pk, member=nomination.by_id)


def send_one(nomination: int, member: int) -> bool:
    """Send what is to be said to a member now; whether there was anything. It may be answered meanwhile."""
    rows = Nomination.objects.select_related("campaign", "initiative", "theme__theme")
    found = rows.filter(pk=nomination).first()
    person = Member.objects.filter(pk=member, is_active=True).first()
    if found is None or person is None:
        return False
    asks = found.state == NominationState.PROPOSED
    if asks == (found.by_id == person.pk):
        return False
    send(person.email, person.language, lambda: _letter(found, asks))
    return True


def _letter(nomination: Nomination, asks: bool) -> Letter:
    name, campaign = nomination.initiative.name, in_language(nomination.campaign.titles)
    where = "campaigns:answer" if asks else "campaigns:nominee"
    shown = {
        "name": name,
        "campaign": campaign,
        "theme": nomination.theme.theme.name,
        "state": nomination.state,
        "lines": [f"> {line}".rstrip() for line in nomination.pitch.splitlines()],
        "link": settings.SITE_URL + reverse(where, args=[nomination.campaign.slug, nomination.pk]),
    }
    subject = _("May %(name)s stand in “%(campaign)s”?") if asks else _("%(name)s in “%(campaign)s”")
    return Letter(
        subject % {"name": name, "campaign": campaign},
        "campaigns/mail/asked.txt" if asks else "campaigns/mail/answered.txt",
        shown,
        is_made_up=DEMO_TAG in nomination.initiative.tags,
    )
