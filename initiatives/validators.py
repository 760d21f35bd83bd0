"""Checks of single values."""

import opening_hours
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_opening_hours(value: str) -> None:
    """Refuse what is not in the syntax of OpenStreetMap's opening_hours."""
    if not opening_hours.validate(value):
        raise ValidationError(
            _("Expected opening hours such as “Mo-Fr 09:00-18:00; Sa 10:00-12:00”, came “%(value)s”."),
            params={"value": value[:80]},
            code="opening_hours",
        )


def check_lengths(row: models.Model) -> None:
    """Refuse texts longer than their fields say; Django itself looks at that in forms only."""
    errors = {}
    for field in row._meta.fields:
        if isinstance(field, models.TextField) and field.max_length:
            try:
                MaxLengthValidator(field.max_length)(getattr(row, field.name))
            except ValidationError as error:
                errors[field.name] = error
    if errors:
        raise ValidationError(errors)
