"""Campaigns of the demo: one in each phase, marked as made up, made by the actions and never twice."""

import io
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from campaigns.enums import NominationState, Phase
from campaigns.models import Campaign, CampaignChange, Juror, LikeLine, Nomination
from campaigns.running import moving
from initiatives.enums import DEMO_TAG, Status
from initiatives.models import Initiative
from tests.campaigns.campaign import replayed, standing
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.xdist_group("demo")
FILES = {
    "tally.csv": "campaign_tally",
    "results.json": "campaign_results",
    "recompute.py": "campaign_recompute",
}
LANGUAGES = {"fr", "en", "es", "de", "it"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An empty folder for pictures, and one with the password."""
    made = tmp_path_factory.mktemp("campaigns")
    (made / "demo-password").write_text("a-password-for-the-demo\n")
    with override_settings(MEDIA_ROOT=made / "media", VAR_DIR=made, DEBUG=True):
        yield made


def loads() -> str:
    """Load the demo and say what was told."""
    told = io.StringIO()
    call_command("load_demo", stdout=told)
    return told.getvalue()


@pytest.fixture(scope="module")
def loaded(folder, django_db_setup, django_db_blocker):
    """The demo as `make run` loads it. Taken away after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield loads()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db) -> dict[str, Campaign]:
    """The campaigns by their phase."""
    return {campaign.phase: campaign for campaign in Campaign.objects.all()}


def test_there_is_one_in_each_phase_that_says_what_it_is(demo, loaded):
    assert "campaigns: 5 added" in loaded
    assert set(demo) == set(Phase) - {Phase.DRAFT}
    assert Campaign.objects.count() == 5
    for campaign in demo.values():
        assert set(campaign.titles) == set(campaign.stories) == set(campaign.rules) == LANGUAGES
        assert all(title.endswith("(demo)") for title in campaign.titles.values())
        assert campaign.group.name.endswith("(demo)")
        assert campaign.group.topics.exists()
        assert all(one.is_demo for one in (row.initiative for row in campaign.nominations.all()))
    assert demo[Phase.CALL].previous == demo[Phase.RESULTS]


def test_its_dates_lie_around_now_as_its_phase_says(demo):
    now = timezone.now()
    assert list(Campaign.objects.due(now)) == []
    assert demo[Phase.CALL].call_from < now < demo[Phase.CALL].selection_from
    assert now + timedelta(days=7) < demo[Phase.LIKES].likes_until
    assert demo[Phase.COUNTING].likes_until <= now < demo[Phase.COUNTING].results_from
    assert demo[Phase.RESULTS].results_from <= now
    for campaign in demo.values():
        made = campaign.nominations.values_list("made_at", flat=True)
        assert all(campaign.call_from < at < min(now, campaign.selection_from) for at in made)
    lines = LikeLine.objects.filter(campaign__in=[demo[Phase.COUNTING], demo[Phase.RESULTS]])
    assert all(line.at < line.campaign.likes_until for line in lines.select_related("campaign"))


def test_likes_are_open_for_twenty_in_ten_themes_and_some_are_given(demo):
    campaign = demo[Phase.LIKES]
    rows = Nomination.objects.filter(campaign=campaign).shown_in(campaign.phase)
    assert (campaign.themes.count(), rows.count()) == (10, 20)
    assert rows.values("theme").distinct().count() == 10
    assert campaign.nominations.filter(state=NominationState.ACCEPTED).count() == 2
    assert standing(campaign) == replayed(campaign) != set()
    assert campaign.frozen_at is not None


def test_one_waits_for_its_people_and_the_jury_is_at_work(demo):
    waiting = demo[Phase.CALL].nominations.get(state=NominationState.PROPOSED)
    assert waiting.by.email == "visitor@demo.example"
    assert Juror.objects.filter(campaign=demo[Phase.SELECTION]).count() == 2
    states = demo[Phase.SELECTION].nominations.values_list("state", flat=True)
    assert set(states) == {NominationState.ACCEPTED, NominationState.SELECTED}
    # Whoever tries the site is not told of what nobody did.
    told = ProcrastinateJob.objects.filter(task_name__in=("tell_of_nomination", "tell_juror"))
    assert told.count() == 4


def test_the_results_have_a_laureate_in_each_theme_and_anyone_can_count_again(demo, client, tmp_path):
    campaign = demo[Phase.RESULTS]
    laureates = campaign.nominations.filter(state=NominationState.LAUREATE)
    assert laureates.count() == campaign.themes.count() == 6
    assert all(row.likes_counted and row.place == 1 for row in laureates)
    assert not LikeLine.objects.filter(campaign=campaign, seal="").exists()
    for name, door in FILES.items():
        (tmp_path / name).write_bytes(client.get(address(door, campaign.slug)).getvalue())
    again = [sys.executable, "-I", "recompute.py", "tally.csv", "results.json"]
    ran = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_second_run_adds_and_touches_nothing_also_of_what_was_moved_on_since(demo):
    Campaign.objects.filter(phase=Phase.CALL).update(selection_from=timezone.now())
    assert moving.move_phases() == 1
    before = list(Campaign.objects.order_by("pk").values())
    assert "campaigns: 0 added" in loads()
    assert list(Campaign.objects.order_by("pk").values()) == before
    assert not CampaignChange.objects.exists()


def test_one_whose_initiative_somebody_took_away_is_made_without_it(demo):
    campaign = demo[Phase.CALL]
    row = campaign.nominations.filter(state=NominationState.ACCEPTED).first()
    titles, known = campaign.titles, campaign.nominations.count()
    Campaign.objects.filter(pk=campaign.pk).update(titles={"fr": "Another (demo)"})
    Initiative.objects.filter(pk=row.initiative_id).update(status=Status.ARCHIVED)
    assert "campaigns: 1 added" in loads()
    assert Campaign.objects.get(titles=titles).nominations.count() == known - 1


def test_pages_of_the_demo_show_it(demo, client):
    body = page(client, "campaigns")
    for campaign in demo.values():
        assert campaign.titles["en"] in body
        assert client.get(address("campaign", campaign.slug)).status_code == 200
    assert DEMO_TAG in body
