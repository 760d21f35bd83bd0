"""The word of a neighbour: given, taken back, acted on; each in one transaction that holds the initiative."""

import logging
from datetime import datetime

import rules
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.ledger.kinds import Kind
from community.models import Member

from .. import actions, crediting
from ..enums import VouchKind
from ..models import Initiative, Submission, Vouch
from ..models.vouch import LONGEST_OBJECTION
from ..reviews.actions import ChangedError
from . import reading

logger = logging.getLogger(__name__)


def may_vouch(member: Member, initiative: Initiative) -> bool:
    """Asks the rule itself: whoever may do all would vouch for their own, too."""
    return rules.has_perm("initiatives.vouch", member, initiative)


def _locked(initiative: Initiative, by: Member, right: str = "initiatives.vouch") -> Initiative:
    stored = Initiative.objects.held().get(pk=initiative.pk)
    if not rules.has_perm(right, by, stored):
        raise PermissionDenied("To vouch for this initiative is not for this member.")
    return stored


def _say(initiative: Initiative, by: Member, seen: datetime, kind: VouchKind, reason: str) -> Vouch:
    stored = _locked(initiative, by)
    if stored.updated_at != seen:
        raise ChangedError
    said = {"kind": kind, "reason": reason, "of": seen, "at": timezone.now()}
    word, _is_new = Vouch.objects.update_or_create(initiative=stored, member=by, defaults=said)
    return word


@transaction.atomic
def vouch(initiative: Initiative, *, by: Member, seen: datetime) -> Vouch:
    """Say that it is real and may be published as it was `seen`, by the time of its last change; else ChangedError."""
    word = _say(initiative, by, seen, VouchKind.VOUCH, "")
    crediting.credit_member(Kind.VOUCHED, by, word.initiative)
    return word


@transaction.atomic
def object_to(initiative: Initiative, *, by: Member, seen: datetime, reason: str) -> Vouch:
    """Leave it to the moderators, and tell them why; ChangedError, ValidationError."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why, so that the moderators can decide.")})
    if len(reason) > LONGEST_OBJECTION:
        raise ValidationError({"reason": _("At most %(most)d characters.") % {"most": LONGEST_OBJECTION}})
    return _say(initiative, by, seen, VouchKind.OBJECTION, reason)


@transaction.atomic
def take_back(initiative: Initiative, *, by: Member) -> None:
    """Have said nothing, while it still waits; an objection also after one has left the collective."""
    stored = _locked(initiative, by, "initiatives.take_back_word")
    Vouch.objects.filter(initiative=stored, member=by).delete()


def publish_validated() -> int:
    """Publish what enough neighbours vouch for, each in a transaction of its own; their number."""
    if not reading.is_on():
        return 0
    number = 0
    for initiative in reading.due().only("pk").order_by("since", "pk"):
        try:
            number += _publish(initiative)
        except ValidationError as error:
            # It stays with the moderators, who see what it lacks.
            logger.warning("Vouched for, but not complete: %s: %s", initiative.pk, error.messages)
    return number


@transaction.atomic
def _publish(initiative: Initiative) -> bool:
    stored = Initiative.objects.held().get(pk=initiative.pk)
    # Asked again behind the lock: meanwhile it may have been objected to, changed or decided.
    if not reading.due().filter(pk=stored.pk).exists():
        return False
    vouches = Vouch.objects.standing().filter(initiative=stored).select_related("member")
    # Somebody may have left their collective since, or joined the one that carries it.
    number = sum(may_vouch(one.member, stored) for one in vouches)
    if number < settings.VOUCHES_NEEDED:
        return False
    submission = Submission.objects.filter(initiative=stored).first()
    # It is told by mail to whoever handed it in.
    with translation.override(submission.language if submission else settings.LANGUAGE_CODE):
        reason = ngettext(
            "Validated by the community: %(count)d member of a collective nearby vouches for it.",
            "Validated by the community: %(count)d members of collectives nearby vouch for it.",
            number,
        ) % {"count": number}
    actions.publish(stored, by=None, reason=reason)
    return True
