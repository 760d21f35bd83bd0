"""Fields of forms in our look."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a field. Its label is visible, so a placeholder that repeats it goes."""
    return field.as_widget(attrs={"class": "input", "placeholder": False})
