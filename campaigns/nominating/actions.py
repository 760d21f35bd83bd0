"""Putting an initiative forward, other words for it, its people's answer, taking it back: each checks the right."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.collectives.actions import ClosedError
from community.models import Member
from initiatives.models import Initiative

from .. import locks, rules
from ..enums import NominationState
from ..models import Campaign, CampaignTheme, Nomination
from ..running.shared import check_right
from . import eligibility, letters

# The same by the same member within so long is a second press of the button.
TWICE = timedelta(minutes=10)


def _present(campaign: Campaign, initiative: Initiative, by: Member | None) -> Nomination | None:
    """The row that is there: a second press, or one that was taken back. ValidationError for any other."""
    found = Nomination.objects.filter(campaign=campaign, initiative=initiative).first()
    if found is None or found.state == NominationState.WITHDRAWN:
        return found
    if by is not None and found.by_id == by.pk and found.made_at > timezone.now() - TWICE:
        return found
    if found.state == NominationState.DECLINED:
        raise ValidationError({"initiative": _("Its people have declined to stand in this campaign.")})
    raise ValidationError({"initiative": _("It stands in this campaign already.")})


@transaction.atomic
def nominate(
    campaign: Campaign,
    *,
    by: Member | None,
    initiative: Initiative,
    theme: CampaignTheme,
    pitch: str,
    language: str,
    image: File | None = None,
    alt: str = "",
    film: str = "",
) -> Nomination:
    """Put an initiative forward; its people are asked by mail, unless they do it themselves. Twice is once.

    `image` was drawn anew before. ValidationError by field.
    """
    locks.share(campaign.pk)
    stored = Campaign.objects.get(pk=campaign.pk)
    check_right(by, "nominate", stored)
    # Somebody else may put the same forward now.
    initiative = Initiative.objects.held().get(pk=initiative.pk)
    row = _present(stored, initiative, by)
    if row is not None and row.state != NominationState.WITHDRAWN:
        return row
    eligibility.check(stored, initiative, theme, by)
    row = row or Nomination(campaign=stored, initiative=initiative)
    former = row.image.name
    row.campaign, row.theme, row.pitch, row.language = stored, theme, pitch, language
    row.image, row.alt, row.film = image or "", alt if image else "", film
    row.by, row.made_at, row.state = by, timezone.now(), NominationState.PROPOSED
    row.answered_at = row.answered_by = None
    if by is not None and rules.may(by, "answer_for_initiative", row):
        row.state, row.answered_at, row.answered_by = NominationState.ACCEPTED, row.made_at, by
    row.full_clean()
    row.save()
    if former:
        transaction.on_commit(partial(row.image.storage.delete, former), robust=True)
    if row.state == NominationState.PROPOSED:
        letters.ask(row)
    return row


def _entered(nomination: Nomination, by: Member | None, right: str) -> Nomination:
    """The locked row, in a campaign that nobody moves on meanwhile; ClosedError where it is gone."""
    locks.share(nomination.campaign_id)
    rows = Nomination.objects.select_for_update(no_key=True, of=("self",))
    stored = rows.select_related("campaign", "initiative").filter(pk=nomination.pk).first()
    if stored is None:
        raise ClosedError
    check_right(by, right, stored)
    return stored


@transaction.atomic
def revise(
    nomination: Nomination,
    *,
    by: Member,
    pitch: str,
    language: str,
    image: File | None = None,
    keeps_image: bool = True,
    alt: str = "",
    film: str = "",
) -> Nomination:
    """Other words, another picture or film while the call is open; its people are told of what others changed.

    `image` was drawn anew before; without one the former stays, unless `keeps_image` is off. ValidationError by field.
    """
    stored = _entered(nomination, by, "revise_nomination")
    former = stored.image.name
    was = (stored.pitch, stored.language, former, stored.alt, stored.film)
    if image or not keeps_image:
        stored.image = image or ""
    stored.pitch, stored.language, stored.film = pitch, language, film
    stored.alt = alt if stored.image else ""
    if was == (stored.pitch, stored.language, stored.image.name, stored.alt, stored.film):
        return stored
    stored.full_clean()
    stored.save()
    if former and stored.image.name != former:
        transaction.on_commit(partial(stored.image.storage.delete, former), robust=True)
    if stored.state == NominationState.ACCEPTED and not rules.may(by, "answer_for_initiative", stored):
        letters.tell_of_change(stored)
    return stored


@transaction.atomic
def answer(nomination: Nomination, *, by: Member | None, accepts: bool) -> Nomination:
    """Yes or no of its people; who put it forward is told. The same answer again changes nothing."""
    wanted = NominationState.ACCEPTED if accepts else NominationState.DECLINED
    known = Nomination.objects.filter(pk=nomination.pk, state=wanted, answered_by=by).first()
    if known is not None:
        return known
    stored = _entered(nomination, by, "answer_nomination")
    stored.state, stored.answered_at, stored.answered_by = wanted, timezone.now(), by
    stored.save(update_fields=["state", "answered_at", "answered_by"])
    letters.tell(stored, by)
    return stored


@transaction.atomic
def withdraw(nomination: Nomination, *, by: Member | None) -> Nomination:
    """Take it back until nobody can like any more; who put it forward is told. Twice is once."""
    if Nomination.objects.filter(pk=nomination.pk, state=NominationState.WITHDRAWN).exists():
        return nomination
    stored = _entered(nomination, by, "withdraw_nomination")
    stored.state = NominationState.WITHDRAWN
    stored.save(update_fields=["state"])
    letters.tell(stored, by)
    return stored
