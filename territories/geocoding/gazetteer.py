"""Towns of the gazetteer by their name: what is known without asking anybody."""

from geo.search import folded

from ..models import Place
from .candidates import Candidate, Fineness

LOOKED_AT = 50


def towns(name: str, country: str = "", most: int = 1) -> list[Place]:
    """Places of exactly that name, however it is spelt, the largest first; of one country (ISO 3166) or of all."""
    plain = folded(name)
    if not plain:
        return []
    # Each name stands after a bar; the last one ends the text.
    found = Place.objects.filter(search_names__contains=f"|{plain}").order_by("-population")
    if country:
        found = found.filter(country=country)
    return [place for place in found[:LOOKED_AT] if plain in place.search_names.split("|")][:most]


def candidates(name: str, country: str, most: int) -> list[Candidate]:
    """The same as candidates."""
    return [
        Candidate(
            ", ".join(filter(None, (place.name, place.admin1, place.country))),
            round(place.position.x, 6),
            round(place.position.y, 6),
            Fineness.LOCALITY,
            place.country,
        )
        for place in towns(name, country, most)
    ]
