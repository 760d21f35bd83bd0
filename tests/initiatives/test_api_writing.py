"""The API takes changes: the same verbs as everywhere, clear refusals, nothing half-written."""

import pytest

from initiatives import actions
from initiatives.enums import ContactKind, Status, Verb, Visibility
from initiatives.models import Initiative, StatusChange
from tests.factories import CollectiveFactory, InitiativeFactory, MemberFactory

from .programs import DOOR, FEATURE, GEOJSON, PROPERTIES, Program, refused
from .test_actions import TRANSITIONS, remembered

VERBS = ("submit", "publish", "ask_changes", "reject", "archive", "restore", "close", "confirm")


@pytest.fixture
def program(db) -> Program:
    """One that acts for a member without any role."""
    return Program(MemberFactory())


# ── A new one ───────────────────────────────────────────────────────────────────────────────────
def test_a_feature_comes_back_as_it_was_written(program, rhone):
    CollectiveFactory(slug="pain", territory=rhone)
    answer = program.post()
    assert answer.status_code == 201, answer.content
    made = Initiative.objects.get()
    assert answer["Location"] == f"{DOOR}{made.uuid}/"
    assert answer["Content-Type"] == GEOJSON
    feature = answer.json()
    assert feature["id"] == str(made.uuid)
    written = PROPERTIES | {"themes": ["co-housing", "repair-cafes"]}
    came = feature["properties"]
    came["translations"]["de"] = {name: text for name, text in came["translations"]["de"].items() if text}
    assert {name: came[name] for name in written} == written
    assert came["status"] == "draft"
    assert made.position.coords == (4.8357, 45.764)
    assert StatusChange.objects.get().verb == Verb.CREATE


def test_what_is_sent_to_the_door_is_a_draft_for_nobody_else(program, client):
    made = program.post({"type": "Feature", "properties": {"name": "Le Fournil"}}).json()
    assert client.get(f"{DOOR}{made['id']}/").status_code == 404
    assert client.get(DOOR).json()["features"] == []


def test_without_a_position_it_is_said_so(program):
    body = {"type": "Feature", "geometry": None, "properties": {"name": "En ligne"}}
    assert program.post(body).json()["geometry"] is None
    assert Initiative.objects.get().has_no_position


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"type": "Point"}, "type"),
        ({"bbox": [0, 0, 1, 1]}, "bbox"),
        ({"geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [4.8]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": ["4.8", "45"]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [True, 45]}}, "geometry"),
        ({"geometry": {"type": "Point", "coordinates": [4.8, 89]}}, "geometry"),
        ({"geometry": "POINT(1 1)"}, "geometry"),
    ],
)
def test_a_feature_that_is_none_is_refused_by_member(program, change, member):
    problem = refused(program.post({**FEATURE, "properties": {"name": "x"}, **change}), 400)
    assert problem["parameter"] == member
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("properties", "member"),
    [
        ({"name": "x" * 201}, "name"),
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": ["Le Fournil"]}, "name"),
        ({"status": "published"}, "status"),
        ({"confirmed": "2026-01-01"}, "confirmed"),
        ({"networks": ["resses"]}, "networks"),
        ({"position": [4, 45]}, "position"),
        ({"primary_theme": "bread"}, "primary_theme"),
        ({"themes": "co-housing"}, "themes"),
        ({"collective": "unknown"}, "collective"),
        ({"parent": "7"}, "parent"),
        ({"founded": 12}, "founded"),
        ({"founded": 1e300}, "founded"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://fournil.example/" + "x" * 400}, "website"),
        ({"opening_hours": "always"}, "opening_hours"),
        ({"contact": {"fax": "1"}}, "contact.fax"),
        ({"contact": {"email": "nobody"}}, "contact"),
        ({"translations": {"xx": {}}}, "translations.xx"),
        ({"translations": {"de": {"title": "x"}}}, "translations.de.title"),
        ({"address": {"country": "France"}}, "address.country"),
        ({"address": "Lyon"}, "address.non_field_errors"),
        ({"tags": ["x" * 61]}, "tags.0"),
        ({"description": "x" * 20_001}, "description"),
    ],
)
def test_what_cannot_be_written_is_named_and_nothing_is(program, properties, member):
    body = {**FEATURE, "properties": {"name": "Le Fournil", **properties}}
    problem = refused(program.post(body), 400)
    assert member in {error["member"] for error in problem["errors"]}
    assert not Initiative.objects.exists()
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", GEOJSON, 400),
        (b"\xff\xfe", GEOJSON, 400),
        (b"[]", GEOJSON, 400),
        (b'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [NaN, 1]}}', GEOJSON, 400),
        (b'{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1e400, 1]}}', GEOJSON, 400),
        (b"<x/>", "application/xml", 415),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b'{"type": "Feature", "properties": {"name": "' + b"x" * 1_100_000 + b'"}}', GEOJSON, 413),
    ],
)
def test_a_body_that_is_no_feature_is_refused(program, body, content_type, status):
    refused(program.post(body, content_type=content_type), status)
    assert not Initiative.objects.exists()


