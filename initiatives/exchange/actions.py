"""Offers and needs: a verb is a function that checks the right, in one transaction; mails follow it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import Member
from territories.models import Collective
from vocabulary.exchange import CATEGORIES, Kind

from ..activity.recording import note_exchange
from ..enums import ExchangeStatus
from ..models import Exchange, ExchangePhoto, Initiative
from . import expiry, letters
from .checking import checked
from .ending import end
from .matching.indexing import index

# Open at the same time, by one author.
MOST_OPEN = 30
MOST_PHOTOS = 3
# A second press of the button within this time is the first one.
TWICE_WITHIN = timedelta(minutes=1)
AT_ONCE = 500


class ClosedError(Exception):
    """Too late, told in words: it was settled, withdrawn or removed, or is gone."""


def check_right(by: Member, right: str, on: Exchange | Initiative | Collective | None) -> None:
    """Refuse with PermissionDenied."""
    if not by.has_perm(f"initiatives.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


def _locked(exchange: Exchange) -> Exchange:
    rows = Exchange.objects.select_for_update(of=("self",)).select_related("initiative", "author")
    if (found := rows.filter(pk=exchange.pk).first()) is None:
        raise ClosedError(_("It is gone."))
    return found


def _check_renewable(exchange: Exchange) -> None:
    if not exchange.is_renewable:
        told = _("It has ended: %(status)s. Publish it anew if it is still right.")
        raise ClosedError(told % {"status": exchange.get_status_display()})


def _check_number(author: Member | None) -> None:
    """One more may be open; two at once are counted one after the other."""
    if author is None:
        return
    Member.objects.select_for_update(no_key=True).get(pk=author.pk)
    if Exchange.objects.filter(author=author, status=ExchangeStatus.OPEN).count() >= MOST_OPEN:
        raise ValidationError(
            ngettext(
                "You have %(n)s open already. Withdraw it first.",
                "You have %(n)s open already. Withdraw one first.",
                MOST_OPEN,
            )
            % {"n": MOST_OPEN}
        )


def _open_until(exchange: Exchange, until: datetime, now: datetime) -> None:
    exchange.expires_at = until
    # Of what ends within days anyway nobody is reminded.
    exchange.reminded_at = now if until <= now + expiry.REMIND_BEFORE else None
    exchange.status, exchange.ended_at = ExchangeStatus.OPEN, None


def _set_photos(exchange: Exchange, photos: Sequence[Mapping[str, Any]], without: Collection[int]) -> None:
    exchange.photos.filter(pk__in=without).delete()
    kept = exchange.photos.count()
    if kept + len(photos) > MOST_PHOTOS:
        raise ValidationError(_("At most %(n)s pictures.") % {"n": MOST_PHOTOS})
    for order, photo in enumerate(photos, kept):
        row = ExchangePhoto(exchange=exchange, order=order, **photo)
        row.full_clean(exclude=["width", "height"])
        row.save()


# ── Writing ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def publish(
    *,
    by: Member,
    kind: Kind,
    category: str,
    values: Mapping[str, Any],
    initiative: Initiative | None = None,
    collective: Collective | None = None,
    photos: Sequence[Mapping[str, Any]] = (),
    wants_matches: bool = True,
) -> Exchange:
    """Offer or look for something, for an initiative, a collective or oneself; pressed twice it is one.

    `values` by the fields of the category (checking.checked); photos as `image` and `alt`. PermissionDenied,
    ValidationError by field.
    """
    if initiative and collective:
        raise ValidationError(_("It is of an initiative or of a collective, not of both."))
    check_right(by, "publish_exchange", initiative or collective)
    if category not in CATEGORIES or kind not in Kind.values:
        raise ValidationError({"category": _("Choose a category.")})
    now = timezone.now()
    given = checked(CATEGORIES[category], Kind(kind), values, today=timezone.localdate(now))
    made = Exchange(
        kind=kind,
        category=category,
        author=by,
        initiative=initiative,
        collective=collective,
        details=given.details,
        published_at=now,
        updated_at=now,
        wants_matches=wants_matches,
        **given.columns,
    )
    # A second press of the button waits here for the first.
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    twins = Exchange.objects.filter(
        author=by, initiative=initiative, collective=collective, kind=kind, category=category
    ).filter(title=made.title, text=made.text, published_at__gt=now - TWICE_WITHIN)
    if twin := twins.first():
        return twin
    _check_number(by)
    _open_until(made, expiry.ends_at(made, now), now)
    made.save()
    index([made.pk])
    _set_photos(made, photos, ())
    note_exchange(made)
    return made


@transaction.atomic
def revise(
    exchange: Exchange,
    *,
    by: Member,
    values: Mapping[str, Any],
    photos: Sequence[Mapping[str, Any]] = (),
    without: Collection[int] = (),
    wants_matches: bool = True,
) -> Exchange:
    """Say it otherwise; what had expired is open again. PermissionDenied, ClosedError, ValidationError by field."""
    stored = _locked(exchange)
    check_right(by, "run_exchange", stored)
    _check_renewable(stored)
    now, former = timezone.now(), expiry.own_end(stored)
    given = checked(
        stored.its_category, Kind(stored.kind), values, today=timezone.localdate(now), before=stored
    )
    for name, value in given.columns.items():
        setattr(stored, name, value)
    stored.details, stored.updated_at, stored.wants_matches = given.details, now, wants_matches
    if not stored.is_open:
        _check_number(stored.author)
    if not stored.is_open or expiry.own_end(stored) != former:
        _open_until(stored, expiry.ends_at(stored, now), now)
    stored.save()
    index([stored.pk])
    _set_photos(stored, photos, without)
    return stored


@transaction.atomic
def renew(exchange: Exchange, *, by: Member) -> Exchange:
    """Let it stand for the same time again, from now on; what had expired is open again.

    PermissionDenied, ClosedError, ValidationError where a date of its own is over.
    """
    stored = _locked(exchange)
    check_right(by, "run_exchange", stored)
    _check_renewable(stored)
    now = timezone.now()
    if expiry.is_date_over(stored, now):
        raise ValidationError(_("Its date is over. Give it a new date, then it is open again."))
    if not stored.is_open:
        _check_number(stored.author)
    _open_until(stored, expiry.ends_at(stored, now), now)
    stored.updated_at = now
    stored.save(update_fields=["expires_at", "reminded_at", "status", "ended_at", "updated_at"])
    index([stored.pk])
    return stored


@transaction.atomic
def withdraw(exchange: Exchange, *, by: Member) -> Exchange:
    """Take it back: it is in no list any more. PermissionDenied, ClosedError."""
    stored = _locked(exchange)
    check_right(by, "run_exchange", stored)
    if not stored.is_open:
        raise ClosedError(_("It is no longer open."))
    end(stored, ExchangeStatus.WITHDRAWN)
    return stored


# ── The worker ──────────────────────────────────────────────────────────────────────────────────


def expire_due() -> int:
    """End all whose time is over; their number. What somebody holds is left for the next time."""
    ended = 0
    while number := _expire_some():
        ended += number
    return ended


@transaction.atomic
def _expire_some() -> int:
    now = timezone.now()
    rows = Exchange.objects.over(now).select_for_update(skip_locked=True).order_by("expires_at", "pk")
    keys = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    ended = Exchange.objects.filter(pk__in=keys).update(status=ExchangeStatus.EXPIRED, ended_at=now)
    index(keys)
    return ended


def remind_due() -> int:
    """Have the people told, once, of each that ends within a week; the number of these."""
    told = 0
    while number := _remind_some():
        told += number
    return told


@transaction.atomic
def _remind_some() -> int:
    now = timezone.now()
    rows = Exchange.objects.ending(now, now + expiry.REMIND_BEFORE).select_related("author", "initiative")
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("expires_at", "pk")[:AT_ONCE]
    )
    for exchange in found:
        letters.announce_end(exchange)
    return Exchange.objects.filter(pk__in=[row.pk for row in found]).update(reminded_at=now)
