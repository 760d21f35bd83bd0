"""`?as_of=`: the Feature of a former moment, and nothing of what was hidden or taken away since."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.history.reading import versions
from initiatives.merging import actions as merging
from initiatives.models import Initiative
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory
from tests.initiatives.asking import counted
from tests.initiatives.merging import dressed, twin
from tests.initiatives.test_features import PROPERTIES
from vocabulary.models import Theme

HOME = Point(4.812345, 45.712345, srid=4326)
# What a history is not kept of.
NOT_KEPT = ("territories", "sources")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of a test go with it."""
    settings.MEDIA_ROOT = tmp_path


def asked(client, one: Initiative, moment: datetime | str):
    """The answer for a moment."""
    text = moment if isinstance(moment, str) else moment.isoformat()
    return client.get(f"/api/initiatives/{one.uuid}/?{urlencode({'as_of': text})}")


def of_then(client, one: Initiative, moment: datetime) -> dict:
    """The properties at a moment, and the geometry."""
    answer = asked(client, one, moment)
    assert answer.status_code == 200, answer.content
    feature = answer.json()
    return feature["properties"] | {"geometry": feature["geometry"]}


def now() -> datetime:
    """This moment, between two changes."""
    return timezone.now()


def test_the_feature_of_now_is_the_one_of_today_but_for_what_has_no_history(client, cast, bakery):
    parent = InitiativeFactory(name="The House", published=True)
    dressed(bakery)
    values = {
        "description": "Du *pain*.",
        "description_language": "fr",
        "themes": list(Theme.objects.filter(slug__in=["repair-cafes", "food-agriculture"])),
        "contacts": {ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)},
        "networks": [NetworkFactory(), NetworkFactory()],
        "parent": parent,
        "tags": ["pain"],
        "languages": ["fr", "de"],
        "street": "12 rue du Four",
        "precision": "street",
        "position": HOME,
        "founded": 2012,
    }
    actions.revise(bakery, by=None, values=values)
    actions.confirm(bakery, by=None)
    today = client.get(f"/api/initiatives/{bakery.uuid}/").json()
    answer = asked(client, bakery, now())
    assert answer["Content-Type"] == "application/geo+json"
    then = answer.json()
    assert list(then["properties"]) == PROPERTIES
    assert [then["properties"].pop(name) for name in NOT_KEPT] == [[], []]
    for name in NOT_KEPT:
        today["properties"].pop(name)
    assert then == today
    assert then["properties"]["photos"][0]["alt"] == "Oven"


def test_each_version_answers_for_its_time(client, cast, bakery):
    before = now()
    actions.revise(bakery, by=None, values={"summary": "One", "networks": []})
    one = now()
    german = {"language": "de", "name": "Der Ofen", "summary": "", "description": ""}
    actions.revise(bakery, by=None, values={"summary": "Two", "name": "Le Four", "translations": [german]})
    two = now()
    actions.revise(bakery, by=None, values={"summary": "", "translations": []})
    told = [of_then(client, bakery, moment) for moment in (before, one, two, now())]
    assert [then["summary"] for then in told] == [None, "One", "Two", None]
    assert [then["name"] for then in told] == ["Le Fournil des Deux Rives"] * 2 + ["Le Four"] * 2
    assert [len(then["networks"]) for then in told] == [1, 0, 0, 0]
    assert told[2]["translations"] == {"de": {"name": "Der Ofen", "summary": None, "description": None}}
    assert told[1]["url"].endswith(f"/initiatives/{told[1]['slug']}/")
    assert told[1]["slug"] != told[2]["slug"]


def test_before_it_was_published_and_while_it_was_archived_it_is_not_there(client, rhone):
    long_ago = now()
    one = InitiativeFactory(name="Le Four")
    draft = now()
    actions.publish(one, by=None)
    shown = now()
    actions.archive(one, by=None)
    archived = now()
    actions.revise(one, by=None, values={"summary": "Written in the dark"})
    dark = now()
    actions.restore(one, by=None)
    answers = [asked(client, one, moment) for moment in (long_ago, draft, shown, archived, dark, now())]
    assert [answer.status_code for answer in answers] == [404, 404, 200, 404, 404, 200]
    assert answers[0]["Content-Type"] == "application/problem+json"
    assert "Written in the dark" not in answers[2].content.decode()


