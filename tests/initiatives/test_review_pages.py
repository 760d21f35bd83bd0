"""Pages of reviewers: the queue and its filters, decisions and conflicts, many at once, statements asked."""

import pytest

from community.members.enums import Role
from initiatives import actions
from initiatives.enums import ContactKind, Status, Visibility
from initiatives.models import Initiative, ReviewClaim, StatusChange
from initiatives.reviews import actions as reviews
from initiatives.reviews.forms import version
from tests.conftest import BERLIN, LYON
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.test_reviews import pending

QUEUE = "/en/moderation/"
TOGETHER = "/en/moderation/together/"


@pytest.fixture
def moderator(client, rhone):
    """A moderator of everything, signed in."""
    made = MemberFactory(public_name="Maud", roles=[Role.MODERATOR])
    client.force_login(made)
    return made


def status(initiative: Initiative) -> str:
    """Where it stands in the database."""
    return Initiative.objects.values_list("status", flat=True).get(pk=initiative.pk)


def names(answer) -> list[str]:
    """Of the rows of a queue page, in order."""
    return [row.name for row in answer.context["page"]]


def decide(client, initiative, verb, reason="", seen=None):
    """Send the form of the page of one."""
    values = {"verb": verb, "reason": reason, "chosen": seen or version(initiative)}
    return client.post(f"{QUEUE}{initiative.uuid}/decide/", values)


# ── The queue ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_pending_comes_first_and_the_oldest_of_it(client, moderator):
    asked = actions.ask_changes(pending(name="Asked"), by=None, reason="x")
    made = [pending(name=f"Number {number}") for number in range(3)]
    InitiativeFactory(name="Draft")
    # Sent again, it waits from then on; an edit moves nothing.
    actions.ask_changes(made[0], by=None, reason="x")
    actions.submit(made[0], by=None)
    actions.revise(made[1], by=None, values={"summary": "x"})
    answer = client.get(QUEUE)
    assert names(answer) == ["Number 1", "Number 2", "Number 0", "Asked"]
    assert answer.context["queue"].counts == {"pending": 3, "changes_asked": 1, "rejected": 0, "archived": 0}
    assert names(client.get(QUEUE, {"status": "changes_asked"})) == [asked.name]


def test_filters_leave_what_they_say_and_are_offered_where_they_leave_something(client, moderator, rhone):
    collective, network = CollectiveFactory(slug="c", territory=rhone), NetworkFactory(slug="n")
    NetworkFactory(slug="unused")
    pending(name="Rhône", position=LYON)
    pending(name="Carried", position=BERLIN, collective=collective)
    pending(name="Belongs", position=BERLIN, networks=[network])
    for query, expected in [
        ({"territory": "FR-69"}, ["Rhône"]),
        ({"territory": "FR"}, ["Rhône"]),
        ({"collective": "c"}, ["Carried"]),
        ({"network": "n"}, ["Belongs"]),
        ({"network": "n", "collective": "c"}, []),
    ]:
        assert names(client.get(QUEUE, query)) == expected
    offered = {
        choice["name"]: [option["value"] for option in choice["options"]]
        for choice in client.get(QUEUE).context["choices"]
    }
    assert offered == {"territory": ["FR", "FR-69"], "network": ["n"], "collective": ["c"]}


@pytest.mark.parametrize(
    "query", [{"status": "published"}, {"territory": "'"}, {"network": "nothing"}, {"collective": "é" * 999}]
)
def test_a_filter_that_cannot_be_used_is_told_beside_it(client, moderator, query):
    pending(name="Rhône")
    answer = client.get(QUEUE, query)
    assert answer.status_code == 400
    assert set(answer.context["queue"].errors) == set(query)
    assert names(answer) == ["Rhône"]


@pytest.mark.parametrize("page", ["x", "-1", "99", "1" * 99])
def test_a_page_number_that_is_none_gives_a_page(client, moderator, page):
    assert client.get(QUEUE, {"page": page}).status_code == 200


def test_an_empty_queue_says_so(client, moderator):
    assert "Nothing waits for you" in client.get(QUEUE).content.decode()


def test_the_menu_tells_how_many_wait(client, moderator):
    pending()
    actions.ask_changes(pending(), by=None, reason="x")
    shown = client.get("/en/about/").content.decode()
    assert '<span class="badge badge--accent num">1<span class="hide"> waiting</span></span>' in shown


def test_pages_stay_within_their_budget_however_many_wait(client, moderator, django_assert_max_num_queries):
    one = pending(
        name="One",
        networks=[NetworkFactory()],
        contacts={ContactKind.EMAIL: ("a@demo.example", Visibility.NOBODY)},
        translations=[{"language": "de", "name": "Eins"}],
    )
    for _round in range(2):
        # Session and member, scopes (queue, counts, collectives, choices, menu), counts, rows, three prefetches,
        # choices, menu.
        with django_assert_max_num_queries(21):
            assert client.get(QUEUE).status_code == 200
        # Of one also what looks alike, what it was merged from, what the members say.
        with django_assert_max_num_queries(33):
            assert client.get(f"{QUEUE}{one.uuid}/").status_code == 200
        for number in range(20):
            made = pending(name=f"One {number}", collective=CollectiveFactory())
            reviews.claim(made, by=MemberFactory(roles=[Role.MODERATOR]))


