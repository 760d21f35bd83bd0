"""Words and marks that templates share."""

from django import template
from django.contrib.gis.measure import Distance
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from geoportal.prose import to_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as safe HTML."""
    return to_html(text)


@register.filter
def distance(value: Distance) -> str:
    """A distance as people say it: 300 m, 1,2 km, 14 km."""
    if value.m < 950:
        return f"{number_format(max(10, round(value.m, -1)), decimal_pos=0)}\u202fm"
    return f"{number_format(value.km, decimal_pos=1 if value.km < 9.5 else 0)}\u202fkm"
