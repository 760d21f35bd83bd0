"""Every page of a merged initiative leads to that of the one it lives on in, as long as the merge stands."""

import pytest

from initiatives import actions
from initiatives.merging import actions as merging
from initiatives.models import Report
from tests.initiatives.merging import twin
from tests.initiatives.pages import address


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of a test go with it."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def other(bakery):
    """A second entry for the bakery."""
    return twin()


@pytest.mark.parametrize("route", ["initiative_card", "initiative_history", "suggest_change", "report"])
def test_its_other_pages_lead_to_those_of_the_one_it_lives_on_in(client, cast, bakery, other, route):
    merge = merging.merge(other, into=bakery, by=None)
    answer = client.get(address(route, other.slug))
    assert (answer.status_code, answer.url) == (301, address(route, bakery.slug))
    assert answer["Cache-Control"] == "max-age=3600" or "no-cache" in answer["Cache-Control"]
    actions.close(bakery, by=None)
    assert client.get(address(route, other.slug)).status_code == 404
    assert client.get(address(route, "nothing")).status_code == 404
    actions.restore(bakery, by=None)
    merging.split(merge, by=None)
    assert client.get(address(route, other.slug)).status_code == 200


def test_two_versions_lead_to_the_history_and_reviewers_read_its_own(client, cast, bakery, other):
    merging.merge(other, into=bakery, by=None)
    compared = address("initiative_versions_compared", other.slug, 1, 2)
    assert client.get(compared).url == address("initiative_history", bakery.slug)
    client.force_login(cast["moderator"])
    assert client.get(address("initiative_history", other.slug)).status_code == 200


def test_what_was_being_written_is_kept_or_asked_for_again(client, cast, bakery, other):
    merging.merge(other, into=bakery, by=None)
    answer = client.post(address("report", other.slug), {"kind": "wrong", "message": "Closed on Mondays"})
    assert (answer.status_code, answer.url) == (302, address("initiative", bakery.slug))
    assert Report.objects.get().initiative == bakery
    answer = client.post(address("suggest_change", other.slug), {"name": "x"})
    assert (answer.status_code, answer.url) == (302, address("suggest_change", bakery.slug))
