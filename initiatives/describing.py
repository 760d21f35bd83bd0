"""An initiative put into words for its page: texts by language, contacts by right, hours, sources, JSON-LD."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import opening_hours
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from community.models import Member
from territories.models import Territory
from vocabulary.models import Theme

from .actions import PEOPLE
from .enums import ContactKind
from .models import Contact, Identity, Initiative
from .phones import readable_phone

ENDS_A_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Texts:
    """Name, summary and description, each with the language it is in for the lang attribute; `others` exist too."""

    name: str
    name_language: str
    summary: str
    summary_language: str
    description: str
    description_language: str
    others: tuple[str, ...] = ()


def texts(initiative: Initiative, language: str | None) -> Texts:
    """Each text in the reader's language where there is one, else as it was written."""
    translations = {row.language: row for row in initiative.translations.all()}
    wanted = (language or "")[:2]
    own = initiative.description_language
    row = None if wanted == own else translations.get(wanted)
    chosen = {}
    for name in ("name", "summary", "description"):
        translated = getattr(row, name, "")
        chosen[name] = translated or getattr(initiative, name)
        chosen[f"{name}_language"] = wanted if translated else own
    shown = {chosen[f"{name}_language"] for name in ("name", "summary", "description") if chosen[name]}
    others = tuple(code for code in (own, *translations) if code and code not in shown)
    return Texts(**chosen, others=others)


@dataclass(frozen=True)
class ShownContact:
    """A contact as it is shown and as it is linked."""

    kind: str
    text: str
    href: str


def contacts(initiative: Initiative, reader: Member) -> list[ShownContact]:
    """The contacts that a reader may see; both lists are prefetched by for_page()."""
    rows: list[Contact] = (
        initiative.member_contacts if reader.is_authenticated else initiative.public_contacts
    )
    shown = []
    for row in rows:
        if row.kind == ContactKind.PHONE:
            shown.append(ShownContact(row.kind, readable_phone(row.value), f"tel:{row.value}"))
        else:
            shown.append(ShownContact(row.kind, row.value, f"mailto:{row.value}"))
    return shown


def crumbs(initiative: Initiative) -> list[Territory]:
    """Administrative territories from the country down to the smallest."""
    rows = initiative.territories.administrative().without_boundary().smallest_first()
    return list(reversed(rows))


def themes(initiative: Initiative) -> list[Theme]:
    """Themes, the main one first."""
    return sorted(
        initiative.themes.all(), key=lambda theme: (theme.pk != initiative.primary_theme_id, theme.order)
    )


@dataclass(frozen=True)
class Day:
    """Opening times of one weekday."""

    name: str
    times: str
    is_today: bool


@dataclass(frozen=True)
class Hours:
    """Whether it is open now (local clock unknown: the reader's), and the week from Monday."""

    days: list[Day]
    raw: str


def _end(end: datetime) -> str:
    """A day ends at 24:00."""
    return f"{end:%H:%M}" if end.time() != time.min else "24:00"


def hours(initiative: Initiative, language: str | None) -> Hours | None:
    """A week of opening times as words, None where there are none."""
    if not initiative.opening_hours:
        return None
    rules = opening_hours.OpeningHours(initiative.opening_hours)
    today = timezone.localdate()
    monday = datetime.combine(today - timedelta(days=today.weekday()), datetime.min.time())
    days = []
    for number in range(7):
        start = monday + timedelta(days=number)
        spans = [
            f"{begin:%H:%M}–{_end(end)}"
            for begin, end, state, _comments in rules.intervals(start, start + timedelta(days=1))
            if state != opening_hours.State.CLOSED
        ]
        days.append(Day(str(WEEKDAYS[number]), ", ".join(spans), number == today.weekday()))
    return Hours(days, initiative.opening_hours)


@dataclass(frozen=True)
class Provenance:
    """Fields and who gave them."""

    fields: str
    identity: Identity | None
    seen: datetime


def sources(initiative: Initiative) -> list[Provenance]:
    """Where the information comes from: each source record with its fields, then what was written here."""
    names = {
        field.name: getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural
        for field in Initiative._meta.get_fields()
    }

    def words(fields: list[str]) -> str:
        return ", ".join(str(names.get(name, name)) for name in fields)

    shown = [
        Provenance(words(record.fields) or _("the whole record"), record, record.seen_at)
        for record in initiative.identities.all()
    ]
    here = [name for name, source in initiative.field_sources.items() if source == PEOPLE]
    if here or not shown:
        shown.append(Provenance(words(here) or _("the whole record"), None, initiative.updated_at))
    return shown


def json_ld(initiative: Initiative, address: str) -> dict[str, Any]:
    """schema.org description for search engines; only what is public."""
    place: dict[str, Any] = {
        "@type": "PostalAddress",
        "streetAddress": initiative.public_street,
        "postalCode": initiative.public_postcode,
        "addressLocality": initiative.public_locality,
        "addressCountry": initiative.country,
    }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": address,
        "url": initiative.website or address,
        "name": initiative.name,
        "description": initiative.summary,
        "foundingDate": str(initiative.founded) if initiative.founded else "",
        "address": {name: value for name, value in place.items() if value},
        "keywords": ", ".join(initiative.tags),
    }
    if initiative.public_position:
        data["location"] = {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": initiative.public_position.y,
                "longitude": initiative.public_position.x,
            },
        }
    for contact in initiative.public_contacts:
        data["telephone" if contact.kind == ContactKind.PHONE else "email"] = contact.value
    return {name: value for name, value in data.items() if value}


def as_script(data: dict[str, Any]) -> SafeString:
    """A description as a script element; what could end it early is escaped."""
    text = DjangoJSONEncoder(ensure_ascii=False).encode(data)
    return format_html(
        '<script type="application/ld+json">{}</script>', mark_safe(text.translate(ENDS_A_SCRIPT))
    )


def json_ld_script(initiative: Initiative, address: str) -> SafeString:
    """What json_ld() says, as a script element."""
    return as_script(json_ld(initiative, address))