def test_what_is_not_public_today_has_no_public_history(client, bakery):
    shown = now()
    actions.archive(bakery, by=None)
    assert asked(client, bakery, shown).status_code == 404
    assert client.get(f"/api/initiatives/{InitiativeFactory().uuid}/?as_of=2020-01-01").status_code == 404


def test_a_place_is_told_no_more_finely_than_any_precision_since(client, bakery):
    there = {"position": HOME, "street": "7 rue Cachée", "postcode": "69001", "locality": "Lyon"}
    actions.revise(bakery, by=None, values=there | {"precision": "region"})
    coarse = now()
    actions.revise(bakery, by=None, values={"precision": "street"})
    street = now()
    actions.revise(bakery, by=None, values={"precision": "exact"})
    exact = now()
    told = [of_then(client, bakery, moment) for moment in (coarse, street, exact)]
    assert [then["position_precision"] for then in told] == ["region", "street", "exact"]
    assert [then["address"]["street"] for then in told] == [None, "rue Cachée", "7 rue Cachée"]
    assert told[2]["geometry"]["coordinates"] == [4.812345, 45.712345]
    assert told[2]["territory"] == "FR-69"
    actions.revise(bakery, by=None, values={"precision": "locality"})
    actions.revise(bakery, by=None, values={"precision": "exact", "position": Point(4.9, 45.8, srid=4326)})
    told = [of_then(client, bakery, moment) for moment in (coarse, street, exact, now())]
    assert [then["position_precision"] for then in told] == ["region", "locality", "locality", "exact"]
    assert told[1]["geometry"] == told[2]["geometry"] != told[0]["geometry"]
    assert [then["address"]["street"] for then in told[:3]] == [None] * 3
    assert [then["territory"] for then in told[1:3]] == [None, None]
    for leak in ("4.812345", "45.712345", "Cachée"):
        assert leak not in str(told[:3]), leak


def test_a_place_that_was_taken_away_is_not_told_either(client, bakery):
    there = now()
    actions.revise(bakery, by=None, values={"position": None, "has_no_position": True})
    actions.revise(bakery, by=None, values={"position": HOME, "has_no_position": False})
    then = of_then(client, bakery, there)
    assert (then["geometry"], then["territory"]) == (None, None)
    assert of_then(client, bakery, now())["geometry"]["coordinates"] == [4.812345, 45.712345]


def test_contacts_and_photos_are_told_while_they_are_shown_today(client, bakery):
    dressed(bakery)
    mail, phone = "once@demo.example", "+33199001234"
    everyone = {
        ContactKind.EMAIL: (mail, Visibility.EVERYONE),
        ContactKind.PHONE: (phone, Visibility.EVERYONE),
    }
    actions.revise(bakery, by=None, values={"contacts": everyone | {"phone": (phone, Visibility.NOBODY)}})
    hidden = now()
    actions.revise(bakery, by=None, values={"contacts": everyone})
    both = now()
    told = of_then(client, bakery, both)
    assert (told["contact"], len(told["photos"])) == ({"email": mail, "phone": phone}, 1)
    assert of_then(client, bakery, hidden)["contact"] == {"email": mail}
    members = {"email": (mail, Visibility.MEMBERS), "phone": (phone, Visibility.EVERYONE)}
    actions.revise(bakery, by=None, values={"contacts": members, "photos": []})
    told = of_then(client, bakery, both)
    assert (told["contact"], told["photos"]) == ({"phone": phone}, [])
    actions.revise(bakery, by=None, values={"contacts": {}})
    assert of_then(client, bakery, both)["contact"] == {}


