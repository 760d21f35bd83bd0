"""Publishing and changing offers and needs: by the fields of each category, once, by its people."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from initiatives.exchange import actions
from initiatives.models import Exchange
from initiatives.models.exchange import COLUMNS
from tests.factories import ExchangeFactory, MemberFactory
from vocabulary.exchange import CATEGORIES, Kind

from .offering import EVERY, all_of, needed, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def publish(by, category="equipment", kind=Kind.OFFER, **more) -> Exchange:
    """One with what must be filled in."""
    return actions.publish(by=by, kind=kind, category=category, values=needed(category, kind, **more))


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_what_must_be_filled_in_is_enough(category, kind):
    made = publish(MemberFactory(), category, kind)
    assert Exchange.objects.shown().get() == made
    assert (made.locality == "") == ("place" not in needed(category, kind))


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_every_value_comes_back_as_it_was_given(category, kind):
    values = all_of(category, kind)
    made = actions.publish(by=MemberFactory(), kind=kind, category=category, values=values)
    made.refresh_from_db()
    place = values.pop("place")
    assert (made.locality, made.country, made.position.coords) == (
        place.name,
        place.country,
        place.position.coords,
    )
    assert {name: made.value(name) for name in values} == values
    assert not COLUMNS & set(made.details)


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_each_field_that_must_be_filled_in_is_asked_for(category, kind):
    with pytest.raises(ValidationError) as refused:
        actions.publish(by=MemberFactory(), kind=kind, category=category, values={})
    required = {field.name for field, is_required in CATEGORIES[category].fields(kind) if is_required}
    assert set(refused.value.message_dict) == required
    assert not Exchange.objects.exists()


@pytest.mark.parametrize(
    ("category", "kind", "name", "value"),
    [
        ("equipment", "offer", "title", "x" * 101),
        ("equipment", "offer", "title", "a\x00b"),
        ("equipment", "offer", "title", " \n "),
        ("equipment", "offer", "text", "x" * 2001),
        ("equipment", "offer", "language", "xx"),
        ("equipment", "offer", "languages", ["klingon"]),
        ("equipment", "offer", "languages", [["fr"]]),
        ("equipment", "offer", "theme", "repair-cafes"),
        ("equipment", "offer", "place", "Lyon"),
        ("equipment", "offer", "quantity", 0),
        ("equipment", "offer", "quantity", 1.5),
        ("equipment", "offer", "quantity", True),
        ("equipment", "offer", "quantity", 10**9),
        ("equipment", "offer", "quantity", "NaN"),
        ("equipment", "offer", "condition", "shiny"),
        ("equipment", "offer", "condition", ["new"]),
        ("equipment", "offer", "price", "25"),
        ("equipment", "offer", "price", {"amount": "-1", "currency": "EUR"}),
        ("equipment", "offer", "price", {"amount": "1.234", "currency": "EUR"}),
        ("equipment", "offer", "price", {"amount": "1", "currency": "XAU"}),
        ("equipment", "offer", "ends", "2026-01-01"),
        ("equipment", "offer", "ends", date(2999, 1, 1)),
        ("equipment", "offer", "ends", date(2020, 1, 1)),
        ("equipment", "offer", "starts", date(2020, 1, 1)),
        ("skill", "offer", "radius_km", 3001),
        ("skill", "need", "radius_km", 10),
        ("funding", "offer", "eligible_area", ["nowhere"]),
        ("funding", "offer", "eligible_area", ["\x00"]),
        ("funding", "offer", "amount_max", {"amount": "1", "currency": "EUR"}),
        ("funding", "offer", "amount_max", {"amount": "90", "currency": "CHF"}),
        ("volunteering", "need", "expenses_paid", "yes"),
        ("training", "offer", "dates", [date(2999, 1, day) for day in range(1, 31)]),
        ("training", "offer", "dates", [date(2020, 1, 1)]),
        ("equipment", "offer", "colour", "red"),
    ],
)
def test_a_value_that_is_wrong_is_refused(category, kind, name, value):
    with pytest.raises(ValidationError) as refused:
        publish(MemberFactory(), category, Kind(kind), **{name: value})
    named = refused.value.message_dict if hasattr(refused.value, "error_dict") else {}
    assert named.keys() == {name} or ("radius_km" in str(refused.value) or "colour" in str(refused.value))


def test_what_ends_before_it_begins_is_refused():
    today = timezone.localdate()
    with pytest.raises(ValidationError, match="ends before"):
        publish(MemberFactory(), starts=today + timedelta(days=5), ends=today + timedelta(days=4))


def test_the_names_of_categories_are_known_ones():
    with pytest.raises(ValidationError):
        actions.publish(by=MemberFactory(), kind="gift", category="equipment", values={})
    with pytest.raises(ValidationError):
        actions.publish(by=MemberFactory(), kind="offer", category="weapons", values={})


def test_nobody_publishes_for_others(cast, bakery):
    for name in ("visitor", "other_facilitator", "moderator"):
        with pytest.raises(PermissionDenied):
            actions.publish(
                by=cast[name],
                kind=Kind.NEED,
                category="equipment",
                values=needed("equipment", Kind.NEED),
                initiative=bakery,
            )
    assert not Exchange.objects.exists()


def test_its_people_publish_for_an_initiative(cast, bakery):
    made = actions.publish(
        by=cast["facilitator"],
        kind=Kind.NEED,
        category="equipment",
        values=needed("equipment", Kind.NEED),
        initiative=bakery,
    )
    assert bakery.exchanges.shown().get() == made


def test_pressed_twice_it_is_one():
    member = MemberFactory()
    assert publish(member) == publish(member)
    assert publish(member, title="Another trailer") != publish(member)


def test_one_member_has_so_many_open_and_not_more(monkeypatch):
    monkeypatch.setattr(actions, "MOST_OPEN", 2)
    member = MemberFactory()
    first = publish(member, title="One")
    publish(member, title="Two")
    with pytest.raises(ValidationError, match="2 open"):
        publish(member, title="Three")
    actions.withdraw(first, by=member)
    assert publish(member, title="Three").is_open


def test_a_change_replaces_what_was_said():
    member = MemberFactory()
    made = publish(member, price={"amount": "3.00", "currency": "EUR"})
    town("Valence")
    actions.revise(
        made, by=member, values=needed("equipment", Kind.OFFER, title="Else", place=town("Valence"))
    )
    made.refresh_from_db()
    assert (made.title, made.locality, made.value("price")) == ("Else", "Valence", None)


@pytest.mark.parametrize("status", ["settled", "withdrawn", "removed"])
def test_what_has_ended_for_good_stays_as_it_is(status):
    member = MemberFactory()
    made = ExchangeFactory(author=member, status=status, ended_at=timezone.now())
    for verb in (
        lambda: actions.revise(made, by=member, values=needed("skill", Kind.OFFER)),
        lambda: actions.renew(made, by=member),
        lambda: actions.withdraw(made, by=member),
    ):
        with pytest.raises(actions.ClosedError):
            verb()


@pytest.mark.parametrize("verb", ["revise", "renew", "withdraw"])
def test_strangers_can_do_nothing_to_it(verb):
    made, stranger = ExchangeFactory(), MemberFactory()
    more = {"values": needed("skill", Kind.OFFER)} if verb == "revise" else {}
    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(made, by=stranger, **more)


def test_pictures_are_kept_and_taken_away(picture):
    member = MemberFactory()
    photo = {"image": picture(), "alt": "A trailer"}
    made = actions.publish(
        by=member,
        kind=Kind.OFFER,
        category="equipment",
        values=needed("equipment", Kind.OFFER),
        photos=[photo],
    )
    kept = made.photos.get()
    values = needed("equipment", Kind.OFFER)
    with pytest.raises(ValidationError, match="At most 3"):
        actions.revise(
            made, by=member, values=values, photos=[{"image": picture(), "alt": "B"} for _ in "123"]
        )
    actions.revise(made, by=member, values=values, without=[kept.pk])
    assert not made.photos.exists()
