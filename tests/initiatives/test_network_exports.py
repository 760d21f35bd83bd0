"""The graph as files: who is in it, what an edge says, what it takes, and that it can be read again."""

import csv
import io
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring
from django.contrib.gis.geos import Point

from importers.links import import_links
from initiatives.enums import LinkKind
from initiatives.graphs import parts, reading
from initiatives.models import Link
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory

from .asking import counted

pytestmark = pytest.mark.django_db
SPACE = "{http://graphml.graphdrawing.org/xmlns}"
LINK_KINDS = set(LinkKind.values)


@pytest.fixture
def woven(rhone):
    """Two networks, two collectives, four initiatives; a draft and a draft collective that nobody sees."""
    made = {
        "grain": NetworkFactory(name="Grain & <Commun>", slug="grain"),
        "portici": NetworkFactory(name="Portici", slug="portici"),
        "alone": NetworkFactory(name="Alone", slug="alone"),
        "tables": CollectiveFactory(name="Tables\x0b", slug="tables", territory=rhone),
        "hills": CollectiveFactory(name="Hills", slug="hills", territory=rhone),
        "hidden": CollectiveFactory(name="Hidden", slug="hidden", territory=rhone, status="draft"),
    }

    def add(name: str, lon: float, collective: str, *networks: str, **values) -> None:
        row = InitiativeFactory(
            name=name,
            position=values.pop("position", Point(lon, 45.7, srid=4326)),
            collective=made[collective],
            **{"published": True, **values},
        )
        for slug in networks:
            row.memberships.create(network=made[slug], since=date(2020, 1, 1))
        made[name] = row

    add("mill", 4.81234567, "tables", "grain", "portici", theme="food-agriculture")
    add("oven", 4.82, "tables", "grain", precision="locality")
    add("radio", 4.83, "hills", "portici")
    add("draft", 4.84, "hidden", "grain", published=False)
    add("nowhere", 0, "hidden", position=None, has_no_position=True)
    made["oven"].memberships.create(network=made["portici"], since=date(2015, 1, 1), until=date(2018, 12, 31))
    for first, kind, second, since in (
        ("initiative:mill", "supplies", "initiative:oven", date(2019, 3, 1)),
        ("initiative:mill", "supplies", "initiative:draft", None),
        ("collective:tables", "partner", "collective:hills", None),
        ("collective:hidden", "partner", "initiative:mill", None),
        ("network:grain", "supports", "collective:tables", None),
        ("network:grain", "partner", "network:alone", None),
        ("initiative:oven", "member_of", "network:grain", date(2021, 1, 1)),
    ):
        (one, key), (other, target) = first.split(":"), second.split(":")
        link = Link(kind=kind, since=since, **{f"from_{one}": made[key], f"to_{other}": made[target]})
        link.put_in_order()
        link.save()
    return made


def taken(client, address: str) -> bytes:
    """A file of the graph."""
    answer = client.get(f"/exports/network.{address}")
    assert answer.status_code == 200, answer.content
    suffix = address.partition("?")[0]
    assert answer["Content-Disposition"] == f'attachment; filename="social-planet-network.{suffix}"'
    assert not answer.cookies
    return b"".join(answer.streaming_content)


def table(client, query: str = "") -> list[dict]:
    """Rows of the edge list."""
    return list(csv.DictReader(io.StringIO(taken(client, f"csv?{query}").decode())))


def edges(client, made: dict, query: str = "") -> set[tuple]:
    """(source, target, kind) with the names of the initiatives."""
    names = {str(row.uuid): name for name, row in made.items() if hasattr(row, "uuid")}
    return {
        (names.get(row["source"], row["source"]), names.get(row["target"], row["target"]), row["kind"])
        for row in table(client, query)
    }


