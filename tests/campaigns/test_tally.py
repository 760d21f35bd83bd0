"""The files of a count: anyone recomputes the results by them, and a changed row does not pass."""

import csv
import io
import json
import random
import subprocess
import sys

import pytest

from campaigns.enums import TieRule
from campaigns.fairness import actions as deciding
from campaigns.fairness import flags
from campaigns.fairness.tally import COLUMNS, SCRIPT
from campaigns.likes import actions
from campaigns.models import Campaign, LikeFlag, LikeLine, Nomination
from campaigns.results.actions import publish_results
from community.members.enums import Role
from tests.factories import MemberFactory
from tests.initiatives.pages import address

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db
DOORS = ("campaign_tally", "campaign_results", "campaign_recompute")


def run(campaign: Campaign) -> Campaign:
    """Likes given, taken back and declared void, then counted."""
    chance, rows = random.Random(7), list(campaign.nominations.all())
    people = [
        voter(email=f"v{number}@{'yopmail.com' if number < 2 else 'demo.example'}") for number in range(8)
    ]
    for _act in range(60):
        chance.choice([actions.like, actions.like, actions.unlike])(
            chance.choice(rows), by=chance.choice(people)
        )
    flags.raise_in(campaign)
    for _word in range(2):
        boss = MemberFactory(roles=[Role.ANIMATOR])
        deciding.decide(
            LikeFlag.objects.get(), by=boss, says="voided", reason='Made, "so to say", by one: à vérifier'
        )
    Campaign.objects.filter(pk=campaign.pk).update(phase="counting")
    campaign.refresh_from_db()
    return publish_results(campaign, by=None)


@pytest.fixture
def files(client, tmp_path):
    """Downloads all three files, and runs the script on them."""

    def download(campaign: Campaign):
        for name, door in zip(("tally.csv", "results.json", "recompute.py"), DOORS, strict=True):
            answer = client.get(address(door, campaign.slug))
            assert answer.status_code == 200
            (tmp_path / name).write_bytes(answer.getvalue())
        return tmp_path

    return download


def recompute(folder) -> subprocess.CompletedProcess:
    words = [sys.executable, "-I", "recompute.py", "tally.csv", "results.json"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("rule", TieRule.values)
@pytest.mark.parametrize("each", [1, 2])
def test_the_script_finds_the_published_results(files, rule, each):
    campaign = run(campaign_of(4, 3, tie_rule=rule, laureates_each=each))
    said = recompute(files(campaign))
    assert (said.returncode, said.stderr) == (0, "")
    laureates = Nomination.objects.filter(state="laureate")
    assert laureates
    assert len(said.stdout.splitlines()) == len(laureates)
    assert all(f"{one.initiative.name} ({one.likes_counted})" in said.stdout for one in laureates)


def test_a_changed_row_does_not_pass(files):
    folder = files(run(campaign_of(3, 2)))
    text = (folder / "tally.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["act"] for row in rows} == {"like", "unlike", "void"}
    other = {
        "number": "99",
        "voter": "00000000-0000-4000-8000-000000000000",
        "nomination": next(row["nomination"] for row in rows if row["nomination"] != rows[5]["nomination"]),
        "theme": next(row["theme"] for row in rows if row["theme"] != rows[5]["theme"]),
        "act": "unlike" if rows[5]["act"] == "like" else "like",
        "reason": "x",
        "at": rows[0]["at"],
        "seal": "0" * 64,
    }
    assert set(other) == set(COLUMNS)
    for column, value in other.items():
        changed = [dict(row) for row in rows]
        changed[5][column] = value
        _write(folder, changed)
        said = recompute(folder)
        assert said.returncode == 1, column
        assert "Line 6 was changed." in said.stderr


@pytest.mark.parametrize(
    "cut", [lambda rows: rows[:-1], lambda rows: rows[1:], lambda rows: rows[:3] + rows[4:], lambda rows: []]
)
def test_a_missing_row_does_not_pass(files, cut):
    folder = files(run(campaign_of(3, 2)))
    rows = list(csv.DictReader(io.StringIO((folder / "tally.csv").read_text(encoding="utf-8"))))
    _write(folder, cut(rows))
    assert recompute(folder).returncode == 1


@pytest.mark.parametrize(("member", "value"), [("likes", 99), ("place", 9), ("laureate", None)])
def test_another_result_does_not_pass(files, member, value):
    folder = files(run(campaign_of(3, 2)))
    told = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    one = told["nominations"][0]
    one[member] = not one[member] if value is None else value
    (folder / "results.json").write_text(json.dumps(told), encoding="utf-8")
    said = recompute(folder)
    assert said.returncode == 1
    assert "the published result is another one" in said.stderr


def _write(folder, rows):
    with (folder / "tally.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def test_the_script_is_short():
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 30


@pytest.mark.parametrize("door", DOORS[:2])
@pytest.mark.parametrize("phase", ["call", "selection", "likes", "counting"])
@pytest.mark.parametrize("totals", ["sealed", "open"])
def test_before_the_results_there_are_no_files(client, door, phase, totals):
    campaign = campaign_of(1, totals=totals)
    actions.like(campaign.nominations.get(), by=voter())
    Campaign.objects.update(phase=phase)
    answer = client.get(address(door, campaign.slug))
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "This file comes with the results of the campaign."


@pytest.mark.parametrize("door", DOORS)
def test_a_campaign_that_nobody_knows_has_no_files(client, door):
    campaign = campaign_of(1, phase="draft")
    for slug in (campaign.slug, "none"):
        assert client.get(address(door, slug)).status_code == 404


def test_the_tally_names_nobody(client):
    campaign = run(campaign_of(2))
    text = client.get(address("campaign_tally", campaign.slug)).getvalue().decode()
    assert "@" not in text
    assert text.count("\n") == LikeLine.objects.count() + 1


def test_a_large_tally_takes_few_questions(client, django_assert_max_num_queries):
    campaign = run(campaign_of(2))
    with django_assert_max_num_queries(5):
        assert client.get(address("campaign_tally", campaign.slug)).getvalue()
