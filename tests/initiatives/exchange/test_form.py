"""The form, made from the vocabulary: every category, the town, several dates, pictures; without a script."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from initiatives.exchange import actions
from initiatives.models import Exchange
from tests.factories import CollectiveFactory, ExchangeFactory, InitiativeFactory, MemberFactory, PlaceFactory
from vocabulary.exchange import CATEGORIES, Kind

from .offering import EVERY, all_of, needed, posted, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    """Somebody who is signed in."""
    member = MemberFactory(language="en")
    client.force_login(member)
    return member


def address(category: str, kind: str, **more: str) -> str:
    """Of the form."""
    query = "&".join(
        f"{name}={value}" for name, value in {"category": category, "kind": kind, **more}.items()
    )
    return f"/en/exchange/publish/?{query}"


def send(client, category="equipment", kind=Kind.OFFER, at: str = "", **more):
    """The form with what must be filled in, and other values as they are sent."""
    sent = posted(needed(category, kind), category, kind) | more
    return client.post(
        at or address(category, kind), {name: value for name, value in sent.items() if value != ""}
    )


def test_first_it_is_asked_what_it_is_about(client, member):
    page = client.get("/en/exchange/publish/").content.decode()
    for category in CATEGORIES.values():
        for kind in Kind:
            assert category.headings[kind]["en"].replace("'", "&#x27;") in page
            assert f"kind={kind}&amp;category={category.slug}" in page
    only = client.get("/en/exchange/publish/?kind=need").content.decode()
    assert "kind=need&amp;category=job" in only
    assert "kind=offer&amp;category=job" not in only


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_the_form_asks_for_each_field_of_its_category_and_no_other(client, member, category, kind):
    form = client.get(address(category, kind)).context["form"]
    shown = [row.field.name for _heading, rows in form.parts() for row in rows]
    asked = {field.name: is_required for field, is_required in CATEGORIES[category].fields(kind)}
    assert sorted(shown) == sorted(asked)
    assert {name for name in shown if form.fields[name].required} == {
        name for name, is_required in asked.items() if is_required
    }


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_what_must_be_filled_in_is_enough_to_publish(client, member, category, kind):
    answer = send(client, category, kind)
    made = Exchange.objects.get()
    assert answer.headers["Location"] == f"/en/exchange/{made.pk}/"
    assert (made.author, made.category, made.kind) == (member, category, kind)


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_the_form_gives_back_what_it_was_given(client, member, category, kind):
    values = all_of(category, kind)
    made = actions.publish(by=member, kind=kind, category=category, values=values)
    page = client.get(f"/en/exchange/{made.pk}/edit/")
    assert page.status_code == 200
    answer = client.post(f"/en/exchange/{made.pk}/edit/", posted(values, category, kind))
    assert answer.status_code == 302, answer.context["form"].errors
    again = Exchange.objects.get()
    for name in (*values, "details", "locality", "position"):
        assert again.value(name) == made.value(name)


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_an_empty_form_says_beside_each_field_what_is_missing(client, member, category, kind):
    answer = client.post(address(category, kind), {})
    assert answer.status_code == 400
    required = {field.name for field, is_required in CATEGORIES[category].fields(kind) if is_required}
    assert set(answer.context["form"].errors) == required
    page = answer.content.decode()
    assert all(f'id="id_{name}_error"' in page for name in required)
    assert not Exchange.objects.exists()


# ── The town ────────────────────────────────────────────────────────────────────────────────────


def test_of_several_towns_of_a_name_one_is_chosen(client, member):
    first = PlaceFactory(name="Valence", admin1="Auvergne-Rhône-Alpes", population=60_000)
    PlaceFactory(name="Valence", admin1="Occitanie", population=5_000)
    asked = send(client, place="valence")
    assert asked.status_code == 400
    assert set(asked.context["form"].errors) == {"town"}
    assert "Auvergne-Rhône-Alpes" in asked.content.decode()
    assert send(client, place="valence", town=first.pk).status_code == 302
    assert Exchange.objects.get().position == first.position


@pytest.mark.parametrize("name", ["Nowhere at all", "\x00", "|", "%"])
def test_a_town_that_nobody_knows_is_told_beside_the_field(client, member, name):
    answer = send(client, place=name)
    assert answer.status_code == 400
    assert "place" in answer.context["form"].errors


def test_a_town_of_another_name_is_no_choice(client, member):
    PlaceFactory(name="Valence", admin1="A")
    PlaceFactory(name="Valence", admin1="B")
    other = town("Lyon")
    assert send(client, place="Valence", town=other.pk).status_code == 400
    assert not Exchange.objects.exists()


def test_near_an_initiative_the_town_of_its_public_position_is_proposed(client, cast):
    town("Lyon")
    PlaceFactory(name="Villeurbanne", position=Point(4.88, 45.77, srid=4326))
    initiative = InitiativeFactory(
        position=Point(4.8801, 45.7701, srid=4326),
        precision="region",
        collective=cast["facilitator"].collective_memberships.get().collective,
        published=True,
    )
    client.force_login(cast["facilitator"])
    form = client.get(address("space", "need", initiative=initiative.slug)).context["form"]
    near = min(
        ("Lyon", Point(4.8357, 45.764)),
        ("Villeurbanne", Point(4.88, 45.77)),
        key=lambda pair: pair[1].distance(initiative.public_position),
    )
    assert form.initial["place"] == near[0]
    assert form.initial["theme"] == initiative.primary_theme_id


def test_what_has_no_place_may_do_without_one(client, member):
    sent = posted(needed("funding", Kind.OFFER), "funding", Kind.OFFER)
    assert "place" not in sent
    assert client.post(address("funding", "offer"), sent).status_code == 302
    made = Exchange.objects.get()
    assert (made.position, made.value("eligible_area")) == (None, ["EU"])


# ── Dates, pictures, numbers ────────────────────────────────────────────────────────────────────


def test_another_date_is_asked_for_without_losing_what_was_typed(client, member):
    later = timezone.localdate() + timedelta(days=9)
    sent = {"more": "dates", "title": "Bees", "dates": [str(later)] * 3}
    answer = client.post(address("training", "offer"), sent)
    page = answer.content.decode()
    assert (answer.status_code, answer.context["form"].errors) == (200, {})
    assert page.count('name="dates"') == 4
    assert 'value="Bees"' in page
    assert f'value="{later}"' in page
    assert not Exchange.objects.exists()


def test_a_comma_is_a_point_and_thousands_may_be_parted(client, member):
    assert send(client, quantity="1 200", price="1 234,5", price_currency="CHF").status_code == 302
    made = Exchange.objects.get()
    assert made.value("quantity") == 1200
    assert made.value("price") == {"amount": "1234.50", "currency": "CHF"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quantity", "1e999999"),
        ("quantity", "-3"),
        ("quantity", "NaN"),
        ("quantity", "many"),
        ("price", "1e-999999"),
        ("theme", "999999999999999999999"),
        ("theme", "\x00"),
        ("title", "a\x00b"),
        ("title", "x" * 101),
        ("condition", "\x00"),
        ("language", "xx"),
        ("languages", ["xx"]),
        ("starts", "2026-99-99"),
        ("ends", "2001-01-01"),
    ],
)
def test_a_value_that_is_wrong_is_told_beside_its_field(client, member, name, value):
    answer = send(client, **{name: value})
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {name}


def test_pictures_need_words_and_are_shown(client, member, picture):
    without = send(client, photo_1=picture())
    assert set(without.context["form"].errors) == {"photo_1_alt"}
    answer = send(client, photo_1=picture(), photo_1_alt="A red trailer")
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'alt="A red trailer"' in page
    made = Exchange.objects.get()
    photo = made.photos.get()
    sent = posted(needed("equipment", Kind.OFFER), "equipment", Kind.OFFER)
    client.post(f"/en/exchange/{made.pk}/edit/", {**sent, "without": [photo.pk]})
    assert not made.photos.exists()


def test_a_picture_of_another_one_cannot_be_taken_away(client, member, picture):
    other = ExchangeFactory()
    photo = other.photos.create(image=picture(), alt="Theirs", width=4, height=3)
    send(client)
    mine = Exchange.objects.get(author=member)
    sent = posted(needed("equipment", Kind.OFFER), "equipment", Kind.OFFER)
    client.post(f"/en/exchange/{mine.pk}/edit/", {**sent, "without": [photo.pk]})
    assert other.photos.exists()


# ── For whom, and how often ─────────────────────────────────────────────────────────────────────


def test_only_its_people_see_the_form_of_an_initiative(client, cast, bakery):
    where = address("space", "need", initiative=bakery.slug)
    for name, status in {
        "visitor": 403,
        "other_facilitator": 403,
        "facilitator": 200,
        "steward": 200,
    }.items():
        client.force_login(cast[name])
        assert client.get(where).status_code == status
        sent = send(client, "space", Kind.NEED, where, title=name)
        assert sent.status_code == (302 if status == 200 else 403)
    assert bakery.exchanges.count() == 2


def test_a_facilitator_publishes_for_a_collective(client, cast):
    collective = cast["facilitator"].collective_memberships.get().collective
    client.force_login(cast["facilitator"])
    page = client.get("/en/exchange/publish/").content.decode()
    assert f"?collective={collective.slug}" in page
    send(client, "space", Kind.NEED, address("space", "need", collective=collective.slug))
    assert collective.exchanges.count() == 1


@pytest.mark.parametrize("holder", ["initiative=nothing", "collective=nothing"])
def test_for_what_is_not_there_nothing_is_published(client, member, holder):
    assert client.get(f"/en/exchange/publish/?{holder}").status_code == 404


def test_for_a_draft_nothing_is_published(client, member):
    draft, hidden = InitiativeFactory(), CollectiveFactory(status="draft")
    assert client.get(f"/en/exchange/publish/?initiative={draft.slug}").status_code == 404
    assert client.get(f"/en/exchange/publish/?collective={hidden.slug}").status_code == 404


def test_words_that_a_page_led_here_with_stand_in_the_form(client, member):
    page = client.get(address("space", "need", title="A+room", text="Forty+seats"))
    assert (page.context["form"].initial["title"], page.context["form"].initial["text"]) == (
        "A room",
        "Forty seats",
    )


def test_who_publishes_too_often_is_asked_to_wait(client, member, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "publish_exchange": "1/d/user"}
    assert send(client).status_code == 302
    assert send(client, title="Another").status_code == 429


def test_too_many_open_ones_are_told_above_the_form(client, member, monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    send(client)
    answer = send(client, title="Another")
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["__all__"])
