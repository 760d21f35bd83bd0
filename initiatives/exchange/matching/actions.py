"""Putting a match aside, and ending the mails of matches; each in one transaction, twice is once."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from community.models import Member

from ...models import Exchange, ExchangeMatch


@transaction.atomic
def dismiss(exchange: Exchange, *, other: Exchange, by: Member) -> None:
    """Put what was found for an offer or need aside, for its people alone; PermissionDenied."""
    if not by.has_perm("initiatives.run_exchange", exchange):
        raise PermissionDenied("This is for the people of the offer or need.")
    if other.kind == exchange.kind or other.category != exchange.category:
        raise PermissionDenied("It is no match of this one.")
    match, _is_new = ExchangeMatch.objects.get_or_create(exchange=exchange, other=other)
    ExchangeMatch.objects.filter(pk=match.pk, dismissed_at=None).update(dismissed_at=timezone.now())


@transaction.atomic
def want_matches(exchange: Exchange, *, wanted: bool, by: Member) -> None:
    """Have mails of new matches sent for one offer or need, or none; PermissionDenied."""
    if not by.has_perm("initiatives.run_exchange", exchange):
        raise PermissionDenied("This is for the people of the offer or need.")
    Exchange.objects.filter(pk=exchange.pk).update(wants_matches=wanted)


@transaction.atomic
def stop_letters(member: Member, *, by: Member | None) -> int:
    """End the mails of matches of all that a member published; `by=None` is the link of a letter. PermissionDenied."""
    if by is not None and by != member:
        raise PermissionDenied("This is for who gets the mails.")
    return Exchange.objects.filter(author=member, wants_matches=True).update(wants_matches=False)
