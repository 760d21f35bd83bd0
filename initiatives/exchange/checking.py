"""What an offer or need says, checked by the fields of its category: for the form and for every other door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.letters.sending import one_line
from community.members.languages import SPOKEN
from territories.models import Place, Territory
from vocabulary.exchange import Category, Field, Kind
from vocabulary.models import Theme

from ..models import Exchange
from ..models.exchange import COLUMNS
from .money import CURRENCIES

MOST_DATES, MOST_LANGUAGES, MOST_AREAS = 20, 20, 10
LONGEST_TEXT = 200
LARGEST = 1_000_000
LARGEST_AMOUNT = Decimal("1e9")
YEARS = timedelta(days=5 * 366)
EVERYWHERE = "EU"
# Until when something can be done; what begins may have begun.
ENDING = ("ends", "deadline", "dates")
EMPTY = {"languages": [], "dates": [], "remote": False}


@dataclass(frozen=True)
class Checked:
    """What is stored."""

    columns: dict[str, Any]
    details: dict[str, Any]


def checked(
    category: Category,
    kind: Kind,
    values: Mapping[str, Any],
    *,
    today: date,
    before: Exchange | None = None,
) -> Checked:
    """Values by the names of the fields, each as Python has it; what is not given may be missing, None or empty.

    A place is a Place, a theme a Theme, money an object of amount and currency, an eligible area a list of codes.
    `before` is what is revised: dates that it has already may be over. ValidationError by field.
    """
    fields = category.fields(kind)
    errors: dict[str, str] = {}
    if unknown := set(values) - {field.name for field, _required in fields}:
        raise ValidationError(_("This category has no field “%(name)s”.") % {"name": min(unknown)})
    found: dict[str, Any] = {}
    for field, is_required in fields:
        value = values.get(field.name)
        is_given = value is not None and value not in ("", [], ())
        # An optional box that is not ticked says nothing.
        if field.type == "boolean" and not is_required:
            is_given = value is True
        try:
            if is_given and (clean := CHECKS[field.type](field, value)) not in ("", []):
                found[field.name] = clean
            elif is_required:
                raise ValidationError(_("Fill this in."))
        except ValidationError as error:
            errors[field.name] = error.messages[0]
    _check_dates(found, errors, today, before)
    _check_together(found, errors)
    if errors:
        raise ValidationError(errors)
    return _stored(found)


def _stored(found: dict[str, Any]) -> Checked:
    columns = {name: found.get(name, EMPTY.get(name)) for name in COLUMNS}
    place: Place | None = found.get("place")
    columns |= {
        "locality": place.name if place else "",
        "country": place.country if place else "",
        "position": place.position if place else None,
    }
    details = {name: value for name, value in found.items() if name not in COLUMNS and name != "place"}
    return Checked(columns, details)


def _check_dates(found: dict[str, Any], errors: dict[str, str], today: date, before: Exchange | None) -> None:
    for name in ("starts", *ENDING):
        if name not in found:
            continue
        given = found[name] if isinstance(found[name], list) else [found[name]]
        former = before.value(name) if before else None
        kept = former if isinstance(former, list) else [former]
        is_late = any(day < today and day not in kept for day in given)
        if is_late or (name in ENDING and max(given) < today):
            errors[name] = _("This date is over. Choose one from today on.")
        elif max(given) > today + YEARS:
            errors[name] = _("Choose a date within five years.")


def _check_together(found: dict[str, Any], errors: dict[str, str]) -> None:
    starts, ends = found.get("starts"), found.get("ends")
    if starts and ends and ends < starts:
        errors.setdefault("ends", _("It ends before it begins."))
    least, most = found.get("amount_min"), found.get("amount_max")
    if least and most:
        if least["currency"] != most["currency"]:
            errors.setdefault("amount_max", _("Choose the same currency for both amounts."))
        elif Decimal(most["amount"]) < Decimal(least["amount"]):
            errors.setdefault("amount_max", _("The largest amount is below the smallest."))


# ── Each type ───────────────────────────────────────────────────────────────────────────────────


def _words(field: Field, value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValidationError(_("Expected a text."))
    longest = field.max_length or LONGEST_TEXT
    text = value.strip().replace("\r\n", "\n") if field.type == "markdown" else one_line(value)
    if len(text) > longest:
        raise ValidationError(_("At most %(n)s signs.") % {"n": longest})
    return text


def _language(field: Field, value: Any) -> str:
    if value not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose one of the languages."))
    return value


def _codes(value: Any, most: int) -> list[str]:
    """Each once, in order; none where it is no list of codes."""
    if not isinstance(value, list) or len(value) > most:
        return []
    is_clean = all(isinstance(code, str) and code.isprintable() for code in value)
    return sorted(set(value)) if is_clean else []


def _languages(field: Field, value: Any) -> list[str]:
    codes = _codes(value, MOST_LANGUAGES)
    if not codes or not set(codes) <= set(SPOKEN):
        raise ValidationError(_("Choose from the languages."))
    return codes


def _theme(field: Field, value: Any) -> Theme:
    if not isinstance(value, Theme):
        raise ValidationError(_("Choose a theme."))
    return value


def _place(field: Field, value: Any) -> Place:
    if not isinstance(value, Place):
        raise ValidationError(_("Choose a town."))
    return value


def _territories(field: Field, value: Any) -> list[str]:
    codes = _codes(value, MOST_AREAS)
    if EVERYWHERE in codes:
        return [EVERYWHERE]
    if not codes:
        raise ValidationError(_("Choose one to %(n)s territories.") % {"n": MOST_AREAS})
    if Territory.objects.filter(code__in=codes).count() < len(codes):
        raise ValidationError(_("No territory has this code."))
    return codes


def _boolean(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Choose yes or no."))
    return value


def _number(field: Field, value: Any, largest: Decimal, places: int) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        raise ValidationError(_("Enter a number."))
    least, most = field.minimum, field.maximum if field.maximum is not None else largest
    if least is not None and number < least:
        raise ValidationError(_("At least %(n)s.") % {"n": f"{least.normalize():f}"})
    if number > most:
        raise ValidationError(_("At most %(n)s.") % {"n": f"{most.normalize():f}"})
    if number != round(number, places):
        raise ValidationError(
            _("Enter a whole number.") if places == 0 else _("At most two digits after the point.")
        )
    return number


def _integer(field: Field, value: Any) -> int:
    return int(_number(field, value, Decimal(LARGEST), 0))


def _decimal(field: Field, value: Any) -> int | float:
    number = _number(field, value, Decimal(LARGEST), 2)
    return int(number) if number == number.to_integral_value() else float(number)


def _money(field: Field, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"amount", "currency"}:
        raise ValidationError(_("Enter an amount."))
    if value["currency"] not in CURRENCIES:
        raise ValidationError(_("Choose a currency."))
    amount = _number(field, value["amount"], LARGEST_AMOUNT, 2)
    return {"amount": f"{amount:.2f}", "currency": value["currency"]}


def _date(field: Field, value: Any) -> date:
    if type(value) is not date:
        raise ValidationError(_("Enter a date."))
    return value


def _dates(field: Field, value: Any) -> list[date]:
    if not isinstance(value, list) or len(value) > MOST_DATES:
        raise ValidationError(_("At most %(n)s dates.") % {"n": MOST_DATES})
    return sorted({_date(field, day) for day in value})


def _choice(field: Field, value: Any) -> str:
    if not isinstance(value, str) or field.choice(value) is None:
        raise ValidationError(_("Choose one of these."))
    return value


CHECKS = {
    "text": _words,
    "markdown": _words,
    "language": _language,
    "languages": _languages,
    "theme": _theme,
    "place": _place,
    "territory": _territories,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "dates": _dates,
    "choice": _choice,
}
