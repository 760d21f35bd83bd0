"""Making a campaign, revising it, announcing it, beginning the next edition."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from campaigns.enums import Phase, TieRule
from campaigns.models import Campaign
from campaigns.running import actions
from community.groups.enums import GroupKind
from community.members.enums import Role
from community.models import Group
from tests.factories import MemberFactory
from vocabulary.models import Theme

from .making import campaign_in, dates_from, nominated

pytestmark = pytest.mark.django_db
FIRST = datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def manager():
    """Who runs campaigns."""
    return MemberFactory(roles=[Role.ANIMATOR])


def values(**more) -> dict:
    """What a form would give."""
    themes = [(theme, 1, 3) for theme in Theme.objects.roots()]
    texts = {"titles": {"en": "States General"}, "rules": {"en": "The most liked."}}
    return {**texts, **dates_from(FIRST), "time_zone": "Europe/Paris", "themes": themes, **more}


def told(error) -> dict[str, str]:
    """The first message of each field."""
    return {name: messages[0] for name, messages in error.value.message_dict.items()}


@time_machine.travel("2027-01-01T12:00Z", tick=False)
def test_a_campaign_is_made_with_a_group_that_nobody_sees_before_it_is_announced(manager):
    made = actions.create(by=manager, values=values())
    assert (made.slug, made.phase, made.themes.count()) == ("states-general", Phase.DRAFT, 10)
    assert made.group.kind == GroupKind.PRIVATE
    assert not Group.objects.shown().filter(pk=made.group_id).exists()
    actions.announce(made, by=manager)
    made.refresh_from_db()
    assert (made.phase, made.call_from) == (Phase.CALL, timezone.now())
    assert Group.objects.get(pk=made.group_id).kind == GroupKind.OPEN
    assert actions.announce(made, by=manager).phase == Phase.CALL


@time_machine.travel("2027-01-01T12:00Z", tick=False)
def test_pressing_twice_makes_one_campaign(manager):
    first = actions.create(by=manager, values=values())
    assert actions.create(by=manager, values=values()) == first
    assert actions.create(by=manager, values=values(titles={"en": "Another"})).slug == "another"
    assert Group.objects.count() == 2


@time_machine.travel("2027-01-01T12:00Z", tick=False)
def test_dates_out_of_order_are_refused_by_field(manager):
    wrong = values(selection_from=FIRST, results_from=FIRST)
    with pytest.raises(ValidationError) as error:
        actions.create(by=manager, values=wrong)
    assert set(told(error)) == {"selection_from", "results_from"}
    with pytest.raises(ValidationError) as error:
        actions.create(by=manager, values=values(**dates_from(datetime(2026, 12, 31, tzinfo=UTC))))
    assert told(error) == {"call_from": "Expected a moment that is still to come."}
    assert not Campaign.objects.exists()
    assert not Group.objects.exists()


@time_machine.travel("2027-01-01T12:00Z", tick=False)
def test_one_without_rule_or_themes_is_not_announced(manager):
    made = actions.create(by=manager, values=values(rules={}, themes=[]))
    with pytest.raises(ValidationError) as error:
        actions.announce(made, by=manager)
    assert len(error.value.messages) == 2
    made.refresh_from_db()
    assert made.phase == Phase.DRAFT


def test_a_change_after_the_announcement_needs_a_reason_and_is_kept(manager):
    campaign = campaign_in(Phase.CALL)
    later = campaign.selection_from + timedelta(days=2)
    with pytest.raises(ValidationError) as error:
        actions.revise(campaign, by=manager, values={"selection_from": later})
    assert set(told(error)) == {"reason"}
    actions.revise(
        campaign, by=manager, values={"selection_from": later, "likes_each": 3}, reason="Holidays."
    )
    rows = campaign.changes.order_by("field")
    assert [(row.field, row.was, row.became, row.reason, row.by) for row in rows] == [
        ("likes_each", "", "3", "Holidays.", manager),
        (
            "selection_from",
            campaign.selection_from.isoformat(),
            later.isoformat(),
            "Holidays.",
            manager,
        ),
    ]
    actions.revise(campaign, by=manager, values={"titles": {"en": "Other words"}})
    assert campaign.changes.count() == 2


def test_a_date_that_has_come_stays(manager):
    campaign = campaign_in(Phase.SELECTION)
    later = campaign.call_from + timedelta(days=1)
    with pytest.raises(ValidationError) as error:
        actions.revise(campaign, by=manager, values={"call_from": later}, reason="So.")
    assert told(error) == {"call_from": "This date has come: it stays."}
    with pytest.raises(ValidationError) as error:
        actions.revise(
            campaign, by=manager, values={"likes_from": timezone.now() - timedelta(hours=1)}, reason="So."
        )
    assert told(error) == {"likes_from": "Expected a moment that is still to come."}


FROZEN = {
    "rules": {"en": "Another rule."},
    "likes_each": 5,
    "likes_each_theme": 5,
    "laureates_each": 2,
    "tie_rule": TieRule.LOT,
    "totals": "open",
    "by_code": True,
    "selected_about": 30,
    "time_zone": "Europe/Berlin",
    "themes": [],
}


@pytest.mark.parametrize("name", FROZEN)
def test_the_first_like_freezes_the_rule(manager, name):
    campaign = campaign_in(Phase.LIKES, frozen_at=timezone.now())
    with pytest.raises(ValidationError) as error:
        actions.revise(campaign, by=manager, values={name: FROZEN[name]}, reason="Please.")
    assert told(error) == {name: "The first like has frozen this."}
    assert not campaign.changes.exists()
    Campaign.objects.update(frozen_at=None)
    actions.revise(campaign, by=manager, values={name: FROZEN[name]}, reason="Please.")
    assert campaign.changes.get().field == name


def test_after_the_first_like_dates_are_only_put_off(manager):
    campaign = campaign_in(Phase.LIKES, frozen_at=timezone.now())
    earlier, later = (campaign.likes_until + timedelta(days=days) for days in (-1, 1))
    with pytest.raises(ValidationError) as error:
        actions.revise(campaign, by=manager, values={"likes_until": earlier}, reason="So.")
    assert "put off" in told(error)["likes_until"]
    actions.revise(campaign, by=manager, values={"likes_until": later}, reason="A strike.")
    campaign.refresh_from_db()
    assert campaign.likes_until == later


@pytest.mark.parametrize("phase", [Phase.COUNTING, Phase.RESULTS])
def test_nothing_of_the_rule_changes_once_likes_are_closed(manager, phase):
    campaign = campaign_in(phase)
    with pytest.raises(ValidationError):
        actions.revise(campaign, by=manager, values={"laureates_each": 2}, reason="So.")


def test_a_theme_with_nominations_stays(manager, bakery):
    campaign = campaign_in(Phase.CALL)
    nominated(campaign, bakery)
    with pytest.raises(ValidationError) as error:
        actions.revise(campaign, by=manager, values={"themes": []}, reason="So.")
    assert told(error) == {"themes": "A theme with nominations stays."}
    assert campaign.themes.count() == 10


@time_machine.travel("2028-03-01T12:00Z", tick=False)
def test_the_next_edition_takes_all_but_the_dates(manager):
    zone = ZoneInfo("Europe/Paris")
    leap = {
        **dates_from(datetime(2028, 2, 29, 9, tzinfo=zone)),
        "results_from": datetime(2028, 7, 1, 18, tzinfo=zone),
    }
    old = campaign_in(Phase.RESULTS, **leap, likes_each=4, floor=2)
    made = actions.begin_from(old, by=manager)
    assert (made.previous, made.phase, made.likes_each, made.titles) == (old, Phase.DRAFT, 4, old.titles)
    assert made.slug == "states-general-2027"
    assert made.group != old.group
    assert set(made.themes.values_list("floor", flat=True)) == {2}
    local = [
        getattr(made, name).astimezone(zone).replace(tzinfo=None) for name in ("call_from", "results_from")
    ]
    # By the clocks there, in summer too.
    assert local == [datetime(2029, 2, 28, 9), datetime(2029, 7, 1, 18)]
    assert actions.begin_from(old, by=manager) == made


@time_machine.travel("2027-01-01T12:00Z", tick=False)
def test_a_copy_of_an_old_edition_begins_in_a_year_still_to_come(manager):
    old = campaign_in(Phase.RESULTS, **dates_from(datetime(2019, 5, 1, tzinfo=UTC)))
    assert actions.begin_from(old, by=manager).call_from.year == 2027
