"""Pages of vouching: the list, one initiative as everyone would see it, what reviewers read of it."""

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import ContactKind, Precision, Visibility
from initiatives.models import Submission, Vouch
from initiatives.reviews.forms import version
from initiatives.vouching.views import PAGE_SIZE
from tests.factories import MemberFactory

from .pages import address, page
from .vouching import neighbour, objected, vouch, waiting

pytestmark = pytest.mark.django_db
LIST = "/en/initiatives/vouching/"


@pytest.fixture(autouse=True)
def on(settings):
    """Two vouches and a week are enough."""
    settings.VOUCHES_NEEDED, settings.VOUCH_DAYS = 2, 7


@pytest.fixture
def member(client, rhone):
    """A neighbour who is signed in."""
    member = neighbour(rhone)
    client.force_login(member)
    return member


def send(client, one, word="vouch", **more):
    """Send one of the forms of the page."""
    one.refresh_from_db()
    return client.post(f"{LIST}{one.uuid}/", {"word": word, "seen": version(one), **more})


def test_the_list_shows_what_waits_within_reach_the_oldest_first(client, member):
    for name, days in (("Second", 3), ("First", 8), ("Third", 1)):
        waiting(name=name, days=days)
    waiting(name="Far away", position=Point(13.4, 52.5, srid=4326))
    waiting(name="Nowhere", position=None, has_no_position=True)
    shown = page(client, "vouching")
    places = [shown.index(f">{name}</a>") for name in ("First", "Second", "Third")]
    assert places == sorted(places)
    assert "Far away" not in shown
    assert "Nowhere" not in shown
    assert "0 of 2 vouches" in shown


def test_the_list_says_what_was_said(client, member, rhone):
    mine, objected_by_me, by_another = waiting(), waiting(), waiting()
    vouch(mine, member)
    objected(objected_by_me, member)
    objected(by_another, neighbour(rhone), "Secret reason")
    shown = page(client, "vouching")
    for words in ("You vouch for it", "You object to it", "Left to the moderators", "1 of 2 vouches"):
        assert shown.count(words) == 1, words
    assert "Secret reason" not in shown + client.get(f"{LIST}{by_another.uuid}/").content.decode()


def test_an_empty_list_says_so(client, rhone):
    waiting()
    client.force_login(MemberFactory())
    assert "Nothing waits for you" in page(client, "vouching")


def test_pages_stay_within_their_budget_however_many_wait(
    client, member, rhone, django_assert_max_num_queries
):
    one = waiting(
        contacts={ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)},
        translations=[{"language": "de", "name": "Eins"}],
    )
    for _round in range(2):
        # Session and member, collectives, addresses, number, rows, objections left elsewhere.
        with django_assert_max_num_queries(8):
            assert client.get(LIST).status_code == 200
        with django_assert_max_num_queries(18):
            assert client.get(f"{LIST}{one.uuid}/").status_code == 200
        for _number in range(12):
            vouch(waiting(), member, neighbour(rhone))


def test_a_long_list_comes_in_pages(client, member, monkeypatch):
    monkeypatch.setattr("initiatives.vouching.views.PAGE_SIZE", 2)
    for number in range(3):
        waiting(name=f"Number {number}", days=9 - number)
    assert PAGE_SIZE == 30
    assert "Number 2" not in page(client, "vouching")
    assert "Number 2" in client.get(f"{LIST}?page=2").content.decode()
    assert client.get(f"{LIST}?page=x").status_code == 200


def test_the_page_shows_what_everyone_would_see_and_no_more(client, member):
    one = waiting(
        name="Un Jardin",
        position=Point(4.8357123, 45.7640987, srid=4326),
        precision=Precision.LOCALITY,
        street="12 rue Cachée",
        contacts={
            ContactKind.EMAIL: ("public@demo.example", Visibility.EVERYONE),
            ContactKind.PHONE: ("+33199009876", Visibility.MEMBERS),
        },
        translations=[{"language": "de", "name": "Ein Garten"}],
        days=2,
    )
    Submission.objects.create(initiative=one, email="who@demo.example", language="fr")
    shown = client.get(f"{LIST}{one.uuid}/").content.decode()
    assert "Un Jardin" in shown
    assert "public@demo.example" in shown
    assert "Ein Garten" in shown
    assert "no objection it is published, not before" in shown
    for kept in ("4.8357123", "45.7640987", "rue Cachée", "99009876", "99 00 98 76", "who@demo.example"):
        assert kept not in shown, kept


def test_a_member_vouches_takes_it_back_and_objects(client, member):
    one = waiting(name="Un Jardin")
    answer = send(client, one)
    assert (answer.status_code, answer.url) == (302, LIST)
    assert "Thank you: you vouch for “Un Jardin”." in client.get(LIST).content.decode()
    assert "You vouch for it." in client.get(f"{LIST}{one.uuid}/").content.decode()
    assert send(client, one, "back", seen="").status_code == 302
    assert not Vouch.objects.exists()
    assert send(client, one, "objection", reason="It is a <shop>").status_code == 302
    shown = client.get(f"{LIST}{one.uuid}/").content.decode()
    assert "You object to it: the moderators decide." in shown
    assert "It is a &lt;shop&gt;" in shown