@pytest.fixture
def graph(client):
    """A GraphML file: nodes and edges as dictionaries, properties of the graph."""

    def read(query: str = "") -> tuple[dict, list, dict]:
        root = fromstring(taken(client, f"graphml?{query}"), forbid_dtd=True)
        keys = {key.get("id"): key for key in root.findall(f"{SPACE}key")}

        def data(element) -> dict:
            cast = {"double": float, "int": int, "boolean": lambda text: text == "true", "string": str}
            return {
                keys[one.get("key")].get("attr.name"): cast[keys[one.get("key")].get("attr.type")](one.text)
                for one in element.findall(f"{SPACE}data")
                if one.text is not None
            }

        inside = root.find(f"{SPACE}graph")
        assert inside.get("edgedefault") == "directed"
        nodes = {one.get("id"): data(one) for one in inside.findall(f"{SPACE}node")}
        found = [
            {"source": one.get("source"), "target": one.get("target"), **data(one)}
            for one in inside.findall(f"{SPACE}edge")
        ]
        return nodes, found, data(inside)

    return read


def test_all_that_is_public_is_in_it_and_nothing_else(client, woven):
    assert edges(client, woven) == {
        ("mill", "oven", "supplies"),
        ("collective:tables", "collective:hills", "partner"),
        ("network:grain", "collective:tables", "supports"),
        ("network:grain", "network:alone", "partner"),
        ("oven", "network:grain", "member_of"),
        ("mill", "network:grain", "membership"),
        ("mill", "network:portici", "membership"),
        ("oven", "network:grain", "membership"),
        ("oven", "network:portici", "membership"),
        ("radio", "network:portici", "membership"),
        ("collective:tables", "mill", "carries"),
        ("collective:tables", "oven", "carries"),
        ("collective:hills", "radio", "carries"),
    }


def test_rows_say_kinds_dates_licence_and_query(client, woven):
    rows = table(client, "located=yes")
    assert list(rows[0]) == [*parts.COLUMNS, "licence", "query"]
    supply = next(row for row in rows if row["kind"] == "supplies")
    assert supply == {
        "source": str(woven["mill"].uuid),
        "target": str(woven["oven"].uuid),
        "source_kind": "initiative",
        "target_kind": "initiative",
        "kind": "supplies",
        "weight": "1",
        "since": "2019-03-01",
        "until": "",
        "licence": "ODbL-1.0",
        "query": "located=yes",
    }
    ended = next(row for row in rows if row["until"])
    assert (ended["kind"], ended["since"], ended["until"]) == ("membership", "2015-01-01", "2018-12-31")


def test_graphml_has_typed_nodes_at_their_public_position(graph, woven, client):
    nodes, found, told = graph("located=any")
    assert nodes["network:grain"] == {
        "label": "Grain & <Commun>",
        "kind": "network",
        "url": "http://testserver/networks/grain/",
    }
    assert nodes["collective:tables"]["label"] == "Tables"
    mill, oven = (nodes[str(woven[name].uuid)] for name in ("mill", "oven"))
    assert (mill["lon"], mill["lat"], mill["kind"]) == (4.8123457, 45.7, "initiative")
    assert mill["url"] == "http://testserver/initiatives/mill/"
    woven["oven"].refresh_from_db()
    assert (oven["lon"], oven["lat"]) == woven["oven"].public_position.coords
    assert oven["lon"] != 4.82
    assert "lon" not in nodes[str(woven["nowhere"].uuid)]
    assert str(woven["draft"].uuid) not in nodes
    assert "collective:hidden" not in nodes
    assert told["query"] == "located=any"
    assert told["licence"] == "ODbL-1.0"
    assert {"title", "attribution", "source", "generated"} <= set(told)
    assert {edge["source"] for edge in found} | {edge["target"] for edge in found} <= set(nodes)
    assert len(found) == len(table(client, "located=any"))
    partner = next(edge for edge in found if edge["target"] == "collective:hills")
    assert (partner["kind"], partner["weight"], partner["mutual"]) == ("partner", 1, True)


def test_a_selection_keeps_what_its_initiatives_have_to_do_with(client, graph, woven):
    nodes, _edges, _told = graph("theme=food-agriculture")
    assert set(nodes) == {
        str(woven["mill"].uuid),
        "network:grain",
        "network:portici",
        "collective:tables",
    }
    assert edges(client, woven, "theme=food-agriculture&edges=links") == {
        ("network:grain", "collective:tables", "supports")
    }


