"""Who may do what: every role and nobody against every verb, written out."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives import actions, bulk
from initiatives.enums import Verb
from initiatives.models import Initiative, Network, StatusChange
from initiatives.rules import RIGHTS
from tests.factories import InitiativeFactory, NetworkFactory
from tests.initiatives.test_actions import do, remembered

ROLES = (
    "nobody",
    "visitor",
    "facilitator",
    "other_facilitator",
    "moderator",
    "steward",
    "animator",
    "treasurer",
    "admin",
)
MEMBERS = set(ROLES) - {"nobody"}
REVIEWERS = {"moderator", "admin"}
ITS_PEOPLE = {"facilitator", "steward"}
MAY = {
    "create": MEMBERS,
    "submit": ITS_PEOPLE | REVIEWERS,
    "publish": REVIEWERS,
    "ask_changes": REVIEWERS,
    "reject": REVIEWERS,
    "archive": ITS_PEOPLE | REVIEWERS,
    "restore": REVIEWERS,
    "close": ITS_PEOPLE | REVIEWERS,
    "confirm": ITS_PEOPLE | REVIEWERS,
    "revise": ITS_PEOPLE | REVIEWERS,
    "import": {"steward", "admin"},
    "merge": REVIEWERS,
    "split": REVIEWERS,
    "read_exact_position": ITS_PEOPLE | REVIEWERS,
    "settle_report": REVIEWERS,
    "open_proposals": ITS_PEOPLE | REVIEWERS,
}
# Those of two initiatives have a table of their own, in test_merging.py.
STEPS = {verb for verb in Verb if verb not in (Verb.CREATE, Verb.IMPORT, Verb.MERGE, Verb.SPLIT)}
# A status from which each verb is possible.
FROM = {
    "submit": "draft",
    "publish": "pending",
    "ask_changes": "pending",
    "reject": "pending",
    "restore": "archived",
}


def member(cast, role: str):
    """The member of a role; nobody is someone who has not signed in."""
    return cast.get(role) or AnonymousUser()


def test_every_verb_has_its_row():
    assert set(MAY) == {*map(str, RIGHTS), "read_exact_position", "settle_report", "open_proposals"}
    assert set(RIGHTS) == set(Verb)


@pytest.mark.parametrize("right", MAY)
def test_each_right_belongs_to_the_roles_of_the_table(cast, bakery, right):
    on = Network.objects.get() if right == Verb.IMPORT else bakery
    assert {role for role in ROLES if member(cast, role).has_perm(f"initiatives.{right}", on)} == MAY[right]


@pytest.mark.parametrize("role", sorted(MEMBERS))
@pytest.mark.parametrize("verb", sorted(STEPS))
def test_a_verb_is_done_by_those_who_may_and_changes_nothing_for_others(cast, bakery, verb, role):
    Initiative.objects.filter(pk=bakery.pk).update(status=FROM.get(verb, "published"))
    before, steps, versions = remembered(bakery), StatusChange.objects.count(), bakery.versions.count()
    if role in MAY[verb]:
        do(bakery, verb, by=cast[role])
        assert StatusChange.objects.first().by == cast[role]
        return
    with pytest.raises(PermissionDenied), transaction.atomic():
        do(bakery, verb, by=cast[role])
    assert remembered(bakery) == before
    assert StatusChange.objects.count() == steps
    assert bakery.versions.count() == versions


@pytest.mark.django_db
def test_nobody_creates_nothing():
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.create(by=AnonymousUser(), values={"name": "Le Fournil"})
    assert not Initiative.objects.exists()


def test_every_member_may_create_a_draft(cast):
    for role in sorted(MEMBERS):
        assert actions.create(by=cast[role], values={"name": role}).status == "draft"


def imported(network: Network, by, *rows: bulk.Row) -> bulk.Outcome:
    """What an import of these rows by a member does."""
    with bulk.importing(network, by=by, run=1) as intake:
        intake.stage(rows)
        bulk.compare(intake)
        return bulk.apply(intake)


@pytest.mark.parametrize("role", sorted(MEMBERS - MAY["import"]))
def test_an_import_is_not_for_others(cast, role):
    with pytest.raises(PermissionDenied):
        imported(Network.objects.get(), cast[role])


@pytest.mark.parametrize("role", sorted(MAY["import"]))
def test_an_import_by_a_member_adds_lets_go_and_brings_back(cast, theme, role, settings):
    settings.IMPORT_GRACE_DAYS = 0
    network, by = Network.objects.get(), cast[role]
    row = bulk.Row(
        1,
        "7",
        "x",
        name="Le Four",
        primary_theme=theme.pk,
        themes=[theme.pk],
        lon=4.8,
        lat=45.7,
        fields=["name"],
    )
    (added,) = imported(network, by, row).added
    assert imported(network, by).archived == [added]
    assert Initiative.objects.get(pk=added).status == "archived"
    imported(network, by, row)
    assert Initiative.objects.get(pk=added).status == "published"
    steps = StatusChange.objects.filter(initiative=added).order_by("pk").values_list("verb", "by")
    assert [verb for verb, _by in steps][:3] == ["import", "archive", "restore"]
    assert {who for _verb, who in steps} == {by.pk}


def test_a_steward_imports_into_no_other_network(cast, bakery):
    other = NetworkFactory()
    # Even one that shares an initiative with theirs.
    bakery.memberships.create(network=other)
    with pytest.raises(PermissionDenied):
        imported(other, cast["steward"])


def test_the_right_comes_before_what_is_missing(cast):
    bare = InitiativeFactory(primary_theme=None)
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.publish(bare, by=cast["visitor"])
    with pytest.raises(ValidationError), transaction.atomic():
        actions.publish(bare, by=cast["moderator"])
    with pytest.raises(PermissionDenied), transaction.atomic():
        actions.reject(bare, by=cast["visitor"], reason="")


@pytest.mark.parametrize("verb", [Verb.REVISE, Verb.ARCHIVE, Verb.CONFIRM])
def test_the_stored_row_gives_the_right_not_the_copy_at_hand(cast, bakery, verb):
    other = cast["other_facilitator"]
    bakery.collective = other.collective_memberships.get().collective
    with pytest.raises(PermissionDenied), transaction.atomic():
        do(bakery, verb, by=other)


def test_a_right_ends_with_the_membership(cast, bakery):
    today = timezone.localdate()
    facilitator, steward = cast["facilitator"], cast["steward"]
    facilitator.collective_memberships.update(ended_on=today)
    bakery.memberships.update(until=today)
    assert not facilitator.has_perm("initiatives.revise", bakery)
    assert not steward.has_perm("initiatives.revise", bakery)


def test_a_membership_that_begins_later_gives_no_right_yet(cast, bakery):
    later = timezone.localdate() + timezone.timedelta(days=1)
    cast["facilitator"].collective_memberships.update(started_on=later)
    assert not cast["facilitator"].has_perm("initiatives.revise", bakery)


def test_a_plain_member_of_the_collective_has_no_right(cast, bakery):
    cast["facilitator"].collective_memberships.update(role="member")
    assert not cast["facilitator"].has_perm("initiatives.revise", bakery)


def test_someone_whose_account_is_off_has_no_right(cast, bakery):
    for role in sorted(MEMBERS):
        cast[role].is_active = False
        cast[role].save()
        assert not cast[role].has_perm("initiatives.revise", bakery), role
