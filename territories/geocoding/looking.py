"""Looking up an address: what a service knows, else what the gazetteer knows."""

import logging
from contextlib import nullcontext
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

from . import asking, gazetteer, turns
from .candidates import Address, Candidate
from .services import MOST, SERVICES

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """Where an address may be, from whom, and whether the service that should know was of no help."""

    candidates: list[Candidate]
    source: str = ""
    has_failed: bool = False


def find(address: Address, *, may_ask: bool = True) -> Found:
    """Candidates for an address, the best first; never raises for what a service does. `may_ask`: not too often."""
    has_failed = False
    name, base = settings.GEOCODER or ("", "")
    if name and address.line and SERVICES[name].knows(address.country):
        try:
            if not may_ask:
                raise asking.FailedError("asked too often from one place")
            if found := _asked(name, base, address):
                return Found(found, SERVICES[name].source)
        except asking.FailedError as error:
            # What was asked for stays out of it.
            logger.warning("Geocoder %s: %s", name, error)
            has_failed = True
    return Found(gazetteer.candidates(address.locality, address.country, MOST), has_failed=has_failed)


def _asked(name: str, base: str, address: Address) -> list[Candidate]:
    """What a service answers, kept for a day."""
    service = SERVICES[name]
    question = (base or service.base) + service.question(address, (get_language() or "en")[:2])
    key = sha256(f"{name} {address.country} {question}".encode()).hexdigest()
    kept = caches["geocoder"]
    if (found := kept.get(key)) is None:
        with turns.turn() if service.is_slow else nullcontext():
            answer = asking.json_of(question)
        try:
            found = [one for one in service.read(answer) if one is not None]
        except ValueError as error:
            raise asking.FailedError(str(error)) from error
        if address.country:
            found = [one for one in found if one.country in ("", address.country) or name == "ban"]
        found = list({one.value: one for one in found}.values())
        kept.set(key, found)
    return found
