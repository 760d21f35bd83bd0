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
CHANGE = "tell_of_changed_nomination"


def ask(nomination: Nomination) -> None:
    """Have its people asked, in the transaction that puts it forward; nobody asks themselves."""
    for pk in people.asked(nomination.initiative).exclude(pk=nomination.by_id).values_list("pk", flat=True):
        app.configure_task(TASK).defer(nomination=nomination.pk, member=pk)


def tell(nomination: Nomination, by: Member | None) -> None:
    """Have who put it forward told what became of it, unless they did it themselves."""
    if nomination.by_id and (by is None or by.pk != nomination.by_id):
        app.configure_task(TASK).defer(nomination=nomination.pk, member=nomination.by_id)


def tell_of_change(nomination: Nomination) -> None:
    """Have its people told that somebody else has changed the words that they accepted."""
    for pk in people.asked(nomination.initiative).values_list("pk", flat=True):
        app.configure_task(CHANGE).defer(nomination=nomination.pk, member=pk)


def send_change(nomination: int, member: int) -> bool:
    """Send the words as they are now; whether there was anybody to tell, of something that still stands."""
    found, person = _read(nomination, member)
    if found is None or person is None or found.state != NominationState.ACCEPTED:
        return False
    send(person.email, person.language, lambda: _changed(found))
    return True


def _read(nomination: int, member: int) -> tuple[Nomination | None, Member | None]:
    rows = Nomination.objects.select_related("campaign", "initiative", "theme__theme")
    return rows.filter(pk=nomination).first(), Member.objects.filter(pk=member, is_active=True).first()


def send_one(nomination: int, member: int) -> bool:
    """Send what is to be said to a member now; whether there was anything. It may be answered meanwhile."""
    found, person = _read(nomination, member)
    if found is None or person is None:
        return False
    asks = found.state == NominationState.PROPOSED
    if asks == (found.by_id == person.pk):
        return False
    send(person.email, person.language, lambda: _letter(found, asks))
    return True


def _letter(nomination: Nomination, asks: bool) -> Letter:
    if asks:
        subject = _("May %(name)s stand in “%(campaign)s”?")
        return _put(nomination, subject, "campaigns/mail/asked.txt", "campaigns:answer")
    return _put(
        nomination, _("%(name)s in “%(campaign)s”"), "campaigns/mail/answered.txt", "campaigns:nominee"
    )


def _changed(nomination: Nomination) -> Letter:
    subject = _("Other words for %(name)s in “%(campaign)s”")
    return _put(nomination, subject, "campaigns/mail/changed.txt", "campaigns:nominee")


def _put(nomination: Nomination, subject: str, template: str, page: str) -> Letter:
    named = {"name": nomination.initiative.name, "campaign": in_language(nomination.campaign.titles)}
    shown = {
        **named,
        "theme": nomination.theme.theme.name,
        "state": nomination.state,
        "lines": [f"> {line}".rstrip() for line in nomination.pitch.splitlines()],
        "link": settings.SITE_URL + reverse(page, args=[nomination.campaign.slug, nomination.pk]),
    }
    return Letter(subject % named, template, shown, is_made_up=DEMO_TAG in nomination.initiative.tags)
