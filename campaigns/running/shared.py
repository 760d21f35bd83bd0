"""What all verbs share: the right, and the campaign that nothing else goes on in."""

from django.core.exceptions import PermissionDenied

from community.collectives.actions import ClosedError
from community.models import Member

from .. import locks, rules
from ..models import Campaign


def check_right(by: Member | None, right: str, on: object = None) -> None:
    """Refuse with PermissionDenied; `by=None` is the site itself, which may do all."""
    if by is not None and not rules.may(by, right, on):
        raise PermissionDenied(f"{right} is not for this member.")


def held(pk: int) -> Campaign:
    """The stored row, after all likes and nominations under way; ClosedError where it is gone."""
    locks.hold(pk)
    found = Campaign.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if found is None:
        raise ClosedError
    return found


def entered(campaign: Campaign, by: Member | None, right: str = "run_campaign") -> Campaign:
    """The campaign alone, for somebody who has the right now."""
    stored = held(campaign.pk)
    check_right(by, right, stored)
    return stored
