"""Many who like and take back at the same time: the log tells how it ended, and no cap is passed."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from campaigns.fairness.sealing import seal
from campaigns.likes import actions, errors
from campaigns.locks import hold
from campaigns.models import Ballot, Campaign, Like, LikeLine

from .campaign import campaign_of, replayed, standing, voter

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, ACTS = 32, 25


def at_once(*calls) -> list:
    """What each call gives when all begin together."""

    def one(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def pressing(seed: int, members: list, nominations: list):
    """Somebody who presses buttons, often the same one twice; the acts that changed something."""

    def press() -> int:
        chance, changed = random.Random(seed), 0
        for _act in range(ACTS):
            zoe, one = chance.choice(members), chance.choice(nominations)
            verb = chance.choice([actions.like, actions.like, actions.unlike])
            try:
                changed += verb(one, by=zoe)
            except errors.CapError:
                continue
        return changed

    return press


def sealing(campaign: Campaign) -> None:
    """The worker, again and again while others press."""
    for _time in range(10):
        seal(campaign)


def test_the_end_is_that_of_the_log_and_no_cap_is_passed():
    campaign = campaign_of(3, 3, 3, likes_each=4, likes_each_theme=2)
    # Few members for many clients, so that the same ones are pressed for at once.
    members, nominations = [voter() for _ in range(8)], list(campaign.nominations.all())
    presses = [pressing(seed, members, nominations) for seed in range(CLIENTS)]
    *changed, _sealed = at_once(*presses, lambda: sealing(campaign))
    assert sum(changed) > CLIENTS
    assert Ballot.objects.count() == len(members)
    seal(campaign)
    assert LikeLine.objects.count() == sum(changed)
    assert standing(campaign) == replayed(campaign)
    for ballot in Ballot.objects.all():
        themes = list(ballot.likes.values_list("theme", flat=True))
        assert len(themes) <= 4
        assert all(themes.count(theme) <= 2 for theme in themes)


def test_the_log_keeps_to_the_caps_line_by_line():
    campaign = campaign_of(6, likes_each=2)
    zoe, nominations = voter(), list(campaign.nominations.all())
    at_once(*[pressing(seed, [zoe], nominations) for seed in range(12)], *[lambda: sealing(campaign)] * 2)
    seal(campaign)
    stand: set[int] = set()
    for nomination, act in LikeLine.objects.order_by("pk").values_list("nomination", "act"):
        assert (nomination in stand) == (act == "unlike")
        (stand.add if act == "like" else stand.discard)(nomination)
        assert len(stand) <= 2


def test_a_first_like_pressed_at_once_makes_one_ballot():
    campaign, zoe = campaign_of(1), voter()
    one = campaign.nominations.get()
    assert sum(at_once(*[lambda: actions.like(one, by=zoe)] * 8)) == 1
    assert (Ballot.objects.count(), Like.objects.count(), seal(campaign)) == (1, 1, 1)


def test_first_likes_of_several_freeze_the_rule_once():
    campaign = campaign_of(1)
    one, people = campaign.nominations.get(), [voter() for _ in range(8)]
    assert all(at_once(*[lambda zoe=zoe: actions.like(one, by=zoe) for zoe in people]))
    campaign.refresh_from_db()
    assert campaign.frozen_at is not None


def test_closing_waits_for_a_like_under_way_and_refuses_the_next():
    campaign = campaign_of(2)
    one, two = campaign.nominations.all()

    def close():
        with transaction.atomic():
            hold(campaign.pk)
            seen = Like.objects.count()
            Campaign.objects.update(phase="counting")
            return seen

    zoe, bea = voter(), voter()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.like(one, by=zoe)
            closing = pool.submit(lambda: (close(), connection.close())[0])
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.3)
        assert closing.result(timeout=10) == 1
    with pytest.raises(errors.LateError):
        actions.like(two, by=bea)


def test_no_like_waits_for_that_of_another():
    campaign = campaign_of(1)
    one, zoe, bea = campaign.nominations.get(), voter(), voter()
    actions.like(one, by=voter())
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        actions.like(one, by=zoe)
        assert (
            pool.submit(lambda: (actions.like(one, by=bea), connection.close())[0]).result(timeout=5) is True
        )


def test_no_like_waits_for_the_worker_that_seals():
    campaign = campaign_of(1)
    one, bea = campaign.nominations.get(), voter()
    actions.like(one, by=voter())
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        assert seal(campaign) == 1
        assert (
            pool.submit(lambda: (actions.like(one, by=bea), connection.close())[0]).result(timeout=5) is True
        )


def test_a_like_begun_before_closing_and_written_after_it_is_refused():
    soon = timezone.now() + timedelta(seconds=0.5)
    campaign = campaign_of(1, likes_until=soon, results_from=soon + timedelta(days=1))
    one, zoe = campaign.nominations.get(), voter()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(campaign.pk)
            late = pool.submit(actions.like, one, by=zoe)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.7)")
        with pytest.raises(errors.LateError):
            late.result(timeout=5)
        # That of the thread.
        pool.submit(lambda: connection.close()).result()
    assert not Like.objects.exists()
