"""The log: it only grows, and each seal holds all that is before it."""

import pytest
from django.db import DatabaseError, connection, transaction

from campaigns.fairness import sealing
from campaigns.fairness.sealing import seal, seal_new, seal_of, written
from campaigns.likes import actions
from campaigns.models import Campaign, LikeLine
from campaigns.tasks import seal_likes

from .campaign import campaign_of, voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    made = campaign_of(2)
    for nomination in made.nominations.all():
        for _voter in range(2):
            actions.like(nomination, by=voter())
    return made


def test_seals_make_a_chain_that_begins_with_the_campaign(campaign):
    assert seal(campaign) == 4
    last = campaign.slug
    for number, line in enumerate(LikeLine.objects.order_by("pk"), 1):
        uuid = str(line.nomination.initiative.uuid)
        last = seal_of(last, (number, str(line.voter), uuid, line.act, line.reason, written(line.at)))
        assert (line.number, line.seal) == (number, last)
    assert seal(campaign) == 0


def test_what_comes_later_goes_on_the_chain(campaign, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    seal(campaign)
    before = list(LikeLine.objects.order_by("number").values_list("seal", flat=True))
    actions.like(campaign.nominations.first(), by=voter())
    assert seal_new() == 1
    after = list(LikeLine.objects.order_by("number").values_list("number", "seal"))
    assert [seal_ for _number, seal_ in after[:4]] == before
    assert [number for number, _seal in after] == [1, 2, 3, 4, 5]


def test_each_campaign_has_a_chain_of_its_own(campaign):
    other = campaign_of(1)
    actions.like(other.nominations.get(), by=voter())
    seal_likes(0)
    assert not LikeLine.objects.filter(seal="").exists()
    assert LikeLine.objects.get(campaign=other).number == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaigns_likeline SET act = 'unlike'",
        "UPDATE campaigns_likeline SET voter = gen_random_uuid()",
        "UPDATE campaigns_likeline SET at = now()",
        "UPDATE campaigns_likeline SET seal = repeat('0', 64)",
        "DELETE FROM campaigns_likeline",
    ],
)
def test_a_sealed_line_stays_as_it_is(campaign, change):
    seal(campaign)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
