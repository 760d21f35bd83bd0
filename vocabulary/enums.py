"""Closed lists of the vocabulary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Nature(TextChoices):
    """What a legal form is: the legal person, a variety of it, or a status that it holds."""

    FORM = "form", _("form")
    VARIETY = "variety", _("variety")
    STATUS = "status", _("status")