def test_themes_are_nodes_of_their_own(client, graph, woven):
    nodes, found, _told = graph("edges=themes")
    assert nodes["theme:food-agriculture"]["kind"] == "theme"
    assert nodes["theme:food-agriculture"]["label"].startswith("Food")
    pairs = {(edge["source"], edge["target"], edge["kind"]) for edge in found}
    assert (str(woven["mill"].uuid), "theme:food-agriculture", "has_theme") in pairs
    assert len(pairs) == 3


def test_what_two_have_in_common_is_a_weight(client, woven):
    rows = {row["kind"]: row for row in table(client, "edges=common")}
    assert set(rows) == {"common_initiatives", "common_networks"}
    # The oven left the second network, so it counts for one alone.
    shared = rows["common_initiatives"]
    assert (shared["source"], shared["target"], shared["weight"]) == ("network:grain", "network:portici", "1")
    shared = rows["common_networks"]
    assert (shared["source"], shared["target"]) == ("collective:tables", "collective:hills")
    assert shared["weight"] == "1"
    assert table(client, "edges=common&theme=food-agriculture")[0]["weight"] == "1"


@pytest.mark.parametrize("suffix", ["csv", "graphml"])
def test_links_can_be_read_again(client, woven, tmp_path, suffix):
    path = tmp_path / f"network.{suffix}"
    path.write_bytes(taken(client, f"{suffix}?edges=links"))
    there = import_links(path, write=True).summary()
    assert there == {"read": 5, "added": 0, "unchanged": 5, "refused": 0}
    before = sorted(Link.objects.public().values_list("kind", "since"))
    Link.objects.public().delete()
    assert import_links(path, write=True).summary()["added"] == 5
    assert sorted(Link.objects.public().values_list("kind", "since"), key=str) == sorted(before, key=str)


def test_memberships_are_not_taken_for_links(client, woven, tmp_path):
    path = tmp_path / "network.csv"
    path.write_bytes(taken(client, "csv"))
    found = import_links(path)
    assert found.summary()["refused"] == sum(row["kind"] not in LINK_KINDS for row in table(client))
    assert {issue.field for issue in found.issues} == {"kind"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("edges=friends", "edges"),
        ("edges=", "edges"),
        ("edges=links,<b>", "edges"),
        ("wat=1", "wat"),
        ("theme=nonsense", "theme"),
        ("page=2", "page"),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "graphml"])
def test_what_is_not_understood_is_refused(client, woven, suffix, query, parameter):
    answer = client.get(f"/exports/network.{suffix}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["parameter"] == parameter


def test_what_nobody_could_use_is_refused(client, woven, monkeypatch):
    monkeypatch.setattr(reading, "MOST_THEMED", 2)
    monkeypatch.setattr(reading, "MOST_COMPARED", 1)
    for name in ("themes", "common"):
        assert client.get(f"/exports/network.csv?edges={name}").status_code == 400
        assert client.get(f"/exports/network.csv?edges={name}&theme=food-agriculture").status_code == 200


@pytest.mark.parametrize("query", ["edges=links,memberships,themes,common", "theme=food-agriculture"])
def test_many_are_found_by_each_statement_and_few_once_to_the_same_end(client, woven, monkeypatch, query):
    few = taken(client, f"csv?{query}")
    monkeypatch.setattr(reading, "MOST_LISTED", 0)
    assert taken(client, f"csv?{query}") == few
    assert few.count(b"\n") > 1


def test_an_empty_site_has_an_empty_graph(client, db, graph):
    assert graph()[:2] == ({}, [])
    assert table(client) == []


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("csv", 6),
        ("graphml", 7),
        ("graphml?theme=food-agriculture&edges=links,memberships,themes,common", 18),
    ],
)
def test_it_takes_the_same_statements_however_many_there_are(client, woven, address, budget):
    def asked() -> int:
        with counted() as statements:
            taken(client, address)
        return len(statements)

    few = asked()
    for number in range(15):
        made = InitiativeFactory(
            name=f"More {number}", theme="food-agriculture", collective=woven["hills"], published=True
        )
        made.memberships.create(network=woven["grain"])
        Link.objects.create(kind="supports", from_initiative=made, to_initiative=woven["mill"])
    assert asked() == few
    assert few <= budget, few
