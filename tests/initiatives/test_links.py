"""Links: what the database keeps, the words of both ends, and what pages and cards tell of them."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.html import escape

from initiatives import actions, linking
from initiatives.enums import LinkKind, Precision
from initiatives.merging import actions as merging
from initiatives.models import Link
from territories.enums import CollectiveStatus
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory

from .asking import counted

pytestmark = pytest.mark.django_db
MILL = Point(4.912345, 45.812345, srid=4326)


@pytest.fixture
def mill(db):
    """A second initiative, whose place is told to the town."""
    return InitiativeFactory(name="Moulin", position=MILL, precision=Precision.LOCALITY, published=True)


@pytest.fixture
def network(words):
    """A network."""
    return NetworkFactory(name="Grain Commun", slug="grain-commun")


def words_of(thing) -> list[tuple[str, str]]:
    """What the list of an English page says."""
    with translation.override("en"):
        return [(str(row.words), row.name) for row in linking.linked(thing).rows]


@pytest.mark.parametrize("ends", [{}, {"from": 1}, {"from": 2, "to": 1}, {"from": 1, "to": 2}])
def test_each_end_is_exactly_one_thing(bakery, mill, network, ends):
    first = {0: {}, 1: {"from_initiative": bakery}, 2: {"from_initiative": bakery, "from_network": network}}
    second = {0: {}, 1: {"to_initiative": mill}, 2: {"to_initiative": mill, "to_network": network}}
    values = first[ends.get("from", 0)] | second[ends.get("to", 0)]
    with pytest.raises(IntegrityError, match="link_has_two_ends"), transaction.atomic():
        Link.objects.create(kind="supplies", **values)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"to_initiative": "bakery"}, "link_of_two"),
        ({"kind": "enemy"}, "link_kind_known"),
        ({"since": "2020-01-01", "until": "2019-01-01"}, "link_dates"),
    ],
)
def test_the_database_refuses(bakery, mill, values, name):
    if "to_initiative" in values:
        values = {"to_initiative": bakery}
    made = {"from_initiative": bakery, "to_initiative": mill, "kind": "supplies"} | values
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Link.objects.create(**made)


def test_a_link_is_there_once(bakery, mill):
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill)
    Link.objects.create(from_initiative=mill, kind="supplies", to_initiative=bakery)
    with pytest.raises(IntegrityError, match="link_once"), transaction.atomic():
        Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill)


def test_what_reads_the_same_from_both_ends_stands_in_one_order(bakery, mill, network):
    for first, second in ((mill, {"to_initiative": bakery}), (bakery, {"to_network": network})):
        with pytest.raises(IntegrityError, match="link_in_order"), transaction.atomic():
            Link.objects.create(from_initiative=first, kind="partner", **second)
        link = Link(from_initiative=first, kind="partner", **second)
        link.full_clean()
        link.save()
        assert link.second == first
    with pytest.raises(ValidationError):
        Link(from_network=network, kind="partner", to_initiative=bakery).full_clean()


def test_the_second_end_has_words_of_its_own(bakery, mill, network):
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill)
    Link.objects.create(from_initiative=bakery, kind="member_of", to_network=network)
    assert words_of(bakery) == [("member of", "Grain Commun"), ("supplies", "Moulin")]
    assert words_of(mill) == [("is supplied by", bakery.name)]
    assert words_of(network) == [("has as a member", bakery.name)]
    assert all(kind.backwards == kind.label for kind in LinkKind.mutual())


def test_only_what_is_public_and_has_not_ended_is_shown(bakery, mill, network, rhone):
    waiting = InitiativeFactory(name="Waiting")
    draft = CollectiveFactory(name="Draft", territory=rhone, status=CollectiveStatus.DRAFT)
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=waiting)
    Link.objects.create(from_initiative=bakery, kind="supports", to_collective=draft)
    yesterday = timezone.localdate() - timedelta(days=1)
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill, until=yesterday)
    assert words_of(bakery) == []
    assert linking.spots(bakery) == []
    Link.objects.update(until=timezone.localdate())
    assert words_of(bakery) == [("supplies", "Moulin")]
    assert len(linking.spots(bakery)) == 1


@pytest.mark.parametrize("page", ["initiative", "collective", "network"])
def test_pages_list_them_in_one_query_and_say_nothing_where_there_are_none(
    client, bakery, mill, network, rhone, page
):
    collective = CollectiveFactory(name="Tables", territory=rhone)
    thing = {"initiative": bakery, "collective": collective, "network": network}[page]
    address = f"/en{thing.get_absolute_url().removeprefix('/fr').removeprefix('/en')}"
    client.get(address)
    with counted() as without:
        assert "Linked with" not in client.get(address).content.decode()
    Link.objects.create(**{f"from_{page}": thing}, kind="supports", to_initiative=mill, since="2019-05-02")
    Link.objects.create(from_initiative=mill, kind="part_of", **{f"to_{page}": thing})
    with counted() as some:
        text = client.get(address).content.decode()
    assert len(some) == len(without)
    assert "Linked with" in text
    assert escape(mill.get_absolute_url().split("/", 2)[2]) in text
    assert "since 2019" in text
    assert "Supports" in text
    assert "Includes" in text


def test_more_than_anybody_reads_are_counted(bakery, network, monkeypatch):
    monkeypatch.setattr(linking, "MOST", 2)
    for number in range(3):
        other = InitiativeFactory(name=f"Other {number}", published=True)
        Link.objects.create(from_initiative=other, kind="member_of", to_network=network)
        Link.objects.create(from_initiative=other, kind="supplies", to_initiative=bakery)
    found = linking.linked(network)
    assert ([row.name for row in found.rows], found.more) == (["Other 0", "Other 1"], 1)
    assert len(linking.spots(bakery)) == 2


def test_the_card_tells_where_lines_end_and_never_an_exact_place(client, bakery, mill):
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill)
    Link.objects.create(from_initiative=mill, kind="supports", to_initiative=bakery)
    mill.refresh_from_db()
    text = client.get(f"/en/initiatives/{bakery.slug}/card/").content.decode()
    public = mill.public_position
    assert f'data-lines="{public.y:.7f},{public.x:.7f} "' in text
    assert "45.8123" not in text
    assert "A line leads to 1 initiative" in text


def test_a_card_without_links_or_place_tells_of_no_lines(client, bakery, mill):
    assert "data-lines" not in client.get(f"/en/initiatives/{bakery.slug}/card/").content.decode()
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=mill)
    actions.revise(bakery, by=None, values={"position": None, "has_no_position": True})
    assert "data-lines" not in client.get(f"/en/initiatives/{bakery.slug}/card/").content.decode()


def ends() -> set[tuple[str, str, str]]:
    """Every link there is."""
    return {(str(link.first), link.kind, str(link.second)) for link in Link.objects.all()}


def test_links_of_a_merged_one_go_along_and_come_back(bakery, mill, network):
    twin, oven = (InitiativeFactory(name=name, published=True) for name in ("Twin", "Oven"))
    mutual = next(iter(sorted(LinkKind.mutual())))
    Link.objects.create(from_initiative=twin, kind="supplies", to_initiative=mill)
    Link.objects.create(from_network=network, kind="supplies", to_initiative=twin)
    # Between the two, there already, and in the other order once it is of the kept one.
    Link.objects.create(from_initiative=twin, kind="supplies", to_initiative=bakery)
    Link.objects.create(from_initiative=twin, kind="supplies", to_initiative=oven)
    Link.objects.create(from_initiative=bakery, kind="supplies", to_initiative=oven)
    Link.objects.create(from_initiative=mill, kind=mutual, to_initiative=twin)
    before, name = ends(), str(bakery)
    merge = merging.merge(twin, into=bakery, by=None)
    assert (name, "supplies", str(mill)) in ends()
    assert (str(network), "supplies", name) in ends()
    assert (name, mutual, str(mill)) in ends()
    assert len(merge.moved["links"]) == 3
    assert {kind for first, kind, second in ends() if "Twin" in (first, second)} == {"supplies"}
    merging.split(merge, by=None)
    assert ends() == before
