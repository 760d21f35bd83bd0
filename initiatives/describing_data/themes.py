"""The vocabulary of themes as SKOS: five languages, the tree, and the codes that other vocabularies have for it."""

from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

from vocabulary.models import Theme

ESSGLOBAL = Namespace("http://purl.org/essglobal/standard/activities-modified/")
OSM_TAG = "https://wiki.openstreetmap.org/wiki/Tag:"
# NACE Rev. 2 of Eurostat: sections are letters, divisions numbers.
NACE = Namespace("http://data.europa.eu/ux2/nace2/")


def address() -> str:
    """Where the vocabulary is."""
    return f"{settings.SITE_URL}/vocabularies/themes.ttl"


def concept(slug: str) -> URIRef:
    """A theme; its identifier is its place in the file."""
    return URIRef(f"{address()}#{slug}")


def graph() -> Graph:
    """All themes."""
    made = Graph()
    made.bind("skos", SKOS)
    made.bind("essglobal", ESSGLOBAL)
    scheme = URIRef(address())
    made.add((scheme, RDF.type, SKOS.ConceptScheme))
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            made.add((scheme, DCTERMS.title, Literal(_("Themes"), lang=code)))
    themes = list(Theme.objects.select_related("parent"))
    for theme in themes:
        _add(made, scheme, theme)
    _match(made, themes)
    return made


def turtle() -> bytes:
    """The same as Turtle, UTF-8."""
    return graph().serialize(format="turtle", encoding="utf-8")


def _add(made: Graph, scheme: URIRef, theme: Theme) -> None:
    here = concept(theme.slug)
    made.add((here, RDF.type, SKOS.Concept))
    made.add((here, SKOS.inScheme, scheme))
    made.add((here, SKOS.notation, Literal(theme.slug)))
    if theme.parent:
        made.add((here, SKOS.broader, concept(theme.parent.slug)))
        made.add((concept(theme.parent.slug), SKOS.narrower, here))
    else:
        made.add((here, SKOS.topConceptOf, scheme))
        made.add((scheme, SKOS.hasTopConcept, here))
    for code, _name in settings.LANGUAGES:
        name = theme.names.get(code)
        others = {theme.short_names.get(code), *theme.synonyms.get(code, [])}
        if name:
            made.add((here, SKOS.prefLabel, Literal(name, lang=code)))
        # A label is preferred or another one, never both.
        for other in others - {name, None, ""}:
            made.add((here, SKOS.altLabel, Literal(other, lang=code)))
        if theme.definition.get(code):
            made.add((here, SKOS.definition, Literal(theme.definition[code], lang=code)))


def _match(made: Graph, themes: list[Theme]) -> None:
    """Exact where a subtheme and a code of ESSGlobal have each other alone, as far as our table says; else close."""
    holders: dict[str, int] = {}
    for code in (code for theme in themes for code in theme.essglobal):
        holders[code] = holders.get(code, 0) + 1
    for theme in themes:
        here = concept(theme.slug)
        for code in theme.essglobal:
            alone = len(theme.essglobal) == 1 and holders[code] == 1
            made.add((here, SKOS.exactMatch if alone else SKOS.closeMatch, ESSGLOBAL[quote(code)]))
        for tags in theme.osm:
            if "+" not in tags and " " not in tags:
                made.add((here, SKOS.closeMatch, URIRef(f"{OSM_TAG}{quote(tags, safe=':=')}")))
        for code in theme.nace:
            # The letter of the section stands before the number, which alone names the division.
            made.add((here, SKOS.relatedMatch, NACE[quote(code[1:] or code)]))
