"""The one door for every change: the workflow as its table says, history, and nothing left of what failed."""

import pghistory.models
import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import transaction

from initiatives import actions
from initiatives.enums import ContactKind, Status, Verb, Visibility
from initiatives.models import Initiative, OldSlug, StatusChange
from initiatives.workflow import TRANSITIONS, TransitionRefusedError, allowed_verbs, target
from tests.factories import InitiativeFactory, MemberFactory
from vocabulary.models import Theme

# Written out here once more, so that a change of the table is a decision.
EXPECTED = {
    Status.DRAFT: {"submit": "pending", "publish": "published"},
    Status.PENDING: {"publish": "published", "ask_changes": "changes_asked", "reject": "rejected"},
    Status.CHANGES_ASKED: {"submit": "pending", "reject": "rejected"},
    Status.PUBLISHED: {"archive": "archived", "close": "closed", "confirm": "published"},
    Status.REJECTED: {"restore": "pending"},
    Status.ARCHIVED: {"restore": "published", "close": "closed"},
    Status.CLOSED: {"restore": "published"},
}
PAIRS = [(status, verb) for status in Status for verb in [*actions.VERBS, Verb.REVISE]]
WHY = "Because we looked"


def standing(status: Status) -> Initiative:
    """A complete initiative that stands at a status, without the way there."""
    made = InitiativeFactory(name="Le Fournil")
    Initiative.objects.filter(pk=made.pk).update(status=status)
    made.refresh_from_db()
    return made


def do(initiative: Initiative, verb: Verb, *, by=None, reason: str = WHY) -> Initiative:
    """Any verb on an initiative; an edit gives a new summary."""
    if verb == Verb.REVISE:
        return actions.revise(initiative, by=by, values={"summary": "Du pain"}, reason=reason)
    return actions.VERBS[verb](initiative, by=by, reason=reason)


def remembered(initiative: Initiative) -> dict:
    """The stored row, column by column."""
    return Initiative.objects.filter(pk=initiative.pk).values().get()


# ── The workflow ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "verb"), PAIRS)
def test_each_verb_moves_as_the_table_says_or_changes_nothing(status, verb):
    initiative = standing(status)
    before, steps, versions = (
        remembered(initiative),
        StatusChange.objects.count(),
        initiative.versions.count(),
    )
    after = status if verb == Verb.REVISE else EXPECTED[status].get(verb)
    if after is None:
        with pytest.raises(TransitionRefusedError) as refused, transaction.atomic():
            do(initiative, verb)
        assert (refused.value.status, refused.value.verb) == (status, verb)
        assert remembered(initiative) == before
        assert StatusChange.objects.count() == steps
        assert initiative.versions.count() == versions
        return
    moved = do(initiative, verb)
    assert moved.status == remembered(initiative)["status"] == after
    step = StatusChange.objects.first()
    assert (step.verb, step.from_status, step.to_status) == (verb, status, after)
    assert (step.by, step.reason) == (None, WHY)


def test_the_table_has_no_other_steps():
    expected = {(status, verb) for status, verbs in EXPECTED.items() for verb in verbs}
    entrances = {(None, "create"), (None, "import"), (Status.PUBLISHED, "import"), (Status.PENDING, "import")}
    edits = {(status, "revise") for status in Status}
    merges = {(status, "merge") for status in (Status.PENDING, Status.CHANGES_ASKED, Status.PUBLISHED)}
    assert set(TRANSITIONS) == expected | entrances | edits | merges
    assert {target(*pair) for pair in merges} == {Status.ARCHIVED}
    assert target(None, Verb.CREATE) == Status.DRAFT
    assert target(None, Verb.IMPORT) == target(Status.PUBLISHED, Verb.IMPORT) == Status.PUBLISHED
    assert target(Status.PENDING, Verb.IMPORT) == Status.PENDING


def test_a_refusal_says_what_is_possible():
    with pytest.raises(TransitionRefusedError, match="reject is not possible from draft; possible: submit"):
        target(Status.DRAFT, Verb.REJECT)
    assert allowed_verbs(Status.CLOSED) == [Verb.RESTORE, Verb.REVISE]


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [Verb.ASK_CHANGES, Verb.REJECT])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refused_contribution_gets_a_reason(verb, reason):
    pending = standing(Status.PENDING)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        do(pending, verb, reason=reason)
    assert list(error.value.message_dict) == ["reason"]
    assert remembered(pending)["status"] == Status.PENDING


@pytest.mark.django_db
def test_confirming_tells_when():
    shown = standing(Status.PUBLISHED)
    assert shown.confirmed_at is None
    confirmed = do(shown, Verb.CONFIRM)
    assert confirmed.confirmed_at == remembered(shown)["confirmed_at"] > shown.updated_at


@pytest.mark.django_db
def test_publishing_names_everything_that_is_missing():
    bare = InitiativeFactory(primary_theme=None, position=None)
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.publish(bare, by=None)
    assert set(error.value.message_dict) == {"primary_theme", "position"}
    assert remembered(bare)["status"] == Status.DRAFT


