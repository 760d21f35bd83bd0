"""Letterboxes: found by an address, locked, silenced and opened again."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .enums import Kind
from .models import Letterbox


def fingerprints(address: str) -> list[str]:
    """Of an address, case-blind: the one that is made now, then those by former keys of the site.

    With the key, as addresses are so few that a plain hash of each could be tried.
    """
    plain = address.strip().lower()
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [
        salted_hmac("community.letterbox", plain, secret=key, algorithm="sha256").hexdigest() for key in keys
    ]


def of(address: str) -> Letterbox:
    """The letterbox of an address, made where there is none."""
    present, *former = fingerprints(address)
    if former and (found := Letterbox.objects.filter(fingerprint__in=[present, *former]).first()):
        return found
    return Letterbox.objects.get_or_create(fingerprint=present)[0]


def locked(pk: int) -> Letterbox | None:
    """The stored row, which nobody else changes before this transaction ends; None where it is gone."""
    return Letterbox.objects.select_for_update(no_key=True).filter(pk=pk).first()


def confirm(pk: int) -> None:
    """Its owner followed a link that was sent there."""
    Letterbox.objects.filter(pk=pk, confirmed_at=None).update(confirmed_at=timezone.now())


def silence(fingerprint: str, kind: Kind = Kind.YEARLY) -> None:
    """No letter of this kind to this address any more; twice is once."""
    box, _made = Letterbox.objects.get_or_create(fingerprint=fingerprint)
    Letterbox.objects.filter(pk=box.pk, **{kind: None}).update(**{kind: timezone.now()})


def open_again(fingerprint: str, kind: Kind = Kind.YEARLY) -> None:
    """Letters of this kind may come again."""
    Letterbox.objects.filter(fingerprint=fingerprint).update(**{kind: None})


def is_silent(fingerprint: str, kind: Kind = Kind.YEARLY) -> bool:
    """Whether this address gets no letter of this kind."""
    return Letterbox.objects.filter(fingerprint=fingerprint).exclude(**{kind: None}).exists()


def silent_among(addresses: Iterable[str], kind: Kind = Kind.YEARLY) -> set[str]:
    """Those of some addresses that get no letter of this kind."""
    known = {one: fingerprints(one) for one in addresses}
    every = [mark for marks in known.values() for mark in marks]
    silent = Letterbox.objects.filter(fingerprint__in=every).exclude(**{kind: None})
    silent = set(silent.values_list("fingerprint", flat=True))
    return {one for one, marks in known.items() if silent & set(marks)}


def move(before: str, after: str) -> None:
    """Somebody has another address now: what they wanted goes with them."""
    for kind in Kind:
        if silent_among([before], kind):
            silence(of(after).fingerprint, kind)


def forget(addresses: Iterable[str]) -> None:
    """Nothing is remembered of these addresses."""
    every = [mark for one in addresses for mark in fingerprints(one)]
    Letterbox.objects.filter(fingerprint__in=every).delete()
