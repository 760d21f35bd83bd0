"""What the stream records, and which of it a reader may know of: only what is public now."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone, translation

from community.activity import actions as activity
from community.activity.kinds import Happening
from community.collectives import actions as collectives
from community.collectives.claims import actions as claims
from community.groups import actions as groups
from community.groups.enums import GroupKind
from community.members import actions as accounts
from community.members import belongings
from community.models import Activity, Group, Member, Topic
from community.topics import actions as topics
from community.topics.order import actions as order
from initiatives import actions as steps
from initiatives.activity.reading import stream
from initiatives.enums import ExchangeStatus
from initiatives.exchange import actions as exchange
from initiatives.groups.actions import name_group, unname_group
from initiatives.models import Exchange, Initiative
from tests.community.groups import group_of
from tests.conftest import square
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory, TerritoryFactory
from tests.initiatives.exchange.offering import needed
from vocabulary.exchange import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in one language."""
    with translation.override("en"):
        yield


VISITOR = AnonymousUser()


@pytest.fixture
def quiet(cast):
    """The cast, before anything happened."""
    Activity.objects.all().delete()
    return cast


@pytest.fixture
def circle(quiet):
    """An open group, past the actions."""
    return group_of(GroupKind.OPEN, quiet["facilitator"], quiet["visitor"])


@pytest.fixture
def secret(quiet):
    """A private group, past the actions."""
    return group_of(GroupKind.PRIVATE, quiet["facilitator"], quiet["visitor"], name="Secret")


def told(reader=VISITOR, **where) -> list[str]:
    """The sentences of a stream."""
    return [line.text for line in stream(reader, **where).lines]


def kinds() -> list[str]:
    """Of all rows, as they were written."""
    return list(Activity.objects.order_by("pk").values_list("kind", flat=True))


def begun(by, kind=GroupKind.OPEN, **more) -> Group:
    """A group by its action."""
    values = {"name": "Bakers", "purpose": "Bread.", "language": "en", "kind": kind, **more}
    return groups.create(by=by, values=values)


# ── What is recorded ────────────────────────────────────────────────────────────────────────────


def test_an_initiative_is_told_of_once_it_is_published(quiet):
    made = InitiativeFactory(name="Le Fournil")
    assert kinds() == []
    made = steps.publish(made, by=quiet["moderator"])
    steps.revise(made, by=None, values={"summary": "Bread"})
    line = Activity.objects.get()
    assert (line.kind, line.by, line.territory.code) == ("initiative", quiet["moderator"], "FR-69")
    steps.archive(made, by=None)
    assert told() == []
    steps.restore(made, by=None)
    assert told() == ["Le Fournil is on the map"]
    assert Activity.objects.get() == line


def test_what_is_rolled_back_was_never_told(quiet, circle):
    made = InitiativeFactory()
    with transaction.atomic():
        steps.publish(made, by=None)
        begun(quiet["visitor"])
        topics.begin(circle, by=quiet["visitor"], title="A", text="x")
        name_group(made, group=circle, by=None)
        assert len(kinds()) == 4
        transaction.set_rollback(True)
    assert kinds() == []


@pytest.mark.parametrize("accepted", [True, False])
def test_a_collective_is_told_of_when_it_is_published(quiet, rhone, accepted):
    values = {"name": "New", "purposes": {"en": "x"}, "territory": rhone, "website": ""}
    made = collectives.found(by=quiet["visitor"], values=values)
    assert told() == []
    claims.decide(made.claims.get(), by=quiet["moderator"], accepted=accepted, reason="x")
    assert told() == (["The collective New is here"] if accepted else [])
    assert told(territory=rhone) == told() == told(collective=made)


@pytest.mark.parametrize("kind", list(GroupKind))
def test_groups_and_topics_are_told_of_unless_they_are_private(quiet, kind):
    group = begun(quiet["visitor"], kind)
    assert begun(quiet["visitor"], kind) == group
    for _time in range(2):
        topics.begin(group, by=quiet["visitor"], title="Flour", text="Which?")
    expected = [] if kind == GroupKind.PRIVATE else ["Bakers talks about Flour", "The group Bakers has begun"]
    assert told() == expected
    assert len(kinds()) == len(expected)


