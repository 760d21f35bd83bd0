"""Whoever follows the changes has what the export has, whatever happens and whenever they began."""

from threading import Event, Thread

import pytest
from django.contrib.gis.geos import Point
from django.db import DatabaseError, connection, transaction

from initiatives import actions, changes
from initiatives.merging import actions as merging
from initiatives.models import Contact, Identity, Initiative, Network, NetworkMembership, Translation
from territories.models import Collective, Territory
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.following import Copy, exported
from vocabulary.models import LegalForm, Licence, Theme

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def copy(full) -> Copy:
    """A copy of all that is there."""
    made = Copy().follow()
    assert made.features == exported()
    assert {change for change, _id in made.last()} == {"created"}
    return made


def test_each_step_reaches_the_copy_as_what_it_is(copy, bakery):
    key = str(bakery.uuid)
    actions.revise(bakery, by=None, values={"summary": "Du pain"})
    assert copy.follow().last() == [("updated", key)]
    actions.archive(bakery, by=None)
    assert copy.follow().last() == [("removed", key)]
    actions.restore(bakery, by=None)
    assert copy.follow().last() == [("created", key)]
    assert copy.features == exported()
    bakery.delete()
    assert copy.follow().last() == [("removed", key)]
    assert copy.follow().last() == []
    assert copy.features == exported()


def test_what_nobody_was_shown_does_not_appear(copy):
    draft = InitiativeFactory(name="A draft")
    actions.revise(draft, by=None, values={"summary": "Still a draft", "themes": [Theme.objects.first()]})
    NetworkMembership.objects.create(initiative=draft, network=Network.objects.first())
    with transaction.atomic():
        actions.publish(draft, by=None)
        actions.archive(draft, by=None)
    with transaction.atomic():
        InitiativeFactory(published=True)
        transaction.set_rollback(True)
    draft.delete()
    assert copy.follow().last() == []
    assert str(draft.uuid) not in Copy().follow().features


def test_a_merge_takes_one_away_and_its_undoing_brings_it_back(copy, bakery):
    other = InitiativeFactory(name="Le Fournil", published=True)
    copy.follow()
    moderator = MemberFactory(is_superuser=True)
    merge = merging.merge(other, into=bakery, by=moderator)
    assert ("removed", str(other.uuid)) in copy.follow().last()
    assert copy.features == exported()
    merging.split(merge, by=moderator)
    assert copy.follow().features == exported()
    assert str(other.uuid) in copy.features


def renamed(model, **found):
    """The first of some rows."""
    return model.objects.filter(**found).first()


@pytest.mark.parametrize(
    "change",
    [
        lambda one: Network.objects.update(slug="another-name"),
        lambda one: Network.objects.update(licence=Licence.objects.get(code="CC0-1.0")),
        lambda one: Licence.objects.filter(code="CC-BY-4.0").update(code="CC-BY-5.0"),
        lambda one: Theme.objects.filter(slug="co-housing").update(slug="flat-share"),
        lambda one: LegalForm.objects.filter(pk=one.legal_form_id).update(slug="club"),
        lambda one: Territory.objects.filter(code="FR").update(code="FX"),
        lambda one: Collective.objects.update(status="draft"),
        lambda one: Collective.objects.update(slug="tables-2"),
        lambda one: actions.archive(one.parent, by=None),
        lambda one: Contact.objects.create(
            initiative=one, kind="phone", value="+33 4 78 00 00 00", visibility="everyone"
        ),
        lambda one: Translation.objects.create(initiative=one, language="de", name="Brot"),
        lambda one: Identity.objects.update(url="https://example.org/1"),
        lambda one: one.territory_links.all().delete(),
        lambda one: Initiative.objects.filter(pk=one.pk).update(precision="region"),
    ],
)
def test_whatever_a_feature_shows_reaches_the_copy(full, collective, network, bakery, change):
    parent = InitiativeFactory(name="The house", published=True)
    values = {"parent": parent, "collective": collective, "legal_form": LegalForm.objects.first()}
    Initiative.objects.filter(pk=bakery.pk).update(**values)
    Identity.objects.create(initiative=bakery, network=network, external_id="1")
    bakery.refresh_from_db()
    copy = Copy().follow()
    before = exported()
    change(bakery)
    assert exported() != before
    assert copy.follow().features == exported()


def test_a_page_at_any_moment_is_a_place_to_go_on_from(full, bakery):
    copies = [Copy(limit=1) for _number in range(4)]
    for number, copy in enumerate(copies):
        for _page in range(number):
            copy.step()
    actions.revise(bakery, by=None, values={"summary": "Du pain"})
    InitiativeFactory(published=True)
    Initiative.objects.exclude(pk=bakery.pk).published().order_by("pk").first().delete()
    for copy in copies:
        assert copy.follow().features == exported()


class Elsewhere(Thread):
    """Another connection that does something in a transaction, and commits when it is told to."""

    def __init__(self, work) -> None:
        super().__init__()
        self.work, self.worked, self.may_commit, self.error = work, Event(), Event(), None
        self.start()
        assert self.worked.wait(10)

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.work()
                self.worked.set()
                assert self.may_commit.wait(10)
        except (DatabaseError, AssertionError) as error:
            self.error = error
        finally:
            self.worked.set()
            connection.close()

    def commit(self) -> None:
        self.may_commit.set()
        self.join(10)
        if self.error:
            raise self.error