# ── One ─────────────────────────────────────────────────────────────────────────────────────────


def test_who_has_no_second_factor_where_one_is_asked_reads_no_private_contacts(client, moderator, settings):
    settings.REVIEWERS_NEED_SECOND_FACTOR = True
    for address in (QUEUE, f"{QUEUE}{pending().uuid}/"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, "/en/accounts/2fa/")


def test_the_page_shows_what_only_reviewers_may_see(client, moderator):
    one = pending(
        name="Four",
        position=LYON,
        precision="region",
        street="3 rue du Four",
        contacts={
            ContactKind.EMAIL: ("inside@demo.example", Visibility.NOBODY),
            ContactKind.PHONE: ("+33199001234", Visibility.EVERYONE),
        },
    )
    shown = client.get(f"{QUEUE}{one.uuid}/")
    text = shown.content.decode()
    for words in ("inside@demo.example", "45.764000, 4.835700", "3 rue du Four", "to the region"):
        assert words in text
    assert "no-cache" in shown["Cache-Control"]


@pytest.mark.parametrize(
    ("verb", "after"), [("publish", "published"), ("ask_changes", "changes_asked"), ("reject", "rejected")]
)
def test_a_decision_is_taken_recorded_and_led_away_from(client, moderator, verb, after):
    one = pending()
    answer = decide(client, one, verb, "Because")
    assert (answer.status_code, answer.url) == (302, QUEUE)
    assert status(one) == after
    step = StatusChange.objects.filter(initiative=one).first()
    assert (step.verb, step.by, step.reason) == (verb, moderator, "Because")


def test_what_was_archived_or_declined_comes_back(client, moderator, bakery):
    assert decide(client, bakery, "archive").status_code == 302
    bakery.refresh_from_db()
    assert decide(client, bakery, "restore").status_code == 302
    assert status(bakery) == Status.PUBLISHED


def test_a_second_click_finds_who_decided(client, moderator):
    one = pending(name="Four")
    decide(client, one, "publish")
    answer = decide(client, one, "publish")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "This was decided already" in text
    assert "Maud" in text
    assert "<b>publish</b>" in text
    assert StatusChange.objects.filter(initiative=one, verb="publish").count() == 1


def test_what_changed_meanwhile_is_a_conflict_and_keeps_the_message(client, moderator):
    one = pending()
    actions.revise(one, by=None, values={"summary": "Other"})
    answer = decide(client, one, "reject", "My long <message>")
    assert answer.status_code == 409
    assert "It changed since you opened the page" in answer.content.decode()
    assert "My long &lt;message&gt;" in answer.content.decode()
    assert status(one) == Status.PENDING


def test_what_another_has_taken_on_is_a_conflict_until_taken_over(client, moderator):
    one, other = pending(), MemberFactory(public_name="Otto", roles=[Role.MODERATOR])
    reviews.claim(one, by=other)
    address = f"{QUEUE}{one.uuid}/claim/"
    assert decide(client, one, "publish").status_code == 409
    refused = client.post(address)
    assert refused.status_code == 409
    assert "Otto" in refused.content.decode()
    page = client.get(f"{QUEUE}{one.uuid}/").content.decode()
    assert "Take over" in page
    assert 'value="publish"' not in page
    for over in ("x", "9" * 30, "²"):
        assert client.post(address, {"over": over}).status_code == 409
    assert client.post(address, {"over": other.pk}).status_code == 302
    assert ReviewClaim.objects.get().member == moderator
    assert decide(client, one, "publish").status_code == 302


def test_an_error_stands_beside_the_field_and_the_message_stays(client, moderator):
    one = pending()
    answer = decide(client, one, "reject", "  ")
    assert answer.status_code == 400
    assert 'id="reason_error"' in answer.content.decode()
    bare = pending(primary_theme=None)
    answer = decide(client, bare, "publish", "Fine")
    assert answer.status_code == 400
    assert "A main theme is needed." in answer.content.decode()
    assert ">Fine<" in answer.content.decode()
    assert status(bare) == status(one) == Status.PENDING


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"verb": "publish"},
        {"verb": "close"},
        {"verb": "publish", "chosen": "x"},
        {"verb": "publish", "chosen": "00000000-0000-4000-8000-000000000000@2020-01-01T00:00:00+00:00"},
        {"verb": "publish", "chosen": "00000000-0000-4000-8000-000000000000@2020-99-01T00:00:00"},
        {"verb": "reject", "reason": "x" * 3000},
    ],
)
def test_a_damaged_form_decides_nothing(client, moderator, values):
    one = pending()
    assert client.post(f"{QUEUE}{one.uuid}/decide/", values).status_code == 400
    if "0+00:00" not in values.get("chosen", ""):
        assert client.post(TOGETHER, values).status_code == 400
    assert status(one) == Status.PENDING