def test_parameters_mean_nothing_here(program):
    assert refused(program.post(path=f"{DOOR}?publish=1"), 400)["parameter"] == "publish"


# ── Changes ─────────────────────────────────────────────────────────────────────────────────────
def test_what_is_given_is_written_and_the_rest_stays(cast, bakery):
    answer = Program(cast["facilitator"]).patch(bakery, summary="Du pain", tags=["pain"])
    assert answer.status_code == 200, answer.content
    assert answer.json()["properties"]["summary"] == "Du pain"
    bakery.refresh_from_db()
    assert (bakery.name, bakery.tags, bakery.locality) == ("Le Fournil des Deux Rives", ["pain"], "Lyon")
    assert bakery.field_sources == {"summary": "people", "tags": "people"}
    step = StatusChange.objects.first()
    assert (step.verb, step.by) == (Verb.REVISE, cast["facilitator"])


def test_a_feature_that_is_sent_back_as_it_was_shown_gives_nothing_hidden_away(cast, bakery):
    hidden = {ContactKind.EMAIL: ("four@demo.example", Visibility.NOBODY)}
    values = {"precision": "locality", "street": "1 rue du Four", "contacts": hidden}
    actions.revise(bakery, by=None, values=values)
    bakery.refresh_from_db()
    exact = bakery.position.coords
    program = Program(cast["facilitator"])
    shown = program.send("GET", f"{DOOR}{bakery.uuid}/", b"").json()
    assert tuple(shown["geometry"]["coordinates"]) != exact
    properties = {name: shown["properties"][name] for name in PROPERTIES if name != "collective"}
    body = {
        "type": "Feature",
        "geometry": shown["geometry"],
        "properties": properties | {"summary": "Du pain"},
    }
    answer = program.send("PATCH", f"{DOOR}{bakery.uuid}/", body)
    assert answer.status_code == 200, answer.content
    bakery.refresh_from_db()
    assert (bakery.summary, bakery.position.coords, bakery.street) == ("Du pain", exact, "1 rue du Four")
    assert bakery.contacts.get().value == "four@demo.example"


def test_null_empties_a_text(cast, bakery):
    Initiative.objects.filter(pk=bakery.pk).update(summary="Du pain")
    answer = Program(cast["moderator"]).patch(bakery, summary=None, legal_form=None)
    assert answer.json()["properties"]["summary"] is None


def test_a_published_one_stays_complete(cast, bakery):
    body = {"type": "Feature", "geometry": None, "properties": {}}
    answer = Program(cast["moderator"]).send("PATCH", f"{DOOR}{bakery.uuid}/", body)
    assert answer.json()["geometry"] is None
    assert Initiative.objects.get().has_no_position


def test_the_author_goes_on_with_a_draft_until_somebody_decides(program):
    made = program.post({**FEATURE, "properties": {"name": "Le Fournil", "primary_theme": "co-housing"}})
    initiative = Initiative.objects.get(uuid=made.json()["id"])
    assert program.patch(initiative, summary="Du pain").status_code == 200
    assert program.step(initiative, "submit").json()["properties"]["status"] == "pending"
    refused(program.step(initiative, "publish"), 403)
    moderator = Program(MemberFactory(roles=["moderator"]))
    assert moderator.step(initiative, "publish").status_code == 200
    refused(program.patch(initiative, summary="Des gâteaux"), 403)


# ── Steps ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    "verb", ["submit", "publish", "ask_changes", "reject", "archive", "restore", "close", "confirm"]
)
def test_each_step_goes_as_the_workflow_says_or_is_a_conflict(db, status, verb):
    made = InitiativeFactory(name="Le Fournil")
    Initiative.objects.filter(pk=made.pk).update(status=status)
    before = remembered(made)
    answer = Program(MemberFactory(roles=["moderator"])).step(made, verb, reason="Because we looked")
    if (status, Verb(verb)) in TRANSITIONS:
        assert answer.status_code == 200, answer.content
        assert answer.json()["properties"]["status"] == TRANSITIONS[status, Verb(verb)]
        assert StatusChange.objects.first().reason == "Because we looked"
    else:
        refused(answer, 409)
        assert remembered(made) == before


def test_a_refusal_needs_a_reason(cast, bakery):
    Initiative.objects.filter(pk=bakery.pk).update(status=Status.PENDING)
    moderator = Program(cast["moderator"])
    assert refused(moderator.step(bakery, "reject"), 400)["parameter"] == "reason"
    assert refused(moderator.step(bakery, "reject", reason=7), 400)["parameter"] == "reason"
    assert refused(moderator.step(bakery, "reject", why="x"), 400)["parameter"] == "reason"


@pytest.mark.parametrize("verb", ["delete", "create", "import", "revise", "merge", "split", "PUBLISH"])
def test_other_words_are_no_steps(cast, bakery, verb):
    refused(Program(cast["admin"]).step(bakery, verb), 404)
