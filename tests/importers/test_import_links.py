"""Edge lists: what an end may be, what is refused and why, and that a second run changes nothing."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from initiatives.merging import actions as merging
from initiatives.models import Identity, Link, OldSlug
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory

pytestmark = pytest.mark.django_db
GRAPH = (
    '<?xml version="1.0"?>{dtd}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    '<key id="d0" for="node" attr.name="ref"/><key id="d1" for="edge" attr.name="kind"><default>partner</default></key>'
    '<key id="d2" for="edge" attr.name="since"/><graph edgedefault="directed">{inside}</graph></graphml>'
)


@pytest.fixture
def things(db):
    """Two initiatives, a network that knows one of them, a collective."""
    network = NetworkFactory(name="Grain Commun", slug="grain-commun")
    mill = InitiativeFactory(name="Moulin", slug="moulin", published=True)
    oven = InitiativeFactory(name="Fournil", slug="fournil", published=True)
    Identity.objects.create(initiative=oven, network=network, external_id="a:7")
    return {
        "network": network,
        "mill": mill,
        "oven": oven,
        "collective": CollectiveFactory(name="Tables", slug="tables"),
    }


@pytest.fixture
def links(things):
    """Runs import_links; gives its summary, and what it told."""

    def command(path, **options) -> tuple[dict, str]:
        out = io.StringIO()
        call_command("import_links", str(path), json=True, stdout=out, **options)
        *told, summary = out.getvalue().splitlines()
        return json.loads(summary), "\n".join(told)

    return command


def counts(read: int, added: int, unchanged: int, refused: int) -> dict:
    """A summary."""
    return {"read": read, "added": added, "unchanged": unchanged, "refused": refused}


def test_each_way_of_telling_an_end(links, things, write_file):
    rows = [
        "source;target;kind;since",
        f"{things['mill'].uuid};grain-commun:a:7;supplies;2019-05-02",
        "fournil;network:grain-commun;Member of;2020",
        "collective:tables;moulin;shares-place;2021-03",
    ]
    path = write_file("\n".join(rows).encode("utf-16"), "links.csv")
    assert links(path)[0] == counts(3, 3, 0, 0)
    assert not Link.objects.exists()
    assert links(path, write=True)[0] == counts(3, 3, 0, 0)
    made = {link.kind: link for link in Link.objects.all()}
    assert (made["supplies"].first, made["supplies"].second) == (things["mill"], things["oven"])
    assert made["member_of"].second == things["network"]
    assert made["shares_place"].first == things["collective"]
    assert [made[kind].since for kind in ("supplies", "member_of", "shares_place")] == [
        date(2019, 5, 2),
        date(2020, 1, 1),
        date(2021, 3, 1),
    ]
    assert {link.source for link in made.values()} == {"links.csv"}


def test_a_second_run_changes_nothing(links, write_file):
    path = write_file("source,target,kind,since\nmoulin,fournil,supplies,2019\nfournil,moulin,partner,\n")
    links(path, write=True)
    before = list(Link.objects.values())
    assert links(path, write=True)[0] == counts(2, 0, 2, 0)
    assert list(Link.objects.values()) == before


def test_what_reads_the_same_from_both_ends_stands_once(links, write_file):
    path = write_file("source,target,kind\nmoulin,fournil,partner\nfournil,moulin,partner\n")
    assert links(path, write=True)[0] == counts(2, 1, 1, 0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",fournil,partner,", "source “”: expected a uuid"),
        ("moulin,,partner,", "target “”: expected a uuid"),
        ("moulin,fournil,,", "kind “”: expected one of member_of"),
        ("moulin,fournil,enemy_of,", "kind “enemy_of”: expected one of member_of"),
        ("moulin,fournil,partner,soon", "since “soon”: expected a day"),
        ("moulin,fournil,partner,2019-02-30", "since “2019-02-30”: expected a day"),
        ("moulin,nobody,partner,", "target “nobody”: nothing has this name"),
        ("network:moulin,fournil,partner,", "source “network:moulin”: nothing has this name"),
        ("collective:moulin,fournil,partner,", "source “collective:moulin”: nothing has this name"),
        ("grain-commun:8,fournil,partner,", "source “grain-commun:8”: nothing has this name"),
        ("9b2f0c1e-0000-4000-8000-000000000000,fournil,partner,", "nothing has this name"),
        ("fournil,grain-commun:a:7,partner,", "target “grain-commun:a:7”: the same as the source"),
        ("moulin,fournil,partner,2019,too,much", "expected 4 cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_the_others_are_taken(links, write_file, row, told):
    path = write_file(f"source,target,kind,since\nmoulin,network:grain-commun,member_of,\n{row}\n")
    summary, said = links(path, write=True)
    assert summary == counts(2, 1, 0, 1)
    assert "refused: row 2" in said
    assert told in said
    assert Link.objects.count() == 1


def test_an_end_before_the_beginning_is_refused(links, write_file):
    path = write_file("source,target,kind,since,until\nmoulin,fournil,partner,2020,2019\n")
    summary, said = links(path, write=True)
    assert summary["refused"] == 1
    assert "until “2019”: expected a day that is not before 2020-01-01" in said


def test_a_name_that_means_two_things_is_refused(links, things, write_file):
    other = NetworkFactory(slug="network")
    Identity.objects.create(initiative=things["mill"], network=other, external_id="grain-commun")
    path = write_file("source,target,kind\nfournil,network:grain-commun,partner\n")
    summary, said = links(path, write=True)
    assert summary["refused"] == 1
    assert "target “network:grain-commun”: means more than one thing" in said


def test_other_dates_than_those_that_are_here_are_refused(links, write_file):
    links(write_file("source,target,kind,since\nmoulin,fournil,supplies,2019\n"), write=True)
    path = write_file(
        "source,target,kind,since\nmoulin,fournil,supplies,2020\nmoulin,fournil,supplies,\n", "b.csv"
    )
    summary, said = links(path, write=True)
    assert summary == counts(2, 0, 1, 1)
    assert "row 1, since “2020-01-01”: it is here with 2019-01-01" in said


def test_former_addresses_and_merged_ones_lead_on(links, things, write_file):
    OldSlug.objects.create(initiative=things["mill"], slug="vieux-moulin")
    twin = InitiativeFactory(name="Twin", slug="twin", published=True)
    merging.merge(twin, into=things["oven"], by=None)
    links(write_file("source,target,kind\nvieux-moulin,twin,supplies\n"), write=True)
    link = Link.objects.get()
    assert (link.first, link.second) == (things["mill"], things["oven"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "an empty file"),
        ("source,target\nmoulin,fournil\n", "without kind; expected the columns source, target, kind"),
        (b"\x89PNG\r\n", "a PNG picture"),
        ("<kml/>", "XML of <kml>"),
        ("<graphml>", "XML that cannot be read"),
        (GRAPH.format(dtd="", inside="<node id='a'/>"), "a document without edges"),
        (GRAPH.format(dtd="<!DOCTYPE graphml>", inside=""), "XML that cannot be read (DTDForbidden"),
        (GRAPH.format(dtd='<!DOCTYPE g [<!ENTITY e "e">]>', inside="&e;"), "XML that cannot be read"),
        (
            GRAPH.format(dtd='<!DOCTYPE g [<!ENTITY e SYSTEM "file:///etc/passwd">]>', inside="&e;"),
            "XML that cannot be read",
        ),
    ],
)
def test_a_bad_file_stops_before_anything_is_written(links, write_file, content, told):
    with pytest.raises(CommandError) as error:
        links(write_file(content, "links.txt"), write=True)
    assert told in str(error.value)
    assert not Link.objects.exists()


def test_graphml_is_read_edge_by_edge(links, things, write_file):
    inside = (
        '<edge source="n1" target="fournil"><data key="d1">supplies</data><data key="d2">2018</data></edge>'
        '<node id="n1"><data key="d0">moulin</data></node><node id="fournil"/>'
        '<edge source="n1" target="network:grain-commun"/><hyperedge/>'
    )
    summary, said = links(write_file(GRAPH.format(dtd="", inside=inside), "g.graphml"), write=True)
    assert summary == counts(3, 2, 0, 1)
    assert "row 3: a hyperedge" in said
    supplies, partner = Link.objects.order_by("-kind")
    assert (supplies.first, supplies.second, supplies.since) == (
        things["mill"],
        things["oven"],
        date(2018, 1, 1),
    )
    assert (partner.first, partner.second) == (things["network"], things["mill"])


def test_a_file_takes_a_fixed_number_of_queries(links, write_file, django_assert_max_num_queries):
    rows = ["source,target,kind"]
    for number in range(12):
        InitiativeFactory(name=f"M {number}", slug=f"m-{number}")
        rows += [f"m-{number},network:grain-commun,member_of", f"m-{number},nobody-{number},partner"]
    path = write_file("\n".join(rows))
    with django_assert_max_num_queries(12):
        assert links(path, write=True)[0] == counts(24, 12, 0, 12)


def test_all_refused_rows_are_in_the_report(links, write_file, tmp_path):
    rows = "\n".join(f"nobody-{number},fournil,partner" for number in range(30))
    path, report = write_file(f"source,target,kind\n{rows}\n"), tmp_path / "report.csv"
    _summary, said = links(path, report=report)
    assert "… and 10 more" in said
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 31
