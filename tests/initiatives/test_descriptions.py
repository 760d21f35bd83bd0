"""Catalogue, vocabulary and feed, as other programs read them."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from rdflib import RDF, XSD, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from initiatives import actions as initiatives
from initiatives.exporting.formats import FORMATS
from initiatives.models import Initiative
from initiatives.snapshots import actions
from tests.factories import InitiativeFactory, NetworkFactory
from tests.initiatives.asking import counted
from vocabulary.models import Theme

pytestmark = [
    pytest.mark.django_db,
    # What rdflib's own reader of JSON-LD uses.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
# What DCAT-AP 3 asks of each class, and what portals look for.
ASKED = {
    DCAT.Catalog: [
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        FOAF.homepage,
        DCAT.dataset,
        DCAT.service,
    ],
    DCAT.Dataset: [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.identifier, DCTERMS.publisher, DCTERMS.spatial),
        *(DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCAT.landingPage, DCAT.distribution),
    ],
    DCAT.Distribution: [DCAT.accessURL, DCAT.downloadURL, DCTERMS["format"], DCTERMS.license, DCTERMS.title],
    DCAT.DataService: [DCTERMS.title, DCAT.endpointURL, DCAT.servesDataset],
    FOAF.Agent: [FOAF.name],
    VCARD.Kind: [VCARD.fn],
    SPDX.Checksum: [SPDX.algorithm, SPDX.checksumValue],
}
ATOM = {"a": "http://www.w3.org/2005/Atom", "georss": "http://www.georss.org/georss"}


@pytest.fixture
def snapshot(full, settings, tmp_path):
    """One of all that there is."""
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False):
        return actions.make(by=None)


def read(client, path: str) -> Graph:
    """A description as a graph."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    form = "json-ld" if path.endswith("jsonld") else "turtle"
    return Graph().parse(data=answer.content, format=form)