def test_what_began_earlier_and_ends_later_is_not_missed(copy, bakery):
    early = Elsewhere(lambda: actions.revise(bakery, by=None, values={"summary": "Du pain"}))
    late = InitiativeFactory(published=True)
    begun_meanwhile = Copy().follow()
    assert copy.follow().last() == [("created", str(late.uuid))]
    early.commit()
    assert copy.follow().last() == [("updated", str(bakery.uuid))]
    assert copy.features == begun_meanwhile.follow().features == exported()


def test_a_word_that_changes_while_somebody_begins_to_use_it(copy, bakery):
    collective = CollectiveFactory(slug="new")
    linking = Elsewhere(lambda: Initiative.objects.filter(pk=bakery.pk).update(collective=collective))
    hiding = Elsewhere(lambda: Collective.objects.filter(pk=collective.pk).update(status="draft"))
    linking.commit()
    copy.follow()
    hiding.commit()
    assert copy.follow().features == exported()


def test_a_part_that_is_added_while_somebody_publishes(copy):
    draft = InitiativeFactory(name="Soon")
    words = {"initiative_id": draft.pk, "language": "de", "name": "Bald"}
    adding = Elsewhere(lambda: Translation.objects.create(**words))
    publishing = Elsewhere(lambda: Initiative.objects.filter(pk=draft.pk).update(status="published"))
    publishing.commit()
    copy.follow()
    adding.commit()
    assert copy.follow().features == exported()


def test_a_site_is_added_while_its_house_is_archived(copy, bakery):
    house = InitiativeFactory(name="House", published=True)
    copy.follow()
    adding = Elsewhere(lambda: Initiative.objects.filter(pk=bakery.pk).update(parent=house))
    archiving = Elsewhere(lambda: Initiative.objects.filter(pk=house.pk).update(status="archived"))
    adding.commit()
    copy.follow()
    archiving.commit()
    assert copy.follow().features == exported()


def test_a_copy_is_right_while_many_write(full, bakery):
    """Threads write what they like; a reader that never stops ends with what is there."""
    done = Event()

    def churn(number: int) -> None:
        try:
            for turn in range(6):
                with transaction.atomic():
                    one = InitiativeFactory(name=f"{number} {turn}", published=True)
                    if turn % 2:
                        actions.archive(one, by=None)
                if turn % 3 == 0:
                    Network.objects.filter(pk=Network.objects.first().pk).update(slug=f"net-{number}-{turn}")
        finally:
            connection.close()

    copies = [Copy(limit=3)]
    writers = [Thread(target=churn, args=(number,)) for number in range(3)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        for copy in copies:
            copy.step()
        if len(copies) < 4:
            copies.append(Copy(limit=2))
    done.set()
    for copy in copies:
        assert copy.follow().features == exported()


def test_forgetting_what_later_notes_say_too_loses_nothing(copy, bakery, network):
    late = Copy().follow()
    for summary in ("one", "two", "three"):
        actions.revise(bakery, by=None, values={"summary": summary})
    gone = InitiativeFactory(published=True)
    copy.follow()
    actions.archive(gone, by=None)
    again = InitiativeFactory(published=True)
    actions.archive(again, by=None)
    changes.forget()
    changes.forget()
    assert copy.follow().features == late.follow().features == exported()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM initiatives_change WHERE initiative_id = %s", [bakery.pk])
        assert cursor.fetchone() == (1,)
    actions.restore(gone, by=None)
    assert copy.follow().features == exported()


def test_a_place_is_told_no_finer_than_everywhere(copy):
    hidden = InitiativeFactory(
        name="Hidden", position=Point(4.83571, 45.76402, srid=4326), precision="locality"
    )
    actions.publish(hidden, by=None)
    copy.follow()
    told = copy.features[str(hidden.uuid)]["geometry"]["coordinates"]
    assert tuple(told) == hidden.__class__.objects.get(pk=hidden.pk).public_position.coords
    assert tuple(told) != (4.83571, 45.76402)


def test_moving_within_the_same_transaction_counts_once(copy, bakery, django_assert_max_num_queries):
    with transaction.atomic():
        for founded in (2001, 2002, 2003):
            actions.revise(bakery, by=None, values={"founded": founded})
    assert copy.follow().last() == [("updated", str(bakery.uuid))]
    with django_assert_max_num_queries(8):
        copy.step()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("since=", "since"),
        ("since=yesterday", "since"),
        ("since=1&since=2", "since"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("colour=red", "colour"),
        ("cursor=1", "cursor"),
    ],
)
def test_what_is_no_cursor_is_refused(client, query, parameter):
    answer = client.get(f"/api/changes/?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter


def test_a_cursor_of_the_future_or_of_another_form_is_refused(client, copy, settings):
    form, _rest = copy.since.split(".", 1)
    assert client.get(f"/api/changes/?since={form}.c.999999999.0").status_code == 400
    answer = client.get("/api/changes/?since=00000000.c.1.0")
    assert answer.status_code == 410
    assert "anew" in answer.json()["detail"]


def test_nothing_new_is_a_304(client, copy):
    answer = client.get("/api/changes/", {"since": copy.since})
    assert answer.json()["changes"] == []
    again = client.get("/api/changes/", {"since": copy.since}, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    pages = client.get("/api/initiatives/")
    same = client.get("/api/initiatives/", headers={"If-None-Match": pages["ETag"]})
    assert same.status_code == 304
    NetworkFactory()
    InitiativeFactory(published=True)
    assert client.get("/api/initiatives/", headers={"If-None-Match": pages["ETag"]}).status_code == 200