def test_naming_a_group_is_told_once(quiet, circle, bakery):
    for _time in range(2):
        name_group(bakery, group=circle, by=quiet["facilitator"])
    assert told() == [f"{bakery.name} belongs to the group {circle.name}"] == told(group=circle)
    unname_group(bakery, group=circle, by=None)
    assert told() == []
    name_group(bakery, group=circle, by=None)
    assert kinds() == ["named"]
    assert len(told()) == 1


def test_the_same_thing_happens_once(quiet):
    for by in (quiet["visitor"], None):
        activity.record(Happening.TOPIC, by=by, room="topics", key=1)
    activity.record(Happening.GROUP, by=None, room="topics", key=1)
    assert Activity.objects.count() == 2


# ── What a reader may know of ───────────────────────────────────────────────────────────────────


def test_a_private_group_shows_on_its_own_stream_to_its_members_alone(quiet, secret, bakery):
    name_group(bakery, group=secret, by=quiet["facilitator"])
    member, stranger = quiet["visitor"], MemberFactory()
    for reader in (VISITOR, stranger, member):
        assert told(reader) == [] == told(reader, collective=bakery.collective)
    assert [len(told(reader, group=secret)) for reader in (VISITOR, stranger, member)] == [0, 0, 1]


def test_a_group_that_becomes_private_is_gone_with_all_its_lines(quiet, bakery):
    group = begun(quiet["visitor"], territory=bakery.territory)
    topics.begin(group, by=quiet["visitor"], title="Flour", text="Which?")
    name_group(bakery, group=group, by=None)
    assert len(told()) == 3
    groups.revise(group, by=None, values={"kind": GroupKind.PRIVATE})
    assert told() == [] == told(quiet["visitor"]) == told(territory=bakery.territory)
    assert len(told(quiet["visitor"], group=group)) == 3


def test_a_topic_goes_with_its_first_post(quiet, circle):
    post = topics.begin(circle, by=quiet["visitor"], title="Flour", text="Which?")
    answer = topics.reply(post.topic, by=quiet["facilitator"], text="Rye")
    order.hide(answer, by=None)
    assert len(told()) == 1
    order.hide(post, by=None)
    assert told() == []
    order.show(post, by=None)
    assert len(told()) == 1
    topics.take_back(post, by=quiet["visitor"])
    assert told() == []


def test_a_topic_goes_where_it_is_moved(quiet, circle, secret):
    post = topics.begin(circle, by=quiet["visitor"], title="Flour", text="Which?")
    other = group_of(GroupKind.OPEN, quiet["facilitator"], name="Millers")
    order.move(post.topic, by=quiet["facilitator"], to=other)
    assert told(group=circle) == []
    assert told(group=other) == told() == ["Millers talks about Flour"]
    order.move(post.topic, by=quiet["facilitator"], to=secret)
    assert told() == []
    assert told(quiet["visitor"], group=secret) == ["Secret talks about Flour"]


def test_a_topic_never_names_a_group_that_it_is_not_in(quiet, circle, secret):
    post = topics.begin(circle, by=quiet["visitor"], title="Flour", text="Which?")
    Activity.objects.update(group=secret)
    assert told() == []
    Activity.objects.update(group=circle)
    Topic.objects.filter(pk=post.topic_id).update(group=secret)
    assert told() == []


def test_a_new_name_shows_at_once(quiet, bakery):
    made = InitiativeFactory(name="Le Fournil", published=True)
    steps.revise(made, by=None, values={"name": "La Miche"})
    (line,) = stream(VISITOR).lines
    assert line.text == "La Miche is on the map"
    assert line.thing.address.endswith("/la-miche/")


def test_what_is_hidden_leaves_no_gap_in_a_page(quiet):
    made = [InitiativeFactory(name=f"N{number}", published=True) for number in range(6)]
    for hidden in made[1:5]:
        steps.archive(hidden, by=None)
    page = stream(VISITOR, most=2)
    assert [line.text for line in page.lines] == ["N5 is on the map", "N0 is on the map"]
    assert page.following is None


