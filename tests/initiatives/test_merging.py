"""Two entries become one and two again: every value, every row, every role, two moderators at once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation

from initiatives import actions
from initiatives.enums import ContactKind, Precision, Status, Verb, Visibility
from initiatives.history.reading import versions
from initiatives.merging import actions as merging
from initiatives.merging import following, uniting
from initiatives.models import Initiative, ReviewScope, StatusChange
from initiatives.reports import actions as reports
from initiatives.reviews import actions as reviews
from initiatives.workflow import TransitionRefusedError
from tests.conftest import BERLIN
from tests.factories import InitiativeFactory, MemberFactory, NetworkFactory
from tests.initiatives.merging import concerned, dressed, everything, twin
from tests.initiatives.reporting import reported
from tests.initiatives.test_actions import do
from tests.initiatives.test_rights import MAY, ROLES


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of a test go with it."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def english(no_memory):
    """What is said is compared in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def other(cast, bakery):
    """A second entry for the bakery."""
    dressed(bakery)
    bakery.refresh_from_db()
    return twin()


def status(one: Initiative) -> str:
    """Where it stands."""
    return Initiative.objects.values_list("status", flat=True).get(pk=one.pk)


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ROLES)
def test_merging_and_undoing_are_for_those_who_review_both(cast, bakery, other, role):
    by = cast.get(role) or AnonymousUser()
    before = everything()
    if role in MAY["merge"]:
        merge = merging.merge(other, into=bakery, by=by)
        assert merging.split(merge, by=by).undone_by == by
        return
    with pytest.raises(PermissionDenied), transaction.atomic():
        merging.merge(other, into=bakery, by=by)
    assert everything() == before
    merge = merging.merge(other, into=bakery, by=None)
    before = everything()
    with pytest.raises(PermissionDenied), transaction.atomic():
        merging.split(merge, by=by)
    assert everything() == before


@pytest.mark.parametrize("inside", ["kept", "merged"])
def test_a_moderator_of_one_of_both_merges_nothing(cast, bakery, other, inside):
    network = NetworkFactory()
    (bakery if inside == "kept" else other).memberships.create(network=network)
    ReviewScope.objects.create(member=cast["moderator"], network=network)
    with pytest.raises(PermissionDenied), transaction.atomic():
        merging.merge(other, into=bakery, by=cast["moderator"])


# ── From where ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("start", Status)
def test_only_what_is_published_or_in_review_is_merged(cast, bakery, other, start):
    Initiative.objects.filter(pk=other.pk).update(status=start)
    before = everything()
    if start in (Status.PENDING, Status.CHANGES_ASKED, Status.PUBLISHED):
        merge = merging.merge(other, into=bakery, by=cast["moderator"], reason="Twice")
        assert status(other) == Status.ARCHIVED
        step = StatusChange.objects.filter(initiative=other).first()
        assert (step.verb, step.from_status, step.by) == (Verb.MERGE, start, cast["moderator"])
        merging.split(merge, by=cast["moderator"])
        assert status(other) == start
        assert everything() == before
        return
    with pytest.raises(TransitionRefusedError), transaction.atomic():
        merging.merge(other, into=bakery, by=cast["moderator"])
    assert everything() == before


@pytest.mark.parametrize("stands", [one for one in Status if one != Status.PUBLISHED])
def test_the_one_that_stays_is_published(cast, bakery, other, stands):
    Initiative.objects.filter(pk=bakery.pk).update(status=stands)
    with pytest.raises(ValidationError, match="must be published"), transaction.atomic():
        merging.merge(other, into=bakery, by=cast["moderator"])


def test_nothing_is_merged_with_itself(cast, bakery):
    with pytest.raises(ValidationError), transaction.atomic():
        merging.merge(bakery, into=bakery, by=cast["moderator"])


def test_what_another_has_in_hand_or_has_changed_is_not_merged(cast, bakery, other):
    reviews.claim(other, by=MemberFactory(is_superuser=True))
    with pytest.raises(reviews.ClaimedError), transaction.atomic():
        merging.merge(other, into=bakery, by=cast["moderator"])
    seen = (other.updated_at, bakery.updated_at)
    actions.revise(bakery, by=None, values={"summary": "Autre"})
    with pytest.raises(reviews.ChangedError), transaction.atomic():
        merging.merge(other, into=bakery, by=None, seen=seen)


