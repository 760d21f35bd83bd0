"""What was typed so far, shown again in a form that nobody has sent yet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.http import QueryDict

from territories.geocoding.candidates import chosen

from .translating import TEXTS, rows_in

# Who is found on the map already has its name and its theme: what was typed to find it is no correction of them.
CARRIED = (
    "summary",
    "street",
    "postcode",
    "locality",
    "country",
    "description",
    "website",
    "email",
    "phone",
    "legal_form",
    "founded",
)
WITH = {"description": "description_language", "email": "email_visibility", "phone": "phone_visibility"}
HIGHEST = 85.05
LENGTHS = {"name": 200, "summary": 400, "description": 20_000}


def retyped(form: forms.Form, data: QueryDict) -> forms.Form:
    """The form with what was typed, without a word about what is missing yet; files cannot be shown again."""
    for name, field in form.fields.items():
        is_shown = not isinstance(field, forms.FileField)
        if is_shown and not field.widget.value_omitted_from_data(data, {}, name):
            form.initial[name] = field.widget.value_from_datadict(data, {}, name)
    return form


def point_of(data: Mapping[str, Any]) -> Point | None:
    """The place that was typed or chosen so far, EPSG:4326; None where there is none."""
    try:
        if text := data.get("candidate"):
            lon, lat, _fineness = chosen(text)
        else:
            lat, lon = (float(data.get(name, "").replace(",", ".")) for name in ("lat", "lon"))
    except ValueError:
        return None
    return Point(lon, lat, srid=4326) if abs(lat) <= HIGHEST and abs(lon) <= 180 else None


def carried(form: forms.Form, data: QueryDict) -> list[str]:
    """Put what was typed about another one into a form that shows what is known; what it changed, in words."""
    changed = []
    for name in CARRIED:
        typed = data.get(name, "").strip()
        if name in form.fields and typed and typed != str(form.initial.get(name) or ""):
            form.initial[name] = typed
            if with_it := data.get(WITH.get(name, "")):
                form.initial[WITH[name]] = with_it
            changed.append(str(form.fields[name].label))
    if point := point_of(data):
        form.initial |= {"lat": f"{point.y:.6f}", "lon": f"{point.x:.6f}", "has_no_position": False}
        changed.append(f"{form.fields['lat'].label}, {form.fields['lon'].label}")
    return changed


def texts_of(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Name, sentence and description in each language that was typed, for a preview."""
    before = {"": data.get("description_language", "")}
    for number in range(1, rows_in(data) + 1):
        before[f"translation_{number}_"] = data.get(f"translation_{number}_language", "")
    found = [
        {"language": language[:3]}
        | {name: data.get(f"{prefix}{name}", "").strip()[: LENGTHS[name]] for name in TEXTS}
        for prefix, language in before.items()
    ]
    return [row for row in found if any(row[name] for name in TEXTS)]
