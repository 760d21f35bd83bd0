"""Values of an initiative, put into its row and the rows that belong to it; actions.py alone calls this."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .enums import ContactKind, Visibility
from .models import Contact, Initiative, InitiativeTheme, NetworkMembership, Photo, Translation

# Columns that people and sources may set; the rest is set by actions or computed by the database.
FIELDS = (
    "name",
    "summary",
    "description",
    "description_language",
    "primary_theme",
    "legal_form",
    "founded",
    "tags",
    "labels",
    "languages",
    "reach",
    "position",
    "precision",
    "has_no_position",
    "street",
    "postcode",
    "locality",
    "country",
    "parent",
    "collective",
    "website",
    "opening_hours",
    "licence",
    "confirmed_at",
)
PARTS = ("themes", "networks", "contacts", "translations", "photos")
# Not columns of content, but the caller may fix them at creation.
KEYS = ("slug", "uuid")


def set_fields(initiative: Initiative, values: Mapping[str, Any]) -> None:
    """Set columns on the object and validate them; ValidationError by field, KeyError for a name unknown here."""
    unknown = set(values) - {*FIELDS, *PARTS, *KEYS}
    if unknown:
        raise KeyError(f"Not a value of an initiative: {', '.join(sorted(unknown))}")
    for name in (*FIELDS, "uuid"):
        if name in values:
            setattr(initiative, name, values[name])
    initiative.full_clean()


def set_parts(initiative: Initiative, values: Mapping[str, Any]) -> None:
    """Replace the rows of each part that is given; the main theme is always among the themes."""
    if "themes" in values or "primary_theme" in values:
        chosen = {theme.pk for theme in values.get("themes", initiative.themes.all())}
        if initiative.primary_theme_id:
            chosen.add(initiative.primary_theme_id)
        _replace(InitiativeTheme, initiative, "theme_id", {theme: {} for theme in chosen})
    if "networks" in values:
        current = NetworkMembership.objects.filter(initiative=initiative, until=None)
        wanted = {network.pk for network in values["networks"]}
        current.exclude(network__in=wanted).delete()
        missing = wanted - set(current.values_list("network_id", flat=True))
        NetworkMembership.objects.bulk_create(
            NetworkMembership(initiative=initiative, network_id=network) for network in sorted(missing)
        )
    if "contacts" in values:
        rows = {
            kind: {"value": value, "visibility": seen} for kind, (value, seen) in values["contacts"].items()
        }
        try:
            _replace(Contact, initiative, "kind", rows)
        except ValidationError as error:
            raise ValidationError({"contacts": error.messages}) from error
    if "translations" in values:
        rows = {
            row["language"]: {k: v for k, v in row.items() if k != "language"}
            for row in values["translations"]
        }
        _replace(Translation, initiative, "language", rows)
    if "photos" in values:
        _set_photos(initiative, values["photos"])


def _set_photos(initiative: Initiative, rows: Sequence[Mapping[str, Any]]) -> None:
    """Pictures in this order; one that is stored already is known by its name and keeps its row.

    The model's full_clean() takes the metadata out of new ones.
    """
    present = {photo.image.name: photo for photo in initiative.photos.all()}
    for order, row in enumerate(rows):
        wanted = {**row, "order": order}
        photo = present.pop(str(row["image"]), None)
        if photo:
            # Setting the picture again would read its file.
            del wanted["image"]
            if all(getattr(photo, name) == value for name, value in wanted.items()):
                continue
        photo = photo or Photo(initiative=initiative)
        for name, value in wanted.items():
            setattr(photo, name, value)
        try:
            photo.full_clean(exclude=["width", "height"])
        except ValidationError as error:
            if "image" in error.message_dict:
                raise ValidationError({"photos": error.message_dict["image"]}) from error
            raise
        photo.save()
    Photo.objects.filter(pk__in=[photo.pk for photo in present.values()]).delete()


def _replace(model: type, initiative: Initiative, key: str, wanted: Mapping[Any, Mapping[str, Any]]) -> None:
    """Make the rows of a part equal to `wanted` and touch only those that differ."""
    present = {getattr(row, key): row for row in model.objects.filter(initiative=initiative)}
    gone = [row.pk for value, row in present.items() if value not in wanted]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    for value, fields in wanted.items():
        row = present.get(value)
        if row and all(getattr(row, name) == field for name, field in fields.items()):
            continue
        row = row or model(initiative=initiative, **{key: value})
        for name, field in fields.items():
            setattr(row, name, field)
        row.full_clean(exclude=["initiative"])
        row.save()


def check_complete(initiative: Initiative) -> None:
    """What the database will ask of a published row, as errors by field."""
    errors = {}
    if not initiative.name.strip():
        errors["name"] = _("A name is needed.")
    if not initiative.primary_theme_id:
        errors["primary_theme"] = _("A main theme is needed.")
    if (initiative.position is None) != initiative.has_no_position:
        errors["position"] = _("A position is needed, or the mark that there is none.")
    if errors:
        raise ValidationError(errors)


def public_contacts(values: Mapping[ContactKind, str]) -> dict[ContactKind, tuple[str, Visibility]]:
    """Contacts that a source published, as set_parts() takes them."""
    return {kind: (value, Visibility.EVERYONE) for kind, value in values.items() if value}
