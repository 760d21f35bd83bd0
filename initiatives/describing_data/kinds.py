"""What the things are that the catalogue names and others describe: said here too, so that it can be judged alone.

DCAT-AP asks for a class of whatever a property leads to. Portals know the tables of the European authority; pages,
standards and media types are in no table.
"""

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

# That of rdflib is closed, and of the second version.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
EU = "http://publications.europa.eu/resource/authority/"
# By the property that leads there.
KINDS = {
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCATAP.availability: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
# A concept needs a label, and a scheme a title; by their names below those of the authority.
LABELS = {
    "data-theme/SOCI": "Population and society",
    "data-theme/ECON": "Economy and finance",
    "planned-availability/STABLE": "stable",
}
TITLES = {"data-theme": "Data theme"}


def tell(graph: Graph) -> None:
    """Add what each thing is that a statement of the graph leads to."""
    for predicate, kind in KINDS.items():
        for thing in set(graph.objects(None, predicate)):
            graph.add((thing, RDF.type, kind))
    for predicate, words in ((SKOS.prefLabel, LABELS), (DCTERMS.title, TITLES)):
        for name, text in words.items():
            if (URIRef(EU + name), RDF.type, None) in graph:
                graph.add((URIRef(EU + name), predicate, Literal(text, lang="en")))
