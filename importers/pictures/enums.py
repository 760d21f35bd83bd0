"""Closed lists of pictures that imports bring."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """How far a picture came."""

    AWAITED = "awaited", pgettext_lazy("picture of an import", "awaited")
    CAME = "came", pgettext_lazy("picture of an import", "came")
    MISSED = "missed", pgettext_lazy("picture of an import", "could not be had")
