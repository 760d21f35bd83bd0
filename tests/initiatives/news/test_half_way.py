"""A worker that is killed, a mail server that refuses, and how much a letter costs."""

from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.following import actions, digests
from initiatives.tasks import send_news
from tests.worker import waiting, work

from .conftest import TASK, edited, made, sent

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As the process would end: no code of ours goes on."""


@pytest.mark.parametrize("has_left", [False, True])
def test_a_worker_that_is_killed_sends_none_twice_and_loses_nothing(daily, at, bakery, has_left):
    edited(bakery)
    at("2026-02-04 07:05")

    def killed(*args):
        if has_left:
            real(*args)
        raise Killed

    real = digests.send
    with patch.object(digests, "send", killed), pytest.raises(Killed):
        digests.tell(daily.pk)
    assert len(mail.outbox) == has_left
    mail.outbox.clear()
    # Neither a second try of the task nor the next hours send anything for this period.
    assert not digests.tell(daily.pk)
    for hour in ("08", "12", "23"):
        at(f"2026-02-04 {hour}:03")
        assert sent() == []
    made("Atelier")
    at("2026-02-05 07:03")
    (body,) = sent()
    assert bakery.name in body
    assert "Atelier" in body


def test_a_worker_that_is_killed_before_the_first_mark_has_begun_nothing(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    with patch.object(digests.news, "of", side_effect=Killed), pytest.raises(Killed):
        digests.tell(daily.pk)
    assert len(sent()) == 1


def test_a_mail_server_that_refuses_gets_it_again(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    failing = patch.object(digests, "send", side_effect=SMTPServerDisconnected)
    with failing, pytest.raises(SMTPServerDisconnected):
        digests.tell(daily.pk)
    assert digests.tell(daily.pk)
    assert not digests.tell(daily.pk)
    assert len(mail.outbox) == 1


def test_two_hourly_runs_leave_one_task_and_none_for_what_is_gone(daily, at, bakery):
    edited(bakery)
    at("2026-02-04 07:05")
    for _run in range(2):
        send_news.func(0)
    assert waiting(TASK).count() == 1
    actions.unfollow(daily, by=None)
    work(TASK)
    assert mail.outbox == []


def test_many_matches_cost_as_many_statements_as_few(daily, at):
    def cost(many: int, day: str) -> int:
        for number in range(many):
            made(f"Atelier {day} {number}")
        at(f"2026-02-{day} 07:05")
        with CaptureQueriesContext(connection) as asked:
            assert digests.tell(daily.pk)
        return len(asked)

    few = cost(1, "04")
    assert cost(40, "05") == few
    assert few < 16