# ── What survives ───────────────────────────────────────────────────────────────────────────────


def test_the_kept_one_keeps_its_values_and_gains_what_it_lacks(cast, bakery, other):
    slug = bakery.slug
    merging.merge(other, into=bakery, by=cast["moderator"], reason="Twice")
    bakery.refresh_from_db()
    assert (bakery.name, bakery.slug, bakery.summary) == ("Le Fournil des Deux Rives", slug, "Pain bio")
    assert (bakery.website, bakery.founded, bakery.street) == (other.website, 2012, "1 rue du Four")
    assert (bakery.description, bakery.description_language) == ("Tous les jours.", "fr")
    assert {theme.slug for theme in bakery.themes.all()} == {"co-housing", "repair-cafes"}
    assert bakery.memberships.filter(until=None).count() == 2
    assert {row.kind: (row.value, row.visibility) for row in bakery.contacts.all()} == {
        ContactKind.EMAIL: ("bakery@demo.example", Visibility.MEMBERS),
        ContactKind.PHONE: ("+33199009876", Visibility.NOBODY),
    }
    german = bakery.translations.get()
    assert (german.name, german.summary, german.description) == ("Bäckerei", "Gutes Brot", "Brot")
    assert [photo.alt for photo in bakery.photos.all()] == ["Oven", "Bread"]
    assert bakery.identities.get().external_id == "7"
    assert bakery.field_sources["website"] == bakery.identities.get().pk
    assert bakery.field_sources["founded"] == actions.PEOPLE
    told = versions(bakery)[0]
    assert (told.reason, told.by) == ("United with “Fournil 2 Rives”: Twice", cast["moderator"])
    assert (versions(other)[0].reason, versions(other)[0].verbs) == ("Twice", (Verb.MERGE,))


def test_the_moderator_picks_what_survives(cast, bakery, other):
    slug = bakery.slug
    picks = dict.fromkeys(["name", "summary", "position", "contacts", "summary:de"], uniting.MERGED)
    actions.revise(other, by=None, values={"position": BERLIN, "precision": Precision.LOCALITY})
    merging.merge(other, into=bakery, by=cast["moderator"], picks=picks)
    bakery.refresh_from_db()
    assert (bakery.name, bakery.slug, bakery.summary) == ("Fournil 2 Rives", slug, "Du pain")
    assert bakery.position.coords == BERLIN.coords
    assert bakery.precision == Precision.LOCALITY
    assert not bakery.territory_links.filter(territory__code="FR-69").exists()
    assert bakery.contacts.get(kind=ContactKind.EMAIL).value == "twin@demo.example"
    assert bakery.translations.get().summary == ""


def test_a_street_that_was_hidden_does_not_come_out(cast, bakery, other):
    actions.revise(other, by=None, values={"precision": Precision.LOCALITY})
    merging.merge(other, into=bakery, by=cast["moderator"], picks={"street": uniting.MERGED})
    bakery.refresh_from_db()
    assert bakery.street == ""


def test_nor_does_one_of_the_kept_one_beside_a_finer_place(cast, bakery, other):
    actions.revise(bakery, by=None, values={"precision": Precision.REGION, "street": "9 rue Cachée"})
    picks = {"position": uniting.MERGED, "street": uniting.KEPT}
    merging.merge(other, into=bakery, by=cast["moderator"], picks=picks)
    bakery.refresh_from_db()
    assert (bakery.precision, bakery.street) == (other.precision, other.street)


def test_sites_move_along_and_nothing_is_a_site_of_itself(cast, bakery, other):
    site = InitiativeFactory(parent=other, published=True)
    actions.revise(bakery, by=None, values={"parent": other})
    before = everything()
    merge = merging.merge(other, into=bakery, by=cast["moderator"])
    site.refresh_from_db()
    bakery.refresh_from_db()
    assert (site.parent, bakery.parent) == (bakery, None)
    merging.split(merge, by=cast["moderator"])
    assert everything() == before


