"""Words and marks that templates share."""

from html import unescape

from django import template
from django.contrib.gis.measure import Distance
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from community.topics.naming import Named
from geoportal.embedding import code
from geoportal.prose import to_html
from initiatives.badges import Badge
from initiatives.badges import of as badges_of
from initiatives.models import Initiative
from vocabulary.models import Theme

register = template.Library()


@register.filter
def markdown(text: str, named: Named | None = None) -> SafeString:
    """Markdown as safe HTML; `named` are people whose names in it lead to their pages."""
    return to_html(text, named.links_in if named else None)


@register.filter
def plain(text: str) -> str:
    """Markdown as its words alone."""
    return " ".join(unescape(strip_tags(to_html(text))).split())


@register.filter
def distance(value: Distance) -> str:
    """A distance as people say it: 300 m, 1,2 km, 14 km."""
    if value.m < 950:
        return f"{number_format(max(10, round(value.m, -1)), decimal_pos=0)}\u202fm"
    return f"{number_format(value.km, decimal_pos=1 if value.km < 9.5 else 0)}\u202fkm"


@register.filter
def badges(initiative: Initiative) -> list[Badge]:
    """What higher rooms say of an initiative in a word or two."""
    return badges_of(initiative)


@register.filter
def named_language(code: str) -> str:
    """A language in the language of the page, its code where Django knows no name.

    Not `language_name`: that is a filter of Django, which speaks English and fails.
    """
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:
    """A symbol of the icon sheet; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        " icon--s" if small else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def disc(theme: Theme, size: str = "") -> SafeString:
    """The round mark of one of the ten themes; `size` is s, l or nothing."""
    return format_html(
        '<span class="disc{}" data-theme="{}">{}</span>',
        f" disc--{size}" if size else "",
        theme.icon,
        icon(theme.icon),
    )


@register.inclusion_tag("geoportal/_embed_code.html")
def embed_code(query: str, title: str) -> dict:
    """The part of a page that lets others put the map of a selection on their site."""
    codes = [(size, code.iframe(query, title, size.width, size.height)) for size in code.SIZES]
    return {"codes": codes, "address": code.address(query), "query": query}
