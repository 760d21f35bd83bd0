"""The dashboard of a collective: who opens it, what it tells, what is done from it, what it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community.members.enums import CollectiveRole
from community.models import CollectiveMembership
from initiatives import actions
from initiatives.enums import Status
from initiatives.models import Initiative, ReviewScope, SiteCheck, StatusChange
from initiatives.upkeep import ageing
from territories.enums import CollectiveStatus
from tests.factories import InitiativeFactory, MemberFactory
from tests.initiatives.ageing import LONG_AGO, aged
from tests.initiatives.asking import counted
from tests.initiatives.proposing import proposal, suggest

pytestmark = pytest.mark.django_db
ROLES = {
    # 302: asked to sign in.
    "nobody": 302,
    "visitor": 403,
    "member": 200,
    "other_facilitator": 403,
    "facilitator": 200,
    "former_facilitator": 403,
    "steward": 403,
    "moderator": 200,
    "moderator_of_it": 200,
    "moderator_elsewhere": 403,
    "admin": 200,
}
TENDS = {"facilitator", "moderator", "moderator_of_it", "admin"}


@pytest.fixture
def people(cast, bakery, rhone):
    """Those of the cast, and some who are near."""
    collective = bakery.collective
    for name, role, ended in (
        ("member", CollectiveRole.MEMBER, None),
        ("former_facilitator", CollectiveRole.FACILITATOR, timezone.localdate()),
    ):
        cast[name] = MemberFactory()
        CollectiveMembership.objects.create(
            member=cast[name], collective=collective, role=role, ended_on=ended
        )
    for name, scope in (
        ("moderator_of_it", {"collective": collective}),
        ("moderator_elsewhere", {"territory": rhone}),
    ):
        cast[name] = MemberFactory(roles=["moderator"])
        ReviewScope.objects.create(member=cast[name], **scope)
    return cast


@pytest.fixture
def home(people, bakery, client):
    """The dashboard, with its facilitator at the door."""
    client.force_login(people["facilitator"])
    return reverse("collective_dashboard", args=[bakery.collective.slug])


def english(address: str) -> str:
    """The same in English."""
    return address.replace("/fr/", "/en/", 1)


def press(client, home: str, initiative: Initiative, verb: str):
    """A button of a row."""
    return client.post(f"{home}step/", {"step": f"{verb}.{initiative.uuid}"})


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_who_opens_it_and_sees_what(client, people, bakery, role, status):
    InitiativeFactory(name="Still a draft", collective=bakery.collective)
    if role != "nobody":
        client.force_login(people[role])
    home = english(reverse("collective_dashboard", args=[bakery.collective.slug]))
    answer = client.get(home)
    assert answer.status_code == status
    if status == 200:
        assert ("Still a draft" in answer.text) is (role in TENDS)
        assert ("confirm." in answer.text) is (role in TENDS)
        assert "no-store" in answer["Cache-Control"]
    public = client.get(english(bakery.collective.get_absolute_url()))
    assert (home in public.text) is (status == 200)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["confirm", "close"])
def test_who_confirms_and_closes_from_it(client, people, bakery, role, verb):
    if role != "nobody":
        client.force_login(people[role])
    home = reverse("collective_dashboard", args=[bakery.collective.slug])
    steps = StatusChange.objects.count()
    answer = press(client, home, bakery, verb)
    may = role in TENDS
    assert answer.status_code == (302 if may or role == "nobody" else 403)
    assert StatusChange.objects.count() == steps + may
    if may:
        assert StatusChange.objects.filter(verb=verb).get().by == people[role]


def test_a_collective_that_is_not_published_is_not_told_of(client, people, bakery):
    collective = bakery.collective
    collective.status = CollectiveStatus.DRAFT
    collective.save()
    home = reverse("collective_dashboard", args=[collective.slug])
    for role, status in (("visitor", 404), ("facilitator", 200)):
        client.force_login(people[role])
        assert client.get(home).status_code == status


def test_each_kind_of_care_is_counted_listed_and_named(client, home, bakery):
    collective = bakery.collective
    old = aged(InitiativeFactory(name="Old", collective=collective, description="x", published=True))
    silent = InitiativeFactory(
        name="Silent", collective=collective, description="x", website="https://s.example/", published=True
    )
    now = timezone.now()
    SiteCheck.objects.create(
        initiative=silent, website=silent.website, checked_at=now, failures=3, failing_since=now - LONG_AGO
    )
    moved = InitiativeFactory(
        name="Moved", collective=collective, description="x", website="https://new.example/", published=True
    )
    SiteCheck.objects.create(
        initiative=moved,
        website="https://o.example/",
        checked_at=now,
        failures=9,
        failing_since=now - LONG_AGO,
    )
    asked = InitiativeFactory(name="Asked", collective=collective, description="x")
    actions.ask_changes(actions.submit(asked, by=None), by=None, reason="Where?")
    proposal(bakery, message="It moved.")
    actions.revise(bakery, by=None, values={"description": ""})
    expected = {
        "changes": {"Asked"},
        "unconfirmed": {"Old"},
        "website": {"Silent"},
        "suggestions": {bakery.name},
        "description": {bakery.name},
        "photo": {bakery.name, "Old", "Silent", "Moved"},
    }
    context = client.get(home).context
    assert {name: count for name, _label, count in context["cares"]} == {
        name: len(rows) for name, rows in expected.items()
    }
    for name, rows in expected.items():
        assert {row.name for row in client.get(home, {"care": name}).context["page"]} == rows
    needs = {row.name: {str(one) for one in row.needs} for row in client.get(english(home)).context["page"]}
    assert "Not confirmed for long" in needs["Old"]
    assert needs["Asked"] == {"Changes asked by the moderation"}
    assert bool(ageing.stale_since(old))


def test_rows_are_narrowed_by_status_and_name_and_nonsense_is_passed_over(client, home, bakery):
    InitiativeFactory(name="Épicerie", collective=bakery.collective)

    def names(**given) -> list[str]:
        answer = client.get(home, given)
        assert answer.status_code == 200
        return [row.name for row in answer.context["page"]]

    assert names(status="draft") == ["Épicerie"]
    assert names(name="epic") == ["Épicerie"]
    assert names(name="nothing like it") == []
    for nonsense in ({"status": "x"}, {"care": "x"}, {"page": "x"}, {"name": "%"}, {"page": "99"}):
        assert len(names(**nonsense)) in (0, 2)


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("", 400),
        ("publish.x", 400),
        ("confirm", 404),
        ("confirm.x", 404),
        ("confirm.00000000-0000-4000-8000-000000000000", 404),
    ],
)
def test_steps_that_are_none_are_refused(client, home, step, status):
    assert client.post(f"{home}step/", {"step": step}).status_code == status


def test_nothing_of_another_collective_is_changed_from_here(client, home, people):
    other = people["other_facilitator"].collective_memberships.get().collective
    theirs = InitiativeFactory(collective=other, published=True)
    assert press(client, home, theirs, "close").status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_published


def test_a_step_that_is_not_possible_any_more_says_so(client, home, bakery):
    assert press(client, home, bakery, "close").status_code == 302
    answer = client.post(
        f"{english(home)}step/?status=closed", {"step": f"confirm.{bakery.uuid}"}, follow=True
    )
    assert "not possible at this stage" in answer.text
    assert answer.request["QUERY_STRING"] == "status=closed"


def test_what_was_asked_to_change_is_edited_and_sent_again(client, home, bakery):
    made = actions.submit(InitiativeFactory(name="Asked", collective=bakery.collective), by=None)
    made = actions.ask_changes(made, by=None, reason="Say what you do.")
    answer = suggest(client, made, summary="We bake.")
    assert (answer.status_code, answer.url) == (302, home)
    assert press(client, home, made, "submit").status_code == 302
    made.refresh_from_db()
    assert (made.status, made.summary) == (Status.PENDING, "We bake.")


@pytest.mark.parametrize("role", ["nobody", "visitor", "member", "other_facilitator", "moderator_elsewhere"])
def test_what_is_not_published_is_edited_by_nobody_else(client, people, bakery, role):
    made = InitiativeFactory(name="Draft", collective=bakery.collective, position=None)
    if role != "nobody":
        client.force_login(people[role])
    address = reverse("suggest_change", args=[made.slug])
    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Mine"}).status_code == 404


def test_its_own_people_read_that_they_edit(client, people, bakery):
    page = english(bakery.get_absolute_url())
    form = english(reverse("suggest_change", args=[bakery.slug]))
    for role, here, elsewhere in (
        ("visitor", "Suggest a change", "Edit this page"),
        ("facilitator", "Edit this page", "Suggest a change"),
    ):
        client.force_login(people[role])
        for address in (page, form):
            text = client.get(address).text
            assert here in text
            assert elsewhere not in text


def test_an_empty_one_is_designed(client, people):
    client.force_login(people["other_facilitator"])
    collective = people["other_facilitator"].collective_memberships.get().collective
    answer = client.get(english(reverse("collective_dashboard", args=[collective.slug])))
    assert "put nothing on the map so far" in answer.text
    assert "Add an initiative" in answer.text


def test_it_asks_a_fixed_number_of_times_however_many_there_are(client, home, bakery):
    def asked() -> int:
        with counted() as statements:
            assert client.get(home).status_code == 200
        return len(statements)

    for number in range(3):
        InitiativeFactory(name=f"Some {number}", collective=bakery.collective, published=True)
    few = asked()
    for number in range(40):
        InitiativeFactory(name=f"More {number}", collective=bakery.collective, published=True)
    assert asked() == few
    assert few <= 22