# ── Where ───────────────────────────────────────────────────────────────────────────────────────


def test_a_territory_tells_of_its_parts(quiet, france, rhone):
    far = TerritoryFactory(
        code="FR-29", scheme="department", parent=france, boundary=square(-5, 47.8, -3, 49)
    )
    InitiativeFactory(name="Here", published=True)
    begun(quiet["visitor"], territory=rhone)
    here = ["The group Bakers has begun", "Here is on the map"]
    assert told(territory=rhone) == told(territory=france) == here
    assert told(territory=far) == []


def test_a_coarser_place_is_not_told_of_in_a_finer_territory(quiet, france, rhone):
    town = TerritoryFactory(
        code="FR-69123", scheme="municipality", parent=rhone, boundary=square(4.8, 45.7, 4.9, 45.8)
    )
    made = InitiativeFactory(name="Shelter", published=True)
    assert told(territory=town) == ["Shelter is on the map"]
    steps.revise(made, by=None, values={"precision": "region"})
    assert not Initiative.objects.in_territories([town.pk]).exists()
    assert told(territory=town) == []
    assert told() == ["Shelter is on the map"]


def test_a_collective_tells_of_its_initiatives_and_groups(quiet, bakery):
    own = bakery.collective
    InitiativeFactory(name="Ours", collective=own, published=True)
    InitiativeFactory(name="Theirs", collective=CollectiveFactory(), published=True)
    begun(quiet["facilitator"], collective=own)
    assert told(collective=own) == ["The group Bakers has begun", "Ours is on the map"]


def test_a_group_that_is_rooted_anew_is_told_of_there(quiet, bakery, rhone):
    group = begun(quiet["visitor"], territory=rhone)
    groups.revise(group, by=None, values={"territory": None, "collective": bakery.collective})
    assert told(collective=bakery.collective) == ["The group Bakers has begun"] == told(territory=rhone)
    groups.revise(group, by=None, values={"collective": None})
    assert told(collective=bakery.collective) == [] == told(territory=rhone)


# ── How long ────────────────────────────────────────────────────────────────────────────────────


def test_lines_are_forgotten_after_two_years(quiet, bakery):
    for days in (729, 731):
        activity.record(Happening.TOPIC, by=None, room="topics", key=days)
        Activity.objects.filter(key=days).update(at=bakery.created_at - activity.KEPT_FOR * (days / 730))
    assert activity.forget_old() == 1
    assert Activity.objects.get().key == "729"


def test_an_account_that_goes_leaves_what_happened(quiet):
    begun(quiet["visitor"])
    assert belongings.given(quiet["visitor"])["activities"][0]["kind"] == "group"
    accounts.erase(quiet["visitor"], by=quiet["visitor"])
    assert Activity.objects.get().by is None
    assert told() == ["The group Bakers has begun"]


# ── Offers and needs ────────────────────────────────────────────────────────────────────────────


def put_up(by, kind=Kind.OFFER, **more) -> Exchange:
    """An offer or need by its action."""
    return exchange.publish(by=by, kind=kind, category="equipment", values=needed("equipment", kind), **more)


def test_offers_and_needs_are_told_of_while_they_are_open(quiet, bakery):
    made = put_up(quiet["facilitator"], Kind.NEED, initiative=bakery)
    assert told() == [f"New need: {made.title}"]
    assert told(territory=bakery.territory) == told()
    Exchange.objects.filter(pk=made.pk).update(status=ExchangeStatus.EXPIRED, ended_at=timezone.now())
    assert told() == []


def test_the_offer_of_a_member_is_told_of_where_its_town_lies(quiet, rhone, france):
    made = put_up(quiet["visitor"])
    assert told(territory=rhone) == told(territory=france) == [f"New offer: {made.title}"]
    Member.objects.filter(pk=made.author.pk).update(is_active=False)
    assert told() == []
