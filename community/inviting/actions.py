"""What every invitation goes through, inside a verb that has checked the right and locked the holder.

The holder is what somebody is invited into: it has `memberships` and `invitations`.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from ..collectives.actions import ClosedError
from ..members.models import Member
from .models import INVITED_FOR, MailedInvitation


def invite(
    holder: models.Model, *, by: Member | None, email: str, role: str, language: str
) -> MailedInvitation:
    """A new one; ValidationError where they are asked or here already."""
    if holder.memberships.at(email).exists():
        raise ValidationError({"email": _("Somebody with this address is a member already.")})
    asked = holder.invitations.pending().filter(email__iexact=email)
    # Whose time is over may wait for the night to be deleted.
    asked.expired().delete()
    if asked.exists():
        raise ValidationError({"email": _("This address is invited already; you can send it again below.")})
    into = {holder.invitations.field.name: holder}
    made = holder.invitations.model(email=email.lower(), role=role, language=language, by=by, **into)
    made.full_clean(validate_constraints=False)
    made.save()
    return made


def pending(holder: models.Model, invitation: MailedInvitation) -> MailedInvitation:
    """The stored one that nobody has accepted; ClosedError."""
    found = holder.invitations.pending().filter(pk=invitation.pk).first()
    if found is None:
        raise ClosedError
    setattr(found, holder.invitations.field.name, holder)
    return found


def renew(stored: MailedInvitation) -> None:
    """Good for as long again, by another link; the former one opens nothing any more."""
    stored.mails += 1
    stored.expires_at = timezone.now() + INVITED_FOR
    stored.save(update_fields=["mails", "expires_at"])


def use(holder: models.Model, invitation: MailedInvitation) -> MailedInvitation:
    """It was accepted, by the link of its last mail, in time, while something goes on there. ClosedError."""
    stored = pending(holder, invitation)
    if stored.has_expired or stored.mails != invitation.mails or holder.archived_at is not None:
        raise ClosedError
    stored.accepted_at = timezone.now()
    # Nobody needs it any more; the rest tells that the link was used.
    stored.email = ""
    stored.save(update_fields=["accepted_at", "email"])
    return stored
