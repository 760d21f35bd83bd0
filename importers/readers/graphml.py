"""GraphML: a record for each edge, its ends told by what the nodes say of themselves, else by their identifiers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..errors import BadFileError
from ..records import Raw, Source

EXPECTED = "GraphML with at least one edge, without DTD"
MOST = 500_000
# What a node may be told by, the surer first; a node without any of them by its identifier.
NAMES = ("ref", "uuid", "slug", "name")
OF_EDGES = ("kind", "since", "until")


@dataclass
class _Graph:
    """What was read so far; an edge may come before its nodes."""

    keys: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[dict[str, str]] = field(default_factory=list)

    def add(self, element: Element) -> bool:
        """Take an element that has ended; whether it is of no more use."""
        name = _name(element)
        if name == "key":
            self._key(element)
        elif name == "node":
            self.nodes[element.get("id", "")] = self._data(element)
        elif name in ("edge", "hyperedge"):
            ends = {end: element.get(end, "") for end in ("source", "target")}
            self.edges.append({**self.defaults, **self._data(element), **ends, "tag": name})
        return name in ("key", "node", "edge", "hyperedge")

    def _key(self, element: Element) -> None:
        label = (element.get("attr.name") or element.get("id", "")).strip().lower()
        self.keys[element.get("id", "")] = label
        for child in element:
            if (
                _name(child) == "default"
                and label in OF_EDGES
                and element.get("for") in ("edge", "all", None)
            ):
                self.defaults[label] = (child.text or "").strip()

    def _data(self, element: Element) -> dict[str, str]:
        found = {}
        for child in element:
            if _name(child) == "data":
                key = child.get("key", "")
                found[self.keys.get(key, key.lower())] = "".join(child.itertext()).strip()
        return found

    def told(self, key: str) -> str:
        """How a node names what it stands for."""
        data = self.nodes.get(key, {})
        return next((data[name] for name in NAMES if data.get(name)), key)


def read(path: Path) -> Source:
    """Open a document; BadFileError."""
    graph = _graph(path)
    if not graph.edges:
        raise BadFileError(path, "a document without edges", EXPECTED)
    notes = [f"{len(graph.nodes)} nodes, {len(graph.edges)} edges"]
    return Source(path, "graphml", ["source", "target", *OF_EDGES], _records(graph), notes=notes)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _graph(path: Path) -> _Graph:
    graph, is_first = _Graph(), True
    try:
        with path.open("rb") as file:
            for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
                if is_first and _name(element) != "graphml":
                    raise BadFileError(path, f"XML of <{_name(element)[:40]}>", EXPECTED)
                is_first = False
                if event == "end" and graph.add(element):
                    element.clear()
                if len(graph.edges) > MOST or len(graph.nodes) > MOST:
                    raise BadFileError(path, f"more than {MOST:,} nodes or edges", "fewer")
    except (ParseError, DefusedXmlException, UnicodeError, ValueError) as error:
        told = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise BadFileError(path, f"XML that cannot be read ({told})", EXPECTED) from error
    return graph


def _records(graph: _Graph) -> Iterator[Raw]:
    for number, edge in enumerate(graph.edges, start=1):
        values = {name: edge.get(name, "") for name in OF_EDGES}
        values |= {end: graph.told(edge[end]) for end in ("source", "target")}
        refused = "a hyperedge; expected an edge between two nodes" if edge["tag"] == "hyperedge" else ""
        yield Raw(number, values, refused=refused)