@pytest.mark.django_db
def test_publishing_looks_at_the_stored_row_not_at_a_stale_copy():
    stale = InitiativeFactory()
    actions.revise(stale, by=None, values={"position": None})
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.publish(stale, by=None)
    assert set(error.value.message_dict) == {"position"}
    assert remembered(stale)["status"] == Status.DRAFT


@pytest.mark.django_db
def test_what_lost_its_theme_meanwhile_is_not_restored():
    archived = standing(Status.ARCHIVED)
    actions.revise(archived, by=None, values={"primary_theme": None})
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.restore(archived, by=None)
    assert set(error.value.message_dict) == {"primary_theme"}
    assert remembered(archived)["status"] == Status.ARCHIVED


@pytest.mark.django_db
def test_what_is_published_cannot_lose_its_position():
    shown = standing(Status.PUBLISHED)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.revise(shown, by=None, values={"position": None})
    assert remembered(shown)["position"]


# ── History ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [*actions.VERBS, Verb.REVISE])
def test_history_keeps_the_former_row_and_tells_who_and_why(verb):
    start = next(status for status, other in TRANSITIONS if other == verb and status)
    member = MemberFactory(is_superuser=True)
    initiative = standing(start)
    initiative.versions.all().delete()
    do(initiative, verb, by=member)
    version = initiative.versions.get()
    assert (version.pgh_label, version.status, version.summary) == ("update", start, "")
    assert version.pgh_context.metadata == {"verb": verb.value, "by": member.pk, "reason": WHY}


@pytest.mark.django_db
def test_an_edit_writes_rows_and_parts_into_one_context():
    initiative = InitiativeFactory(contacts={ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)})
    values = {
        "name": "Other",
        "themes": [Theme.objects.get(slug="repair-cafes")],
        "contacts": {ContactKind.EMAIL: ("b@demo.example", Visibility.NOBODY)},
    }
    contact = initiative.contacts.get()
    actions.revise(initiative, by=None, values=values, reason="moved")
    (old,) = contact.versions.all()
    assert (old.value, old.visibility) == ("a@demo.example", "everyone")
    assert old.pgh_context == initiative.versions.latest("pgh_id").pgh_context
    assert old.pgh_context.metadata == {"verb": "revise", "by": None, "reason": "moved"}


@pytest.mark.django_db
def test_creating_writes_no_version_and_one_step():
    made = actions.create(by=None, values={"name": "Le Fournil"}, reason=WHY)
    assert not made.versions.exists()
    assert not pghistory.models.Context.objects.exists()
    assert [(step.verb, step.from_status) for step in made.status_changes.all()] == [("create", "")]


# ── Values ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("founded", 99),
        ("website", "javascript:alert(1)"),
        ("opening_hours", "whenever"),
        ("precision", "roughly"),
        ("reach", "galactic"),
        ("position", Point(0, 89, srid=4326)),
        ("position", Point(181, 0, srid=4326)),
        ("description", "x" * 20_001),
        ("tags", ["x" * 61]),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_kept(field, value):
    with pytest.raises(ValidationError) as error, transaction.atomic():
        actions.create(by=None, values={"name": "Le Fournil", field: value})
    assert list(error.value.message_dict) == [field]
    assert not Initiative.objects.exists()


@pytest.mark.django_db
def test_an_unknown_value_is_refused():
    with pytest.raises(KeyError, match="colour"):
        actions.create(by=None, values={"name": "Le Fournil", "colour": "red"})


@pytest.mark.django_db
def test_a_failure_inside_leaves_nothing():
    initiative = InitiativeFactory(name="Le Fournil")
    before, versions = remembered(initiative), initiative.versions.count()
    values = {"name": "Other", "contacts": {ContactKind.EMAIL: ("no mail", Visibility.EVERYONE)}}
    with pytest.raises(ValidationError):
        actions.revise(initiative, by=None, values=values)
    with pytest.raises(ValidationError):
        actions.create(by=None, values={**values, "slug": "second"})
    assert remembered(initiative) == before
    assert initiative.versions.count() == versions
    assert StatusChange.objects.count() == Initiative.objects.count() == 1
    assert not OldSlug.objects.exists()


@pytest.mark.django_db
def test_what_people_edit_is_marked_and_what_the_site_edits_is_not():
    initiative = InitiativeFactory()
    actions.revise(initiative, by=None, values={"summary": "By a source"})
    assert remembered(initiative)["field_sources"] == {}
    actions.revise(initiative, by=MemberFactory(is_superuser=True), values={"summary": "By people"})
    assert remembered(initiative)["field_sources"] == {"summary": "people"}


@pytest.mark.django_db
def test_the_main_theme_is_always_among_the_themes():
    repair = Theme.objects.get(slug="repair-cafes")
    initiative = InitiativeFactory(themes=[repair])
    assert {theme.slug for theme in initiative.themes.all()} == {"co-housing", "repair-cafes"}
    actions.revise(initiative, by=None, values={"primary_theme": repair, "themes": []})
    assert [theme.slug for theme in initiative.themes.all()] == ["repair-cafes"]
