"""What members do with their account: a verb is a function that checks the right, in one transaction."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from ..privacy import consents
from . import belongings, emails
from .models import CONSENTS, PROFILE, Member

# Emptied with the account; what hangs on it is forgotten by its room.
PERSONAL = (
    *PROFILE,
    *CONSENTS,
    "language",
    "roles",
    "is_staff",
    "is_superuser",
    "last_login",
)


def _check_right(by: Member | None, right: str, on: Member) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not by.has_perm(f"community.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


@transaction.atomic
def revise_profile(member: Member, *, by: Member | None, values: Mapping[str, Any]) -> Member:
    """Change what a member tells about themselves, and to whom; ValidationError names what is wrong.

    What they agree to is kept step by step.
    """
    _check_right(by, "revise_profile", member)
    stored = Member.objects.select_for_update().get(pk=member.pk)
    before = consents.of(stored)
    for name in (*PROFILE, *CONSENTS):
        if name in values:
            setattr(stored, name, values[name])
    stored.full_clean(exclude=["password", "email"])
    stored.save()
    consents.note(stored, before)
    return stored


@transaction.atomic
def erase(member: Member, *, by: Member | None) -> Member:
    """Delete an account for good: an empty row stays, to which belongs what was done for the commons."""
    _check_right(by, "erase_account", member)
    stored = Member.objects.select_for_update().get(pk=member.pk)
    if stored.erased_at:
        return stored
    address, language = stored.email, stored.language
    known = belongings.addresses(stored)
    for belonging in belongings.registered():
        belonging.forget(stored, known)
    _empty(stored)
    transaction.on_commit(partial(emails.say_goodbye, address, language), robust=True)
    return stored


def _empty(member: Member) -> None:
    """Nothing in the row tells any more whose it was."""
    for name in PERSONAL:
        setattr(member, name, Member._meta.get_field(name).get_default())
    member.uuid = uuid.uuid4()
    member.email = f"{member.uuid}@erased.invalid"
    member.set_unusable_password()
    member.is_active = False
    # To the year: the instant stands in mails and logs beside the name.
    member.date_joined = member.date_joined.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    member.erased_at = timezone.now()
    member.save()