# ── There and back again ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("picked", [uniting.KEPT, uniting.MERGED])
def test_after_undoing_every_row_is_as_it_was(cast, bakery, other, picked):
    concerned(other)
    before = everything()
    picks = dict.fromkeys((*uniting.CHOICES, "contacts", "name:de", "summary:de"), picked)
    merge = merging.merge(other, into=bakery, by=cast["moderator"], picks=picks, reason="Twice")
    assert everything() != before
    merging.split(merge, by=cast["moderator"], reason="Two after all")
    assert everything() == before
    assert versions(other)[0].reason == "Two after all"
    # And once more.
    bakery.refresh_from_db()
    again = merging.merge(other, into=bakery, by=cast["moderator"], picks=picks)
    merging.split(again, by=cast["moderator"])
    assert everything() == before


def test_a_merge_is_undone_once(cast, bakery, other):
    merge = merging.merge(other, into=bakery, by=cast["moderator"])
    merging.split(merge, by=cast["moderator"])
    with pytest.raises(ValidationError, match="undone already"), transaction.atomic():
        merging.split(merge, by=cast["moderator"])


def test_what_was_changed_since_is_named_and_not_lost(cast, bakery, other):
    merge = merging.merge(other, into=bakery, by=cast["moderator"])
    actions.revise(bakery, by=cast["facilitator"], values={"website": "https://new.example/"})
    before = everything()
    with pytest.raises(ValidationError, match="website"), transaction.atomic():
        merging.split(merge, by=cast["moderator"])
    assert everything() == before


def test_what_else_was_changed_since_stays(cast, bakery, other):
    merge = merging.merge(other, into=bakery, by=cast["moderator"])
    actions.revise(bakery, by=cast["facilitator"], values={"opening_hours": "Mo-Fr 08:00-12:00"})
    merging.split(merge, by=cast["moderator"])
    bakery.refresh_from_db()
    assert (bakery.website, bakery.opening_hours) == ("", "Mo-Fr 08:00-12:00")
    assert bakery.field_sources["opening_hours"] == actions.PEOPLE
    assert "website" not in bakery.field_sources


def test_chains_lead_to_their_end_and_are_undone_from_there(cast, bakery, other):
    by, third = cast["moderator"], InitiativeFactory(name="Le Four", published=True)
    start = everything()
    first = merging.merge(other, into=third, by=by)
    middle = everything()
    second = merging.merge(third, into=bakery, by=by)
    assert following.survivor(other) == following.survivor(third) == bakery
    assert bakery.identities.get().external_id == "7"
    with pytest.raises(ValidationError, match="lives on in"), transaction.atomic():
        merging.split(first, by=by)
    merging.split(second, by=by)
    assert everything() == middle
    assert following.survivor(other) == third
    merging.split(first, by=by)
    assert everything() == start
    assert following.survivor(other) is None


@pytest.mark.parametrize("verb", [Verb.RESTORE, Verb.CLOSE, Verb.REVISE])
def test_what_lives_on_elsewhere_stays_as_the_merge_left_it(cast, bakery, other, verb):
    merging.merge(other, into=bakery, by=None)
    before = everything()
    with pytest.raises(ValidationError, match="undo the merge first"), transaction.atomic():
        do(other, verb, by=cast["moderator"])
    assert everything() == before


def test_open_reports_go_to_the_kept_one_and_come_back(cast, bakery, other):
    twice = reported(other, "duplicate", other=bakery)
    moved, settled = reported(other, "moved"), reported(other, "gone")
    reports.settle(settled, by=cast["moderator"], state="done")
    merge = merging.merge(other, into=bakery, by=None)
    assert set(bakery.reports.values_list("pk", flat=True)) == {twice.pk, moved.pk}
    twice.refresh_from_db()
    assert twice.other == other
    reports.settle(twice, by=cast["moderator"], state="done")
    merging.split(merge, by=None)
    assert set(other.reports.values_list("pk", flat=True)) == {twice.pk, moved.pk, settled.pk}
    twice.refresh_from_db()
    assert (twice.other, twice.state) == (bakery, "done")