@pytest.mark.parametrize("path", ["/catalog.ttl", "/catalog.jsonld"])
def test_the_catalogue_has_what_dcat_ap_asks(client, snapshot, path):
    graph = read(client, path)
    for kind, predicates in ASKED.items():
        things = set(graph.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            for predicate in predicates:
                assert (thing, predicate, None) in graph, (thing, predicate)
    for thing in graph.objects(None, DCAT.distribution):
        assert (thing, RDF.type, DCAT.Distribution) in graph
    for thing in graph.objects(None, DCAT.dataset):
        assert (thing, RDF.type, DCAT.Dataset) in graph


# Where a property leads has to be of a class, labelled where it is a concept: the shapes of DCAT-AP 3 refuse the rest.
LEADS = {
    DCTERMS.publisher: FOAF.Agent,
    DCTERMS.spatial: DCTERMS.Location,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS["format"]: DCTERMS.MediaTypeOrExtent,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCAT.contactPoint: VCARD.Kind,
    DCAT.landingPage: FOAF.Document,
    DCAT.accessService: DCAT.DataService,
    FOAF.homepage: FOAF.Document,
    SPDX.checksum: SPDX.Checksum,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
    URIRef("http://data.europa.eu/r5r/availability"): SKOS.Concept,
}
ONE = (
    DCTERMS.publisher,
    DCTERMS.license,
    DCTERMS["format"],
    DCAT.mediaType,
    DCTERMS.modified,
    DCTERMS.issued,
)


def test_whatever_the_catalogue_leads_to_is_said_to_be_what_it_is(client, snapshot):
    graph = read(client, "/catalog.ttl")
    for predicate, kind in LEADS.items():
        things = set(graph.objects(None, predicate))
        assert things, predicate
        assert things <= set(graph.subjects(RDF.type, kind)), predicate
    for kind, predicate in ((SKOS.Concept, SKOS.prefLabel), (SKOS.ConceptScheme, DCTERMS.title)):
        assert set(graph.subjects(RDF.type, kind)) <= set(graph.subjects(predicate)), kind
    for subject in set(graph.subjects()):
        for predicate in ONE:
            assert len(set(graph.objects(subject, predicate))) <= 1, (subject, predicate)


def test_both_forms_say_the_same(client, snapshot):
    turtle, json_ld = (read(client, f"/catalog.{ending}") for ending in ("ttl", "jsonld"))
    assert set(turtle) == set(json_ld)


def test_the_catalogue_names_sets_files_and_sums(client, snapshot, network):
    NetworkFactory(name="Nothing here")
    graph = read(client, "/catalog.ttl")
    base = "http://testserver"
    whole = URIRef(f"{base}/catalog.ttl#initiatives")
    mine = URIRef(f"{base}/catalog.ttl#network-{network.slug}")
    frozen = URIRef(f"{base}/data/snapshots/2026-11-01/datapackage.json")
    assert set(graph.subjects(RDF.type, DCAT.Dataset)) == {whole, mine, frozen}
    for dataset in (whole, mine, frozen):
        assert len(set(graph.objects(dataset, DCAT.distribution))) == len(FORMATS)
    assert (whole, DCAT.hasVersion, frozen) in graph
    for suffix in FORMATS:
        file = snapshot.file(f"initiatives.{suffix}")
        here = URIRef(f"{base}/data/snapshots/2026-11-01/initiatives.{suffix}")
        checksum = graph.value(here, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == file["sha256"]
        assert int(graph.value(here, DCAT.byteSize)) == file["bytes"]
        query = URIRef(f"{base}/exports/initiatives.{suffix}?network={network.slug}")
        assert str(graph.value(query, DCTERMS.license)).endswith("/CC_BY_4_0")
    endpoints = {str(one) for one in graph.objects(None, DCAT.endpointURL)}
    assert endpoints == {f"{base}/api/initiatives/", f"{base}/ogc/"}
    assert graph.value(frozen, DCTERMS.issued).datatype == XSD.date
    assert {title.language for title in graph.objects(whole, DCTERMS.title)} == {"fr", "en", "es", "de", "it"}


def test_the_catalogue_is_asked_again_cheaply(client, snapshot):
    first = client.get("/catalog.ttl")
    again = client.get("/catalog.ttl", headers={"if-none-match": first["ETag"], "accept-language": "de"})
    assert again.status_code == 304
    with counted() as statements:
        client.get("/catalog.ttl")
    assert len(statements) == 2


def test_statements_do_not_grow_with_networks(client, snapshot):
    with counted() as few:
        client.get("/catalog.jsonld")
    for _number in range(4):
        InitiativeFactory(networks=[NetworkFactory(website='https://a.example/"<x>')], published=True)
    # The version moves with the commit, which the test does not reach.
    cache.clear()
    with counted() as many:
        graph = read(client, "/catalog.jsonld")
    assert len(many) == len(few) <= 8
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 7


def test_an_empty_site_has_a_catalogue(client, db):
    graph = read(client, "/catalog.ttl")
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 1


def test_themes_are_concepts_in_five_languages(client, db):
    graph = read(client, "/vocabularies/themes.ttl")
    base = "http://testserver/vocabularies/themes.ttl"
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(scheme) == base
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == {URIRef(f"{base}#{theme.slug}") for theme in Theme.objects.all()}
    assert len(set(graph.objects(scheme, SKOS.hasTopConcept))) == Theme.objects.roots().count() == 10
    for concept in concepts:
        labels = [label.language for label in graph.objects(concept, SKOS.prefLabel)]
        assert sorted(labels) == ["de", "en", "es", "fr", "it"], concept
        preferred = set(graph.objects(concept, SKOS.prefLabel))
        assert not preferred & set(graph.objects(concept, SKOS.altLabel))
        broader = set(graph.objects(concept, SKOS.broader))
        assert len(broader) == ((concept, SKOS.topConceptOf, scheme) not in graph)
        assert all((one, SKOS.narrower, concept) in graph for one in broader)
    for theme in Theme.objects.all():
        here = URIRef(f"{base}#{theme.slug}")
        matches = {*graph.objects(here, SKOS.exactMatch), *graph.objects(here, SKOS.closeMatch)}
        codes = {str(one).rsplit("/", 1)[-1] for one in matches if "essglobal" in str(one)}
        assert codes == set(theme.essglobal)


def test_codes_that_people_type_cannot_break_the_vocabulary(client, db):
    Theme.objects.filter(slug="co-housing").update(
        essglobal=["AM 90> <x"], osm=['a="b"'], nace=["{"], names={"en": 'A "quoted" \\ name'}
    )
    assert len(read(client, "/vocabularies/themes.ttl")) > 100


def feed(client, query: str = ""):
    """The feed of a selection."""
    answer = client.get(f"/feeds/initiatives.atom{query}")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def test_a_feed_shows_what_changed_last_first(client, scattered, bakery):
    initiatives.revise(bakery, by=None, values={"summary": 'Bread & <b>"cakes"</b> \x0b'})
    root = feed(client)
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == Initiative.objects.published().located().count() == 21
    updated = [entry.findtext("a:updated", None, ATOM) for entry in entries]
    assert updated == sorted(updated, reverse=True)
    first = entries[0]
    assert first.findtext("a:id", None, ATOM) == f"urn:uuid:{bakery.uuid}"
    assert first.findtext("a:title", None, ATOM) == bakery.name
    assert first.findtext("georss:point", None, ATOM) == "45.7640000 4.8357000"
    assert first.find("a:link", ATOM).get("href") == f"http://testserver/initiatives/{bakery.slug}/"
    assert {one.get("term") for one in first.findall("a:category", ATOM)} == {"co-housing"}
    assert root.findtext("a:author/a:name", None, ATOM) == "Social Planet"


def test_a_feed_takes_the_selection_of_every_door(client, scattered):
    for query in ("?theme=repair-cafes", "?bbox=4,45,5,46", "?located=any", "?located=no", "?q=atelier"):
        matched = client.get(f"/api/count{query}").json()["matched"]
        assert len(feed(client, query).findall("a:entry", ATOM)) == matched, query
    (one,) = feed(client, "?located=no").findall("a:entry", ATOM)
    assert one.find("georss:point", ATOM) is None
    answer = client.get("/feeds/initiatives.atom?colour=red")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "colour")


def test_a_feed_tells_no_exact_place(client, bakery):
    Initiative.objects.filter(pk=bakery.pk).update(precision="locality")
    (entry,) = feed(client).findall("a:entry", ATOM)
    assert not re.match(r"45\.764|.* 4\.8357", entry.findtext("georss:point", None, ATOM))


def test_a_feed_has_a_hundred_entries_at_most_in_few_statements(client, bakery):
    for number in range(100):
        InitiativeFactory(name=f"Atelier {number}", published=True)
    with counted() as statements:
        entries = feed(client).findall("a:entry", ATOM)
    assert len(entries) == 100
    assert len(statements) <= 4


@pytest.mark.django_db(transaction=True)
def test_a_feed_is_asked_again_cheaply(client, bakery):
    etag = client.get("/feeds/initiatives.atom")["ETag"]
    assert client.get("/feeds/initiatives.atom", headers={"if-none-match": etag}).status_code == 304
    initiatives.revise(bakery, by=None, values={"name": "Another"})
    assert client.get("/feeds/initiatives.atom", headers={"if-none-match": etag}).status_code == 200


def test_the_page_of_an_initiative_tells_search_engines(client, bakery):
    text = client.get(f"/en/initiatives/{bakery.slug}/").content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert json.loads(found)["name"] == bakery.name