def test_an_objection_without_a_reason_is_told_beside_the_field(client, member):
    one = waiting()
    answer = send(client, one, "objection", reason=" ")
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert 'id="reason_error"' in shown
    assert "<details open>" in shown
    answer = send(client, one, "objection", reason="x" * 2_001)
    assert (answer.status_code, "At most 2000 characters." in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    "sent", [{}, {"word": "publish"}, {"seen": ""}, {"seen": "x@y"}, {"seen": "other"}, {"word": ""}]
)
def test_a_damaged_form_is_refused_in_words(client, member, sent):
    one, other = waiting(), waiting()
    if sent.get("seen") == "other":
        sent = {"seen": version(other)}
    data = {"word": "vouch", "seen": version(one), **sent} if sent else {}
    answer = client.post(f"{LIST}{one.uuid}/", data)
    assert answer.status_code == 400
    assert "This form is damaged" in answer.content.decode()
    assert not Vouch.objects.exists()


def test_what_changed_meanwhile_is_to_be_read_again(client, member):
    one = waiting()
    seen = version(one)
    actions.revise(one, by=None, values={"summary": "Now it sells watches"})
    answer = client.post(f"{LIST}{one.uuid}/", {"word": "vouch", "seen": seen})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "It changed since you opened the page. Read it again." in shown
    assert "Now it sells watches" in shown
    vouch(one, member)
    actions.revise(one, by=None, values={"summary": "And hats"})
    shown = client.get(f"{LIST}{one.uuid}/").content.decode()
    assert "It has changed since you said something of it" in shown
    assert "I vouch for it" in shown


def test_what_was_published_meanwhile_leads_to_its_page(client, member):
    one = waiting()
    seen = version(one)
    one = actions.publish(one, by=None)
    answer = client.post(f"{LIST}{one.uuid}/", {"word": "vouch", "seen": seen})
    assert (answer.status_code, answer.url) == (302, f"/en/initiatives/{one.slug}/")
    assert not Vouch.objects.exists()


def test_what_is_not_within_reach_is_not_there(client, member):
    far = waiting(position=Point(13.4, 52.5, srid=4326))
    refused = actions.reject(waiting(), by=None, reason="x")
    for one in (far, refused):
        assert client.get(f"{LIST}{one.uuid}/").status_code == 404
        assert send(client, one).status_code == 404


def test_while_it_is_off_there_are_no_pages_and_no_links(client, member, settings):
    one = waiting()
    assert LIST in page(client, "account_collectives")
    settings.VOUCHES_NEEDED = 0
    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}{one.uuid}/").status_code == 404
    assert send(client, one).status_code == 404
    assert LIST not in page(client, "account_collectives")


# ── For reviewers ───────────────────────────────────────────────────────────────────────────────


def test_reviewers_read_who_said_what(client, rhone, settings):
    one = waiting()
    Vouch.objects.create(initiative=one, kind="objection", of=one.updated_at, reason="Of one who left")
    vouch(one, neighbour(rhone, public_name="Maud"))
    actions.revise(one, by=None, values={"summary": "New"})
    vouch(one, neighbour(rhone, public_name="Ines"))
    objected(one, neighbour(rhone, public_name="Omar"), "It is a <shop>")
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    shown = page(client, "moderation_one", one.uuid)
    words = shown[shown.index('id="words"') :]
    for told in ("Maud", "Ines", "Omar", "It is a &lt;shop&gt;", "former member", "1 of 2 vouches"):
        assert told in words, told
    assert words.count("before the last change") == 1
    settings.VOUCHES_NEEDED = 0
    assert 'id="words"' not in page(client, "moderation_one", one.uuid)


def test_reviewers_read_that_nobody_said_anything(client, rhone):
    one = actions.reject(waiting(), by=None, reason="x")
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    assert "0 of 2 vouches" in page(client, "moderation_one", one.uuid)


def test_after_publishing_nothing_is_marked_as_older(client, rhone):
    one = waiting()
    vouch(one, neighbour(rhone))
    one = actions.publish(one, by=None)
    assert one.updated_at < timezone.now()
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    assert "before the last change" not in page(client, "moderation_one", one.uuid)
    assert address("moderation_one", one.uuid)


def test_the_queue_marks_what_neighbours_object_to(client, rhone, settings, django_assert_num_queries):
    client.force_login(MemberFactory(roles=[Role.MODERATOR]))
    twice, once, none_of = waiting(name="Twice"), waiting(name="Once"), waiting(name="Vouched")
    for _number in range(2):
        objected(twice, neighbour(rhone), "Secret reason")
    objected(once, neighbour(rhone))
    vouch(none_of, neighbour(rhone))
    former = waiting(name="Former")
    objected(former, neighbour(rhone))
    actions.submit(actions.ask_changes(former, by=None, reason="Where?"), by=None)
    shown = page(client, "moderation")
    assert "2 objections" in shown
    assert "1 objection<" in shown
    # One that was made before changes were asked for is over, as on its page.
    assert shown.count(" objection") == 2
    assert "Secret reason" not in shown
    with CaptureQueriesContext(connection) as few:
        page(client, "moderation")
    for _number in range(10):
        objected(waiting(), neighbour(rhone))
    with django_assert_num_queries(len(few)):
        page(client, "moderation")
    settings.VOUCHES_NEEDED = 0
    assert " objection" not in page(client, "moderation")
