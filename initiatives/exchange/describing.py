"""An offer or need put into words for search engines: schema.org as JSON-LD, with what everyone is shown alone.

An open post is a JobPosting and a training that has places a Course, as Google's guides to both ask for them; all
else is an Offer or a Demand.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.html import linebreaks

from vocabulary.exchange import Kind

from ..describing import as_script
from ..models import Exchange
from .addresses import lasting
from .holding import member_name

Described = dict[str, Any]
# Google knows a closed list of kinds of employment.
EMPLOYMENT = {
    "fixed-term": "TEMPORARY",
    "seasonal": "TEMPORARY",
    "internship": "INTERN",
    "freelance": "CONTRACTOR",
    "integration": "OTHER",
    "apprenticeship": "OTHER",
}
# Of fewer hours a week a post is part-time.
WHOLE_WEEK = 30
MODES = {"on-site": "Onsite", "online": "Online", "mixed": "Blended"}
CHARGES = {"free": "Free", "pay-what-you-can": "Partially Free"}
# What is exchanged, where it is no service.
ITEMS = {"equipment": "Product", "space": "Place"}


def shown_with(exchange: Exchange) -> dict[str, Any]:
    """For the page of one: `json_ld_script`, the same for every reader; nothing for what is over."""
    return {"json_ld_script": as_script(json_ld(exchange)) if exchange.is_open else ""}


def json_ld(exchange: Exchange) -> Described:
    """The whole description; what is not known is left out."""
    make = MAKERS.get((exchange.kind, exchange.category), _other)
    address = lasting(exchange)
    return _known({"@context": "https://schema.org", "@id": address, "url": address, **make(exchange)})


def _known(data: Described) -> Described:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


# ── Parts ───────────────────────────────────────────────────────────────────────────────────────
def _holder(exchange: Exchange) -> Described | None:
    """Whose it is; a member where their profile tells their name to everyone."""
    of = exchange.initiative or exchange.collective
    if of is None:
        name = member_name(exchange)
        return {"@type": "Person", "name": name} if name else None
    room = "initiatives" if exchange.initiative else "collectives"
    return {"@type": "Organization", "name": of.name, "sameAs": f"{settings.SITE_URL}/{room}/{of.slug}/"}


def _place(exchange: Exchange) -> Described | None:
    """The town."""
    if not exchange.locality:
        return None
    address = {"addressLocality": exchange.locality, "addressCountry": exchange.country}
    place = {"@type": "Place", "address": _known({"@type": "PostalAddress", **address})}
    if exchange.position:
        lon, lat = exchange.position.coords
        place["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    return place


def _price(exchange: Exchange) -> Described:
    """What it costs, as far as that is told."""
    price = exchange.value("price")
    if price:
        return {"price": price["amount"], "priceCurrency": price["currency"]}
    return {"price": "0", "priceCurrency": "EUR"} if exchange.value("price_terms") == "free" else {}


# ── Kinds of things ─────────────────────────────────────────────────────────────────────────────
def _job(exchange: Exchange) -> Described:
    remote = {}
    if exchange.remote:
        where = {"@type": "Country", "name": exchange.country}
        remote = {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": where}
    return {
        "@type": "JobPosting",
        "title": exchange.title,
        "description": linebreaks(exchange.text, autoescape=True),
        "datePosted": exchange.published_at.date(),
        "validThrough": exchange.expires_at,
        "employmentType": _employment(exchange),
        # As Google has it where nobody is named.
        "hiringOrganization": _holder(exchange) or "confidential",
        "jobLocation": _place(exchange),
        **remote,
        "baseSalary": _salary(exchange),
        "jobStartDate": exchange.starts,
        "identifier": {"@type": "PropertyValue", "name": settings.SITE_NAME, "value": str(exchange.pk)},
        "directApply": True,
    }


def _employment(exchange: Exchange) -> list[str]:
    kind = EMPLOYMENT.get(exchange.value("contract"))
    hours = exchange.value("hours_week")
    whole = None if hours is None else "FULL_TIME" if float(hours) >= WHOLE_WEEK else "PART_TIME"
    return [one for one in (kind, whole) if one]


def _salary(exchange: Exchange) -> Described | None:
    pay = exchange.value("pay")
    if not pay:
        return None
    value = {"@type": "QuantitativeValue", "value": float(pay["amount"]), "unitText": "MONTH"}
    return {"@type": "MonetaryAmount", "currency": pay["currency"], "value": value}


def _course(exchange: Exchange) -> Described:
    terms, days = exchange.value("price_terms"), sorted(exchange.dates)
    mode = exchange.value("format") or ("mixed" if exchange.remote else "on-site")
    hours = exchange.value("hours_total")
    instance = {
        "@type": "CourseInstance",
        "courseMode": MODES[mode],
        "courseWorkload": f"PT{float(hours):g}H" if hours is not None else None,
        "startDate": days[0] if days else None,
        "endDate": days[-1] if days else None,
        "inLanguage": exchange.languages,
        "location": {"@type": "VirtualLocation", "url": lasting(exchange)}
        if mode == "online"
        else _place(exchange),
        "maximumAttendeeCapacity": exchange.value("seats"),
    }
    return {
        "@type": "Course",
        "name": exchange.title,
        "description": exchange.text,
        "provider": _holder(exchange),
        "inLanguage": exchange.language,
        "educationalLevel": exchange.value("level"),
        "educationalCredentialAwarded": exchange.value("certificate"),
        "offers": {"@type": "Offer", "category": CHARGES.get(terms, "Paid"), **_price(exchange)},
        "hasCourseInstance": [_known(instance)],
    }


def _other(exchange: Exchange) -> Described:
    is_offer = exchange.kind == Kind.OFFER
    return {
        "@type": "Offer" if is_offer else "Demand",
        "name": exchange.title,
        "description": exchange.text,
        "category": exchange.its_category.names["en"],
        "itemOffered": {"@type": ITEMS.get(exchange.category, "Service"), "name": exchange.title},
        # Of a Demand that is who asks (schema.org has the same word for both).
        "seller": _holder(exchange),
        "availableAtOrFrom": _place(exchange),
        "availabilityStarts": exchange.starts,
        "availabilityEnds": exchange.ends,
        "validFrom": exchange.published_at,
        "validThrough": exchange.expires_at,
        **(_price(exchange) if is_offer else {}),
    }


MAKERS: dict[tuple[str, str], Callable[[Exchange], Described]] = {
    (Kind.OFFER, "job"): _job,
    (Kind.OFFER, "training"): _course,
}
