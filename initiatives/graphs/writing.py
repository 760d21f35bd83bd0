"""A graph as a file: GraphML, or a table of its edges; streamed."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings

from geo.cells import Line, harmless
from geo.files import csv as tables
from geo.files import graphml
from geo.statements import one_moment

from ..exporting.formats import Told, told
from ..selection import Selection
from . import parts
from .reading import Graph

SOME = 500


@dataclass(frozen=True)
class GraphFormat:
    """A format by its suffix."""

    suffix: str
    media_type: str
    write: Callable[[Graph, Told], Iterator[bytes]]

    @property
    def filename(self) -> str:
        """What the file is called where it is taken."""
        return f"social-planet-network.{self.suffix}"

    def stream(self, graph: Graph) -> Iterator[bytes]:
        """The whole file, all of one moment."""
        with one_moment():
            yield from self.write(graph, _told(graph.selection))


def _told(selection: Selection) -> dict[str, str]:
    return {**told(selection), "title": f"{settings.SITE_NAME}: network"}


def _graphml(graph: Graph, said: Told) -> Iterator[bytes]:
    return graphml.document(said, parts.NODE, parts.EDGE, graph.nodes(), graph.edges())


def _csv(graph: Graph, said: Told) -> Iterator[bytes]:
    """A row for each edge; licence and query stand behind what readers of edge lists look for."""
    writer = csv.writer(Line())
    yield writer.writerow((*parts.COLUMNS, "licence", "query")).encode()
    same = (harmless(said["licence"]), harmless(said["query"]))
    edges = graph.edges()
    while some := list(islice(edges, SOME)):
        yield "".join(
            writer.writerow(
                (
                    harmless(source),
                    harmless(target),
                    parts.thing_of(source),
                    parts.thing_of(target),
                    kind,
                    weight,
                    since or "",
                    until or "",
                    *same,
                )
            )
            for source, target, kind, weight, since, until, _mutual in some
        ).encode()


FORMATS = {
    format.suffix: format
    for format in (
        GraphFormat("graphml", graphml.MEDIA_TYPE, _graphml),
        GraphFormat("csv", tables.MEDIA_TYPE, _csv),
    )
}
