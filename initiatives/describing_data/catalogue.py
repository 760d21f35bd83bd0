"""The catalogue of the data by DCAT-AP 3: the whole, one set for each network, their files, and the doors."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Max
from django.utils import translation
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF
from rdflib.term import Node

from vocabulary.models import Licence

from ..exporting.formats import FORMATS, Format
from ..models import Initiative, Network, Snapshot
from ..snapshots import reading
from . import kinds, texts, themes
from .kinds import DCAT, DCATAP, EU, SPDX

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
THEMES = ("SOCI", "ECON")
LANGUAGES = {"fr": "FRA", "en": "ENG", "es": "SPA", "de": "DEU", "it": "ITA"}
# Those that the authority's tables have; others are named by their own address.
LICENCES = {
    "ODbL-1.0": "ODC_BL",
    "CC0-1.0": "CC0",
    "CC-BY-4.0": "CC_BY_4_0",
    "CC-BY-SA-4.0": "CC_BYSA_4_0",
}
FILE_TYPES = {"geojson": "GEOJSON", "csv": "CSV", "gpkg": "GPKG"}
IANA = "https://www.iana.org/assignments/media-types/"
REGISTERED = (
    "application/geo+json",
    "text/csv",
    "application/geopackage+sqlite3",
    "application/vnd.apache.parquet",
)
CONFORMS = {
    "geojson": "https://www.rfc-editor.org/rfc/rfc7946",
    "csv": "https://www.rfc-editor.org/rfc/rfc4180",
    "gpkg": "http://www.opengis.net/doc/IS/geopackage/1.3",
    "parquet": "https://geoparquet.org/releases/v1.1.0/",
}
# The box that the map can show.
EVERYWHERE = "POLYGON((-180 -85.06,180 -85.06,180 85.06,-180 85.06,-180 -85.06))"


def _site(path: str = "/") -> URIRef:
    return URIRef(f"{settings.SITE_URL}{path}")


class Catalogue:
    """A graph, written node by node."""

    def __init__(self) -> None:
        self.graph = Graph()
        for name, space in (
            ("dcat", DCAT),
            ("vcard", VCARD),
            ("spdx", SPDX),
            ("adms", ADMS),
            ("dcatap", DCATAP),
        ):
            self.graph.bind(name, space)
        self.licences = {row.code: row for row in Licence.objects.all()}
        self.root = _site("/catalog.ttl")
        self.whole = _site("/catalog.ttl#initiatives")
        self.publisher = _site("/catalog.ttl#publisher")
        self.contact = _site("/catalog.ttl#contact")

    def add(self, subject: Node, *pairs: tuple[URIRef, Node | None]) -> None:
        """Statements about one thing; those without an object are left out."""
        for predicate, value in pairs:
            if value is not None:
                self.graph.add((subject, predicate, value))

    def in_languages(self, subject: Node, predicate: URIRef, say) -> None:
        """A text in each language of the site."""
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                self.add(subject, (predicate, Literal(say(), lang=code)))

    def licence(self, code: str) -> Node | None:
        """The document of a licence, by the authority's name where it has one."""
        row = self.licences.get(code)
        known = LICENCES.get(code)
        if row is None and known is None:
            return None
        here = URIRef(f"{EU}licence/{known}" if known else row.url)
        self.add(here, (RDF.type, DCTERMS.LicenseDocument), (DCTERMS.identifier, Literal(code)))
        if known and row:
            self.add(here, (RDFS.seeAlso, URIRef(row.url)))
        return here

    def file(
        self, address: str, suffix: str, title: str, media_type: str, licence: str, access: str
    ) -> URIRef:
        """A distribution: a file in a format, at an address."""
        here = URIRef(address)
        media = media_type.partition(";")[0]
        known = FILE_TYPES.get(suffix)
        kind = URIRef(f"{EU}file-type/{known}") if known else _site(f"/catalog.ttl#type-{suffix}")
        self.add(kind, (RDF.type, DCTERMS.MediaTypeOrExtent), (RDFS.label, Literal(title)))
        self.add(
            here,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(title)),
            (DCAT.accessURL, URIRef(access)),
            (DCAT.downloadURL, here),
            (DCTERMS["format"], kind),
            (DCAT.mediaType, URIRef(f"{IANA}{media}") if media in REGISTERED else None),
            (DCTERMS.license, self.licence(licence)),
            (DCTERMS.conformsTo, URIRef(CONFORMS[suffix]) if suffix in CONFORMS else None),
            (DCATAP.availability, URIRef(f"{EU}planned-availability/STABLE")),
        )
        return here

    def exports(self, dataset: URIRef, query: str, licence: str) -> None:
        """What is made when it is asked for, in each format."""
        page = f"{settings.SITE_URL}/data/" + (f"?{query}" if query else "")
        for format in FORMATS.values():
            found = self.file(
                format.address(query), format.suffix, format.title, format.media_type, licence, page
            )
            self.add(dataset, (DCAT.distribution, found))
            self.add(found, (DCAT.accessService, _site("/catalog.ttl#api")))


