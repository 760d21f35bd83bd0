"""Merging while something is open, and two moderators at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction

from initiatives.merging import actions as merging
from initiatives.merging import uniting
from initiatives.models import Initiative, Merge
from initiatives.proposals import actions as proposals
from initiatives.reviews import actions as reviews
from initiatives.telling import digest
from initiatives.upkeep import actions as upkeep
from tests.conftest import LYON
from tests.factories import InitiativeFactory
from tests.initiatives.merging import concerned, dressed, twin
from tests.initiatives.test_reviews import pending


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Pictures of a test go with it."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def other(cast, bakery):
    """A second entry for the bakery."""
    dressed(bakery)
    bakery.refresh_from_db()
    return twin()


def status(one: Initiative) -> str:
    """Where it stands."""
    return Initiative.objects.values_list("status", flat=True).get(pk=one.pk)


# ── What is open meanwhile ──────────────────────────────────────────────────────────────────────


def test_an_open_proposal_goes_along_and_an_answer_is_no_longer_taken(cast, bakery, other):
    open_ones = concerned(other)
    merge = merging.merge(other, into=bakery, by=cast["moderator"])
    for row in open_ones.values():
        row.refresh_from_db()
    assert open_ones["proposal"].initiative == bakery
    assert open_ones["submission"].initiative == other
    with pytest.raises(upkeep.ClosedError) as closed, transaction.atomic():
        upkeep.answer(open_ones["upkeep"], answer="right")
    assert closed.value.state == upkeep.State.UNPUBLISHED
    proposals.refuse(open_ones["proposal"], by=cast["moderator"], reason="No")
    merging.split(merge, by=cast["moderator"])
    open_ones["proposal"].refresh_from_db()
    assert (open_ones["proposal"].initiative, open_ones["proposal"].state) == (other, "refused")


def test_a_claim_of_the_one_who_merges_ends(cast, bakery):
    waiting = pending(name="Le Fournil")
    reviews.claim(waiting, by=cast["moderator"])
    merging.merge(waiting, into=bakery, by=cast["moderator"])
    assert not Initiative.objects.filter(claim__isnull=False).exists()


def test_who_handed_it_in_is_told_where_it_lives_on(cast, bakery, other):
    submission = concerned(other)["submission"]
    digest.tell(submission.letterbox_id)
    mail.outbox.clear()
    submission.letterbox.__class__.objects.update(told_at=None)
    merging.merge(other, into=bakery, by=cast["moderator"], reason="We had it")
    assert digest.tell(submission.letterbox_id) == 1
    (sent,) = mail.outbox
    assert sent.to == ["hands@demo.example"]
    assert "lives on in “Le Fournil des Deux Rives”" in sent.body
    assert f"/en/initiatives/{bakery.slug}/" in sent.body
    assert "We had it" in sent.body


# ── Two at once ─────────────────────────────────────────────────────────────────────────────────


def at_once(*works) -> list:
    """What each work gave, or why it was refused, all begun together."""

    def run(work):
        try:
            return work()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_the_other_way_round_one_is_done(words):
    one, two = InitiativeFactory(published=True), InitiativeFactory(published=True)
    told = at_once(
        lambda: merging.merge(one, into=two, by=None),
        lambda: merging.merge(two, into=one, by=None),
    )
    assert sorted(type(answer).__name__ for answer in told) == ["Merge", "ValidationError"]
    assert Merge.objects.open().count() == 1
    assert sorted([status(one), status(two)]) == ["archived", "published"]


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_of_the_same_one_is_done_and_undone_once(words):
    one, two, three = (InitiativeFactory(published=True) for _ in range(3))
    told = at_once(
        lambda: merging.merge(one, into=two, by=None), lambda: merging.merge(one, into=three, by=None)
    )
    assert sorted(type(answer).__name__ for answer in told) == ["Merge", "ValidationError"]
    merge = Merge.objects.get()
    told = at_once(lambda: merging.split(merge, by=None), lambda: merging.split(merge, by=None))
    assert sorted(type(answer).__name__ for answer in told) == ["Merge", "ValidationError"]
    assert status(one) == "published"


@pytest.mark.django_db(transaction=True)
def test_the_map_follows(words):
    kept, gone = InitiativeFactory(position=LYON, published=True), InitiativeFactory(published=True)
    call_command("check_map_index")
    merge = merging.merge(gone, into=kept, by=None, picks={"name": uniting.MERGED})
    call_command("check_map_index")
    merging.split(merge, by=None)
    call_command("check_map_index")