def test_a_collective_and_a_parent_that_are_hidden_today_are_not_named(client, bakery):
    parent = InitiativeFactory(published=True)
    actions.revise(bakery, by=None, values={"parent": parent, "collective": CollectiveFactory(slug="tables")})
    shown = now()
    told = of_then(client, bakery, shown)
    assert (told["parent"], told["collective"]) == (str(parent.uuid), "tables")
    actions.archive(parent, by=None)
    bakery.refresh_from_db()
    bakery.collective.status = "draft"
    bakery.collective.save()
    told = of_then(client, bakery, shown)
    assert (told["parent"], told["collective"]) == (None, None)


# ── Merged ──────────────────────────────────────────────────────────────────────────────────────
def test_what_was_merged_answers_for_the_time_before_and_leads_on_after_it(client, cast, bakery):
    other = twin(position=HOME)
    before = now()
    merging.merge(other, into=bakery, by=None)
    after = now()
    then = of_then(client, other, before)
    assert (then["name"], then["slug"], then["status"]) == ("Fournil 2 Rives", other.slug, "published")
    leading = asked(client, other, after)
    assert leading.status_code == 301
    followed = client.get(leading["Location"])
    assert followed.status_code == 200
    assert followed.json()["id"] == str(bakery.uuid)


def test_the_one_that_it_lives_on_in_decides_how_finely_its_place_is_told(client, cast, bakery):
    other = twin(position=HOME, street="7 rue Cachée")
    before = now()
    merging.merge(other, into=bakery, by=None)
    actions.revise(bakery, by=None, values={"precision": "region", "contacts": {}, "photos": []})
    then = of_then(client, other, before)
    assert (then["position_precision"], then["address"]["street"]) == ("region", None)
    assert (then["contact"], then["photos"]) == ({}, [])
    assert "4.812345" not in str(then)
    actions.archive(bakery, by=None)
    assert asked(client, other, before).status_code == 410


# ── What is asked ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "query",
    [
        "as_of=",
        "as_of=yesterday",
        "as_of=2026-02-30",
        "as_of=2026-13-01T00:00:00Z",
        "as_of=9999-12-31",
        "as_of=2999-01-01T00:00:00Z",
        "as_of=2026-01-01&as_of=2026-01-02",
        "as_of=1e9",
        "as_of=%27%20OR%201=1",
    ],
)
def test_a_moment_that_is_none_or_to_come_is_refused(client, bakery, query):
    answer = client.get(f"/api/initiatives/{bakery.uuid}/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == "as_of"


def test_other_parameters_are_refused_and_marks_of_other_sites_dropped(client, bakery):
    address = f"/api/initiatives/{bakery.uuid}/"
    assert client.get(f"{address}?theme=x").json()["parameter"] == "theme"
    assert client.get(f"{address}?utm_source=x").status_code == 200


def test_a_day_means_its_end_and_today_means_now(client, bakery):
    created = versions(bakery)[0].at
    Initiative.objects.filter(pk=bakery.pk).update(created_at=created)
    today = now().astimezone(UTC).date()
    yesterday = today - timedelta(days=1)
    assert asked(client, bakery, today.isoformat()).status_code == 200
    assert asked(client, bakery, yesterday.isoformat()).status_code == 404
    bakery.status_changes.update(at=datetime(2026, 3, 1, 20, tzinfo=UTC))
    assert asked(client, bakery, "2026-03-01").status_code == 200
    assert asked(client, bakery, "2026-02-28").status_code == 404
    assert asked(client, bakery, "2026-03-01T19:59:59Z").status_code == 404
    assert asked(client, bakery, "2026-03-01T21:30:00+01:00").status_code == 200


def test_it_takes_a_fixed_number_of_statements(client, cast, bakery):
    moment = now()

    def statements() -> int:
        with counted() as sent:
            of_then(client, bakery, moment)
        return len(sent)

    few = statements()
    for number in range(6):
        actions.revise(bakery, by=None, values={"summary": f"Line {number}"})
    assert statements() == few <= 30