def graph() -> Graph:
    """The whole catalogue; the same text as long as nothing changes."""
    made = Catalogue()
    changed = Initiative.objects.published().aggregate(last=Max("updated_at"))["last"]
    moment = Literal(changed.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime) if changed else None
    _agents(made)
    made.add(
        made.root,
        (RDF.type, DCAT.Catalog),
        (DCTERMS.publisher, made.publisher),
        (FOAF.homepage, _site()),
        (DCTERMS.license, made.licence(settings.DATA_LICENCE)),
        (DCTERMS.modified, moment),
        (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
        (DCAT.dataset, made.whole),
    )
    made.in_languages(made.root, DCTERMS.title, lambda: settings.SITE_NAME)
    made.in_languages(made.root, DCTERMS.description, texts.description)
    _languages(made, made.root)
    _whole(made, moment)
    _snapshots(made, list(Snapshot.objects.ready()))
    networks = Network.objects.with_counts().filter(initiative_count__gt=0)
    _networks(made, networks.select_related("licence"))
    _services(made)
    kinds.tell(made.graph)
    return made.graph


def _agents(made: Catalogue) -> None:
    name = Literal(texts.publisher())
    made.add(made.publisher, (RDF.type, FOAF.Agent), (FOAF.name, name), (FOAF.homepage, _site()))
    made.add(made.contact, (RDF.type, VCARD.Kind), (VCARD.fn, name), (VCARD.hasURL, _site("/legal/")))


def _languages(made: Catalogue, subject: Node) -> None:
    for code in LANGUAGES.values():
        made.add(subject, (DCTERMS.language, URIRef(f"{EU}language/{code}")))


def _dataset(made: Catalogue, here: URIRef) -> None:
    """What all sets of data have in common."""
    place = URIRef(f"{EU}continent/EUROPE")
    box = Literal(EVERYWHERE, datatype=URIRef("http://www.opengis.net/ont/geosparql#wktLiteral"))
    made.add(place, (RDF.type, DCTERMS.Location), (DCAT.bbox, box))
    made.add(
        here,
        (RDF.type, DCAT.Dataset),
        (DCTERMS.identifier, Literal(str(here))),
        (DCTERMS.publisher, made.publisher),
        (DCAT.contactPoint, made.contact),
        (DCTERMS.spatial, place),
        *((DCAT.theme, URIRef(f"{EU}data-theme/{theme}")) for theme in THEMES),
        *((DCAT.keyword, Literal(word, lang="en")) for word in texts.KEYWORDS),
    )


def _whole(made: Catalogue, moment: Literal | None) -> None:
    here = made.whole
    _dataset(made, here)
    _languages(made, here)
    made.in_languages(here, DCTERMS.title, texts.title)
    made.in_languages(here, DCTERMS.description, texts.description)
    made.add(
        here,
        (DCTERMS.modified, moment),
        (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/CONT")),
        (DCAT.landingPage, _site("/data/")),
        (DCTERMS.references, URIRef(themes.address())),
    )
    made.exports(here, "", settings.DATA_LICENCE)


def _snapshots(made: Catalogue, snapshots: Iterable[Snapshot]) -> None:
    """Each a version of the whole, its files with sizes and sums."""
    for snapshot in snapshots:
        here = URIRef(reading.address(snapshot.label, reading.PACKAGE))
        day = Literal(snapshot.date.isoformat(), datatype=XSD.date)
        _dataset(made, here)
        made.in_languages(here, DCTERMS.title, lambda label=snapshot.label: f"{texts.title()}, {label}")
        made.in_languages(here, DCTERMS.description, texts.description)
        made.add(
            here,
            (DCTERMS.issued, day),
            (DCAT.version, Literal(snapshot.label)),
            (DCAT.isVersionOf, made.whole),
            (DCAT.landingPage, _site("/data/snapshots/")),
        )
        made.add(made.whole, (DCAT.hasVersion, here))
        made.add(made.root, (DCAT.dataset, here))
        for format in FORMATS.values():
            _snapshot_file(made, here, snapshot, format)


def _snapshot_file(made: Catalogue, dataset: URIRef, snapshot: Snapshot, format: Format) -> None:
    file = snapshot.file(f"initiatives.{format.suffix}")
    if file is None:
        return
    address = reading.address(snapshot.label, file["name"])
    page = f"{settings.SITE_URL}/data/snapshots/"
    found = made.file(address, format.suffix, format.title, format.media_type, settings.DATA_LICENCE, page)
    checksum = URIRef(f"{address}#checksum")
    made.add(
        checksum,
        (RDF.type, SPDX.Checksum),
        (SPDX.algorithm, SPDX.checksumAlgorithm_sha256),
        (SPDX.checksumValue, Literal(file["sha256"], datatype=XSD.hexBinary)),
    )
    made.add(
        found,
        (DCAT.byteSize, Literal(file["bytes"], datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, checksum),
    )
    made.add(dataset, (DCAT.distribution, found))


def _networks(made: Catalogue, networks: Iterable[Network]) -> None:
    for network in networks:
        here = _site(f"/catalog.ttl#network-{network.slug}")
        _dataset(made, here)
        licence = network.licence.code if network.licence else settings.DATA_LICENCE
        source = _site(f"/catalog.ttl#source-{network.slug}")
        made.add(
            source,
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(network.name)),
            (FOAF.homepage, URIRef(network.website) if _is_address(network.website) else None),
        )
        made.add(
            here,
            (DCTERMS.title, Literal(network.name)),
            (DCTERMS.description, Literal(network.description or network.name)),
            (DCTERMS.creator, source),
            (DCTERMS.isPartOf, made.whole),
            (DCAT.landingPage, _site(f"/networks/{network.slug}/")),
        )
        made.exports(here, f"network={network.slug}", licence)
        made.add(made.root, (DCAT.dataset, here))


def _is_address(text: str) -> bool:
    """Whether a text can stand as a name in a graph."""
    return bool(text) and not any(sign in text for sign in '<>" {}|\\^`')


def _services(made: Catalogue) -> None:
    for name, title, path, standard in (
        ("api", "API", "/api/initiatives/", "https://www.rfc-editor.org/rfc/rfc7946"),
        ("ogc", "OGC API – Features", "/ogc/", "http://www.opengis.net/spec/ogcapi-features-1/1.0"),
    ):
        here = _site(f"/catalog.ttl#{name}")
        made.add(
            here,
            (RDF.type, DCAT.DataService),
            (DCTERMS.title, Literal(f"{settings.SITE_NAME}: {title}")),
            (DCTERMS.publisher, made.publisher),
            (DCAT.contactPoint, made.contact),
            (DCAT.endpointURL, _site(path)),
            (DCAT.servesDataset, made.whole),
            (DCTERMS.conformsTo, URIRef(standard)),
            (DCTERMS.license, made.licence(settings.DATA_LICENCE)),
        )
        made.add(made.root, (DCAT.service, here))
