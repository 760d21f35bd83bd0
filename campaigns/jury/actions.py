"""Who is in a jury, its marks and conflicts of interest, the selection: each checks the right, in one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.collectives.actions import ClosedError
from community.models import Member

from ..enums import NominationState, Phase
from ..models import Campaign, Conflict, Juror, JuryNote, Nomination
from ..running.shared import check_right, entered
from . import letters

# Afterwards the jury stays as it was when it selected.
OPEN_IN = (Phase.DRAFT, Phase.CALL, Phase.SELECTION)


def _check_open(campaign: Campaign) -> None:
    if campaign.phase not in OPEN_IN:
        raise ValidationError(_("The selection is made: the jury stays as it was."))


@transaction.atomic
def seat(campaign: Campaign, *, by: Member | None, member: Member) -> Juror:
    """Take somebody into the jury, who is told; twice is once. ValidationError once the selection is made."""
    stored = entered(campaign, by)
    _check_open(stored)
    juror, is_new = Juror.objects.get_or_create(campaign=stored, member=member)
    if is_new:
        letters.tell(juror)
    return juror


@transaction.atomic
def unseat(juror: Juror, *, by: Member | None) -> None:
    """Somebody is in the jury no more, and their marks are gone; ValidationError once the selection is made."""
    _check_open(entered(juror.campaign, by))
    Juror.objects.filter(pk=juror.pk).delete()


def _judged(nomination: Nomination, by: Member | None, right: str) -> tuple[Nomination, Juror]:
    """The stored one and who judges it, nothing else going on in the campaign; ClosedError where it is gone."""
    campaign = entered(nomination.campaign, None)
    rows = Nomination.objects.standing().select_related("initiative", "theme")
    stored = rows.filter(pk=nomination.pk).first()
    if stored is None or stored.state == NominationState.PROPOSED:
        raise ClosedError
    stored.campaign = campaign
    check_right(by, right, stored)
    return stored, Juror.objects.filter(campaign=campaign, member=by).first()


@transaction.atomic
def judge(nomination: Nomination, *, by: Member, mark: int, text: str = "") -> JuryNote:
    """The mark and the words of a juror, as often as they change their mind. ValidationError by field, ClosedError."""
    stored, juror = _judged(nomination, by, "judge")
    note = JuryNote.objects.filter(juror=juror, nomination=stored).first()
    note = note or JuryNote(juror=juror, nomination=stored)
    note.mark, note.text, note.at = mark, text, timezone.now()
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def declare_conflict(nomination: Nomination, *, by: Member, reason: str) -> Conflict:
    """Say what one has to do with an initiative; a mark that was given counts no more. ClosedError."""
    stored, juror = _judged(nomination, by, "declare_conflict")
    found = Conflict.objects.filter(juror=juror, nomination=stored).first()
    if found is not None:
        return found
    made = Conflict(juror=juror, nomination=stored, reason=reason.strip())
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def select(nomination: Nomination, *, by: Member | None) -> Nomination:
    """Take it into the selection; twice is once. ValidationError where its theme is full, ClosedError."""
    stored, _juror = _judged(nomination, by, "select")
    if stored.state == NominationState.SELECTED:
        return stored
    there = Nomination.objects.chosen().filter(theme=stored.theme).count()
    if there >= stored.theme.ceiling:
        told = _("This theme is full: at most %(n)s are selected in it.") % {"n": stored.theme.ceiling}
        raise ValidationError(told)
    stored.state = NominationState.SELECTED
    stored.save(update_fields=["state"])
    return stored


@transaction.atomic
def leave_out(nomination: Nomination, *, by: Member | None) -> Nomination:
    """Take it out of the selection again; twice is once. ClosedError."""
    stored, _juror = _judged(nomination, by, "select")
    if stored.state == NominationState.SELECTED:
        stored.state = NominationState.ACCEPTED
        stored.save(update_fields=["state"])
    return stored
