"""What fields of an import are called on pages."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from initiatives.enums import ContactKind
from initiatives.models import Initiative

from . import remapping

OWN_WORDS = {
    "email": ContactKind.EMAIL.label,
    "phone": ContactKind.PHONE.label,
    "language": gettext_lazy("language of the description"),
    remapping.THEMES: gettext_lazy("theme"),
    remapping.LATITUDE: gettext_lazy("latitude"),
    remapping.LONGITUDE: gettext_lazy("longitude"),
    remapping.PAIR: gettext_lazy("latitude and longitude in one"),
    remapping.KEY: pgettext_lazy("of a record at its source", "identifier"),
    remapping.PAGE: pgettext_lazy("of a record at its source", "page"),
}


# Of these a row tells something, though no single column is chosen for them.
OF_ROWS = {
    "position": gettext_lazy("position"),
    "translations": gettext_lazy("translations"),
    "photos": gettext_lazy("pictures"),
    "contacts": gettext_lazy("contact"),
}
# Where an initiative stands that an import does not change, within a phrase.
STANDS = {
    "rejected": gettext_noop("rejected"),
    "archived": gettext_noop("archived"),
    "closed": gettext_noop("ended"),
}
OF_INITIATIVES = {field.name: field.verbose_name for field in Initiative._meta.concrete_fields}


def named(target: str) -> str:
    """What a target is called."""
    return capfirst(str(OWN_WORDS.get(target) or OF_INITIATIVES[target]))


def field_named(field: str) -> str:
    """What the field of an issue is called; a column of the file as the file calls it."""
    words = OF_ROWS.get(field) or OWN_WORDS.get(field) or OF_INITIATIVES.get(field)
    return capfirst(str(words)) if words else field
