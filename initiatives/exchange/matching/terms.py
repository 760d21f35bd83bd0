"""The terms of an offer and a need: whether dates, sizes, amounts and conditions go together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .facts import Facts

# What each part may give or take, and why.
WEIGHTS = {
    "dates": (0.8, -3.0),  # When it is over, the best offer is of no use.
    "enough": (1.0, -3.0),  # Half a room is no room; of four machines out of five one is glad still.
    "kind of space": (1.5, -1.5),  # A kitchen is no office, but a hall may serve as either.
    "kind of funding": (1.5, -3.0),  # Who wants a gift cannot pay back.
    "amount": (1.5, -3.5),
    "transfer": (1.0, -1.0),  # Who wants to borrow might buy after all.
    "price": (0.6, -1.0),
    "contract": (0.8, -0.6),
    "hours": (0.6, -0.6),
    "commitment": (0.6, -0.8),
    "way": (0.6, -0.8),  # Of an exchange of experience or a training.
    "level": (0.4, -0.4),
}
# How well an offered way serves who looks for another: from -1 to 1.
TRANSFERS = {
    ("lend", "share"): 0.8,
    ("lend", "give"): 0.6,
    ("lend", "rent"): 0.2,
    ("rent", "lend"): 0.8,
    ("rent", "share"): 0.9,
    ("rent", "give"): 0.4,
    ("share", "lend"): 0.8,
    ("share", "rent"): 0.6,
    ("give", "lend"): 0.2,
    ("give", "share"): 0.2,
    ("give", "swap"): 0.0,
    ("sell", "give"): 0.8,
    ("swap", "give"): 0.8,
}
PRICES = {"free": 0, "time-currency": 1, "pay-what-you-can": 1, "cost": 2, "paid": 3}
SIZES = ("quantity", "area_m2", "capacity", "seats")
# A part of a number of machines is of use, a part of a room is not.
DIVISIBLE = ("quantity",)
ROOMY = 12.0


@dataclass(frozen=True)
class Reason:
    """Why something fits, as data; words.py says it in a language."""

    kind: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """Some of the points; with a reason where it speaks for the pair."""

    name: str
    points: float
    reason: Reason | None


@dataclass(frozen=True)
class Pair:
    """Who asks and the other one; the same two as need and offer."""

    asking: Facts
    other: Facts
    need: Facts
    offer: Facts


def is_eligible(pair: Pair) -> bool:
    """Funding is for some areas: the place of the need must lie in one of them."""
    areas, place = pair.offer.details.get("eligible_area"), pair.need.covered
    # A sentence may tell no place.
    return pair.asking.category != "funding" or not areas or not place or bool(place.intersection(areas))


def tells_what(pair: Pair) -> bool:
    """Whether their terms tell what both are about: the kind of a space does."""
    return bool(pair.need.details.get("space_kind") and pair.offer.details.get("space_kind"))


def of(pair: Pair) -> Iterator[Part]:
    """What their terms make."""
    yield from _dates(pair)
    yield from _sizes(pair)
    yield from _funding(pair)
    yield from _same(pair, "space_kind", "kind of space", "kind of space")
    yield from _transfer(pair)
    yield from _price(pair)
    yield from _same(pair, "contract", "contract", "contract")
    yield from _hours(pair)
    yield from _same(pair, "commitment", "commitment", "commitment")
    yield from _same(pair, "exchange_way", "way", None)
    yield from _same(pair, "format", "way", None, also=("mixed",))
    yield from _same(pair, "level", "level", None)


def _weighed(name: str, fit: float, reason: Reason | None) -> Part:
    """From -1, which does not go, to 1."""
    for_it, against = WEIGHTS[name]
    return Part(name, for_it * fit if fit >= 0 else -against * fit, reason if fit > 0 else None)


def _same(
    pair: Pair, field_name: str, name: str, kind: str | None, also: tuple[str, ...] = ()
) -> Iterator[Part]:
    wanted, given = (one.details.get(field_name) for one in (pair.need, pair.offer))
    if wanted and given:
        fits = wanted == given or wanted in also or given in also
        reason = Reason(kind, {"field": field_name, "value": given}) if kind else None
        yield _weighed(name, 1 if fits else -1, reason)


def _dates(pair: Pair) -> Iterator[Part]:
    (from_, until), (begins, ends) = pair.need.period, pair.offer.period
    if pair.asking.category == "job" or not (from_ or until) or not (begins or ends):
        return
    apart = (until and begins and until < begins) or (ends and from_ and ends < from_)
    yield _weighed("dates", -1 if apart else 1, Reason("dates"))


def _sizes(pair: Pair) -> Iterator[Part]:
    found = []
    for name in SIZES:
        wanted, given = pair.need.number(name), pair.offer.number(name)
        if wanted and given:
            share = given / wanted
            short = 1 - share if name in DIVISIBLE else min(1.0, 4 * (1 - share))
            fit = -short if share < 1 else 1.0 if share <= ROOMY else 0.4
            found.append((fit, name, given))
    if found:
        fit, name, given = min(found)
        yield _weighed("enough", fit, Reason("enough", {"field": name, "number": given}))


def _funding(pair: Pair) -> Iterator[Part]:
    if pair.asking.category != "funding":
        return
    yield from _same(pair, "funding_kind", "kind of funding", "kind of funding")
    if pair.offer.details.get("eligible_area"):
        yield Part("area", 0.0, Reason("area"))
    wanted = pair.need.money("amount_max") or pair.need.money("amount_min")
    least, most = pair.offer.money("amount_min"), pair.offer.money("amount_max")
    if wanted is None or most is None:
        return
    amount, currency = wanted
    lowest = pair.need.money("amount_min") or wanted
    if most[1] != currency:
        return
    if lowest[0] > most[0]:
        # Less than is needed: a half is something still.
        yield _weighed("amount", max(-1.0, float(most[0] / lowest[0]) * 1.2 - 1.2), None)
    elif least and least[1] == currency and amount < least[0]:
        yield _weighed("amount", max(-1.0, float(amount / least[0]) * 1.2 - 1.2), None)
    else:
        yield _weighed("amount", 1, Reason("amount"))


def _transfer(pair: Pair) -> Iterator[Part]:
    wanted, given = (one.details.get("transfer") for one in (pair.need, pair.offer))
    if wanted and given:
        fit = 1.0 if wanted == given else TRANSFERS.get((wanted, given), -1.0)
        yield _weighed("transfer", fit, Reason("transfer", {"field": "transfer", "value": given}))


def _price(pair: Pair) -> Iterator[Part]:
    wanted, given = (PRICES.get(one.details.get("price_terms", "")) for one in (pair.need, pair.offer))
    if wanted is not None and given is not None:
        # Cheaper than one would pay is well; a step more may do, two do not.
        yield _weighed("price", 1 if given <= wanted else 0 if given == wanted + 1 else -1, None)


def _hours(pair: Pair) -> Iterator[Part]:
    wanted, given = (one.number("hours_week") for one in (pair.need, pair.offer))
    if wanted and given:
        fit = 1 - 2 * abs(wanted - given) / max(wanted, given)
        yield _weighed("hours", fit, Reason("hours", {"number": given}) if fit > 0.5 else None)
