"""The clock: when an offer or need ends, when its people are reminded, and what renewing gives."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from initiatives.enums import ExchangeStatus
from initiatives.exchange import actions, letters, links
from initiatives.models import Exchange
from initiatives.tasks import end_exchanges
from tests.factories import MemberFactory
from tests.worker import waiting, work
from vocabulary.exchange import CATEGORIES, Kind

from .offering import EVERY, needed

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def at(time_machine, settings):
    """Go to a moment by the clock of the site."""
    settings.TIME_ZONE = "Europe/Paris"
    timezone.get_default_timezone.cache_clear()

    def go(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=PARIS)
        time_machine.move_to(moment, tick=False)
        return moment

    go("2026-03-02 10:00")
    yield go
    timezone.get_default_timezone.cache_clear()


@pytest.fixture
def member():
    """Who offers."""
    return MemberFactory(language="en")


def publish(by, category="skill", kind=Kind.OFFER, **more) -> Exchange:
    """One with what must be filled in."""
    return actions.publish(by=by, kind=kind, category=category, values=needed(category, kind, **more))


def status(exchange: Exchange) -> str:
    """As it is stored."""
    return Exchange.objects.values_list("status", flat=True).get(pk=exchange.pk)


# ── Its end ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("category", "kind"), EVERY)
def test_without_a_date_it_stands_as_long_as_its_category_says(at, member, category, kind):
    words = CATEGORIES[category]
    values = needed(category, kind)
    if words.expires_with in values:
        pytest.skip("its date must be filled in")
    made = actions.publish(by=member, kind=kind, category=category, values=values)
    day = date(2026, 3, 2) + timedelta(days=words.expiry_days)
    assert made.expires_at == datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=PARIS)


def test_its_own_date_ends_it_of_several_the_last(at, member):
    made = publish(member, "training", dates=[date(2026, 4, 1), date(2026, 5, 7), date(2026, 4, 8)])
    assert made.expires_at == datetime(2026, 5, 7, 23, 59, 59, tzinfo=PARIS)


def test_it_stands_for_a_year_at_most(at, member):
    made = publish(member, "equipment", ends=date(2028, 1, 1))
    assert made.expires_at.astimezone(PARIS).date() == date(2027, 3, 2)


def test_it_is_open_to_the_end_of_the_day_across_a_change_of_the_clocks(at, member):
    made = publish(member, "equipment", ends=date(2026, 3, 29))
    at("2026-03-29 23:59:58")
    assert actions.expire_due() == 0
    at("2026-03-30 00:00:00")
    assert Exchange.objects.shown().exists(), "time alone changes nothing"
    assert actions.expire_due() == 1
    made.refresh_from_db()
    assert (made.status, made.ended_at) == (ExchangeStatus.EXPIRED, timezone.now())
    assert not Exchange.objects.shown().exists()
    assert actions.expire_due() == 0


def test_many_are_ended_in_parts_and_none_twice(at, member, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(5):
        publish(member, title=f"Skill {number}")
    at("2026-12-01 10:00")
    assert actions.expire_due() == 5


def test_a_worker_that_dies_half_way_leaves_the_rest_for_the_next(at, member, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for number in range(5):
        publish(member, title=f"Skill {number}")
    at("2026-12-01 10:00")
    real, calls = actions._expire_some, []

    def dying():
        if calls:
            raise KeyboardInterrupt
        calls.append(1)
        return real()

    with patch.object(actions, "_expire_some", dying), pytest.raises(KeyboardInterrupt):
        actions.expire_due()
    assert Exchange.objects.shown().count() == 3
    assert actions.expire_due() == 3


# ── Reminders ───────────────────────────────────────────────────────────────────────────────────


def test_a_week_before_its_people_are_reminded_once(at, member):
    made = publish(member)
    at("2026-08-22 10:00")
    end_exchanges(0)
    assert not waiting(letters.TASK)
    at("2026-08-23 10:00")
    end_exchanges(0)
    end_exchanges(0)
    assert work(letters.TASK) == [letters.TASK]
    (sent,) = mail.outbox
    assert sent.to == [member.email]
    assert "August 29, 2026" in sent.body or "29 August 2026" in sent.body
    assert links.token_of(made, member) in sent.body
    assert status(made) == "open"


def test_what_its_own_date_ends_is_reminded_without_the_button(at, member):
    made = publish(member, "equipment", ends=date(2026, 3, 20))
    at("2026-03-14 10:00")
    end_exchanges(0)
    work(letters.TASK)
    (sent,) = mail.outbox
    assert links.token_of(made, member) not in sent.body
    assert "new date" in sent.body


def test_of_what_ends_within_days_nobody_is_reminded(at, member):
    publish(member, "equipment", ends=date(2026, 3, 5))
    end_exchanges(0)
    assert not waiting(letters.TASK)


def test_marking_and_telling_go_together_or_not_at_all(at, member):
    made = publish(member)
    at("2026-08-23 10:00")
    with (
        patch.object(letters, "announce_end", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        actions.remind_due()
    made.refresh_from_db()
    assert made.reminded_at is None
    assert actions.remind_due() == 1
    assert waiting(letters.TASK).count() == 1


def test_who_renewed_or_withdrew_meanwhile_is_not_told(at, member):
    first, second = publish(member, title="One"), publish(member, title="Two")
    at("2026-08-23 10:00")
    end_exchanges(0)
    actions.renew(first, by=member)
    actions.withdraw(second, by=member)
    work(letters.TASK)
    assert mail.outbox == []


def test_the_others_are_told_where_the_author_may_no_longer_run_it(at, cast, bakery):
    publish_for = {"kind": Kind.NEED, "category": "skill", "values": needed("skill", Kind.NEED)}
    actions.publish(by=cast["facilitator"], initiative=bakery, **publish_for)
    cast["facilitator"].collective_memberships.all().delete()
    at("2026-08-23 10:00")
    end_exchanges(0)
    work(letters.TASK)
    assert [one.to for one in mail.outbox] == [[cast["steward"].email]]


# ── Renewing ────────────────────────────────────────────────────────────────────────────────────


def test_renewing_gives_the_same_time_from_now_on_and_another_reminder(at, member):
    made = publish(member)
    at("2026-08-23 10:00")
    end_exchanges(0)
    renewed = actions.renew(made, by=member)
    assert renewed.expires_at.astimezone(PARIS).date() == date(2026, 8, 23) + timedelta(days=180)
    assert renewed.reminded_at is None
    assert actions.renew(made, by=member).expires_at == renewed.expires_at


def test_what_has_expired_is_open_again(at, member):
    made = publish(member)
    at("2026-09-10 10:00")
    end_exchanges(0)
    assert status(made) == "expired"
    renewed = actions.renew(made, by=member)
    assert (renewed.is_open, renewed.ended_at) == (True, None)
    assert Exchange.objects.shown().get() == made


def test_what_its_own_date_ended_needs_a_new_one(at, member):
    made = publish(member, "equipment", ends=date(2026, 3, 20))
    at("2026-03-21 10:00")
    end_exchanges(0)
    with pytest.raises(ValidationError, match="new date"):
        actions.renew(made, by=member)
    values = needed("equipment", Kind.OFFER)
    with pytest.raises(ValidationError):
        actions.revise(made, by=member, values={**values, "ends": date(2026, 3, 20)})
    revised = actions.revise(made, by=member, values={**values, "ends": date(2026, 4, 20)})
    assert revised.is_open
    assert revised.expires_at == datetime(2026, 4, 20, 23, 59, 59, tzinfo=PARIS)


def test_a_change_of_words_does_not_make_it_longer(at, member):
    made = publish(member)
    at("2026-05-01 10:00")
    revised = actions.revise(made, by=member, values=needed("skill", Kind.OFFER, title="Else"))
    assert revised.expires_at == made.expires_at


def test_renewing_what_expired_counts_as_one_more_open(at, member, monkeypatch):
    made = publish(member)
    at("2026-09-10 10:00")
    end_exchanges(0)
    monkeypatch.setattr(actions, "MOST_OPEN", 1)
    publish(member, title="Another")
    with pytest.raises(ValidationError, match="1 open"):
        actions.renew(made, by=member)


def test_sessions_that_are_over_may_stay_when_others_come(at, member):
    made = publish(member, "training", dates=[date(2026, 3, 10), date(2026, 5, 7)])
    at("2026-03-12 10:00")
    values = needed("training", Kind.OFFER, dates=[date(2026, 3, 10), date(2026, 6, 1)])
    assert actions.revise(made, by=member, values=values).dates == values["dates"]


def test_utc_is_not_the_clock_of_the_site(at, member):
    at("2026-03-02 00:30")
    made = publish(member)
    assert made.published_at.astimezone(UTC).date() == date(2026, 3, 1)
    assert made.expires_at.astimezone(PARIS).date() == date(2026, 3, 2) + timedelta(days=180)
