"""Two presses of a button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.groups.enums import GroupKind
from community.models import Post
from community.topics import actions, digests

from .conftest import circle_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(action, number: int = 4) -> list:
    """What several threads get that begin at once."""
    ready = Barrier(number)

    def run():
        try:
            ready.wait()
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return [future.result() for future in [pool.submit(run) for _ in range(number)]]


def test_one_post_comes_of_several_presses_at_once(files):
    circle = circle_of(GroupKind.OPEN)
    by = circle["member"]
    for action in (
        lambda: actions.begin(circle.group, by=by, title="Yeast", text="Who?").pk,
        lambda: actions.reply(circle.topic, by=by, text="Me").pk,
    ):
        assert len(set(together(action))) == 1
    assert Post.objects.count() == 3


def test_one_summary_comes_of_several_workers_at_once(files, monkeypatch):
    circle = circle_of(GroupKind.OPEN)
    own = circle.join("daily", frequency="daily")
    circle.group.memberships.update(joined_at="2026-01-01T00:00Z")
    Post.objects.update(created_at="2026-01-02T00:00Z")
    sent = []
    monkeypatch.setattr(digests, "send", lambda *args: sent.append(args))
    assert sorted(together(lambda: digests.tell(own.pk))) == [False, False, False, True]
    assert len(sent) == 1
