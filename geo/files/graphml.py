"""GraphML (http://graphml.graphdrawing.org/): typed keys, nodes, edges; streamed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/graphml+xml"
# Written at once.
SOME = 500
# What XML 1.0 cannot hold, however it is spelt.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


@dataclass(frozen=True)
class Key:
    """A property of nodes or edges and its type: string, int, double or boolean."""

    name: str
    type: str = "string"


@dataclass(frozen=True)
class Kind:
    """Nodes or edges: what their elements are called, which keys their values have, in their order."""

    tag: str
    keys: Sequence[Key]

    def id(self, key: Key) -> str:
        """How a value names its key: nodes and edges may both have a `kind`."""
        return f"{self.tag}.{key.name}"

    def declared(self) -> str:
        """The declarations of its keys."""
        return "".join(
            f'<key id="{self.id(key)}" for="{self.tag}" attr.name="{key.name}" attr.type="{key.type}"/>\n'
            for key in self.keys
        )

    def data(self, values: Sequence[Any]) -> str:
        """Values as elements; nothing for those that are unknown."""
        return "".join(
            f'<data key="{self.id(key)}">{_text(value)}</data>'
            for key, value in zip(self.keys, values, strict=True)
            if value is not None
        )


def document(
    told: Mapping[str, str],
    node: Sequence[Key],
    edge: Sequence[Key],
    nodes: Iterable[tuple],
    edges: Iterable[tuple],
) -> Iterator[bytes]:
    """A directed graph, UTF-8: a node is (id, *values), an edge (source, target, *values), `told` is of the graph."""
    graph, of_nodes, of_edges = (
        Kind("graph", [Key(name) for name in told]),
        Kind("node", node),
        Kind("edge", edge),
    )
    declared = graph.declared() + of_nodes.declared() + of_edges.declared()
    yield f'{HEAD}{declared}<graph edgedefault="directed">\n{graph.data(list(told.values()))}\n'.encode()
    yield from _joined(f"<node id={_quoted(key)}>{of_nodes.data(values)}</node>\n" for key, *values in nodes)
    yield from _joined(
        f"<edge source={_quoted(source)} target={_quoted(target)}>{of_edges.data(values)}</edge>\n"
        for source, target, *values in edges
    )
    yield b"</graph>\n</graphml>\n"


def _joined(lines: Iterator[str]) -> Iterator[bytes]:
    while some := list(islice(lines, SOME)):
        yield "".join(some).encode()


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return escape(FORBIDDEN.sub("", value if isinstance(value, str) else str(value)))


def _quoted(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("", text))
