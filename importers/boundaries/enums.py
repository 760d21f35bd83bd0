"""Closed lists of imports of boundaries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """What a run did to a territory; gone ones are told, and stay."""

    ADDED = "added", pgettext_lazy("of an import", "new")
    CHANGED = "changed", pgettext_lazy("of an import", "changed")


class Field(TextChoices):
    """What a run writes of a territory."""

    NAME = "name", _("name")
    COUNTRY = "country", _("country")
    SOURCE = "source", _("source")
    LICENCE = "licence", _("licence")
    YEAR = "year", _("year")
    PARENT = "parent", _("part of")
    BOUNDARY = "boundary", _("boundary")


class Kept(TextChoices):
    """Why an undo leaves something as it is."""

    EDITED = "edited", pgettext_lazy("undo of an import", "somebody changed it since")
    LATER = "later", pgettext_lazy("undo of an import", "a later import changed it")
    USED = "used", pgettext_lazy("undo of an import", "something refers to it")
    MISSING = "missing", pgettext_lazy("undo of an import", "what it was before is not here any more")
