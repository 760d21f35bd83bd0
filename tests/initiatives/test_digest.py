"""One letter an hour: what happens, minute by minute, and which letters leave when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from community.models import Letterbox
from initiatives import actions as verbs
from initiatives.models import Submission
from initiatives.proposals import actions as proposals
from initiatives.reviews import actions as reviews
from initiatives.telling import digest, posting
from tests.factories import InitiativeFactory, MemberFactory
from tests.worker import waiting, work

from .proposing import proposal

pytestmark = pytest.mark.django_db
BEGIN = datetime(2030, 5, 1, 9, tzinfo=UTC)
WHO, OTHER = "who@demo.example", "other@demo.example"


def submitted(name: str, email: str = WHO, language: str = "en", **values):
    """An initiative in review whose submitter is to be told."""
    made = InitiativeFactory(name=name, **values)
    Submission.objects.create(
        initiative=made, email=email, language=language, confirmed_at=timezone.now(), told_at=timezone.now()
    )
    with transaction.atomic():
        made = verbs.submit(made, by=None)
    # That it arrived was told long ago.
    Submission.objects.update(told_at=timezone.now())
    return made


def suggested(initiative, email: str = WHO):
    """An open proposal from an address that is confirmed."""
    one = proposal(initiative, {"summary": "New"}, email=email, language="en")
    proposals.confirm_address(one)
    return one


@pytest.fixture
def scene(cast, monkeypatch):
    """Three submissions and two proposals of one person, a submission of another; nothing waits."""
    with time_machine.travel(BEGIN - timedelta(days=1), tick=False):
        there = {name: submitted(name) for name in ("Alder", "Birch", "Cedar")}
        there["Dogwood"] = submitted("Dogwood", OTHER)
        for name in ("P", "Q"):
            there[name] = suggested(InitiativeFactory(name=f"Page {name}", published=True))
        Letterbox.objects.update(told_at=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    mail.outbox.clear()
    return there


def happen(scene, cast, words: str) -> None:
    """`publish Alder`, `accept P`: by a reviewer, as from their pages."""
    verb, name = words.split()
    by, what = cast["admin"], scene[name]
    if verb == "accept":
        proposals.accept(what, by=by, names=["summary"])
    elif verb == "refuse":
        proposals.refuse(what, by=by, reason=f"Why {name}")
    else:
        getattr(verbs, verb)(what, by=by, reason=f"Why {name}")


# (minute, what happens), then (minute, who is written to, what is named in the letter).
TABLE = {
    "one thing is told soon": (
        [(0, "publish Alder")],
        [(5, WHO, ["Alder"])],
    ),
    "several submissions at once are one letter": (
        [(0, "publish Alder"), (0, "reject Birch"), (0, "ask_changes Cedar")],
        [(5, WHO, ["Alder", "Why Birch", "Why Cedar"])],
    ),
    "changes asked, then sent again and published within the hour": (
        [(0, "ask_changes Alder"), (10, "submit Alder"), (20, "publish Alder")],
        [(5, WHO, ["Why Alder"]), (65, WHO, ["arrived", "on the map"])],
    ),
    "several proposals are one letter": (
        [(0, "accept P"), (3, "refuse Q")],
        [(5, WHO, ["Page P", "taken over", "Page Q", "Why Q"])],
    ),
    "submissions and proposals go together": (
        [(0, "publish Alder"), (2, "accept P"), (30, "reject Birch"), (50, "refuse Q")],
        [(5, WHO, ["Alder", "Page P"]), (65, WHO, ["Birch", "Page Q"])],
    ),
    "another person has a letter of their own": (
        [(0, "publish Alder"), (1, "publish Dogwood")],
        [(5, WHO, ["Alder"]), (6, OTHER, ["Dogwood"])],
    ),
    "after a quiet hour the next is told as soon as the first": (
        [(0, "publish Alder"), (90, "publish Birch")],
        [(5, WHO, ["Alder"]), (95, WHO, ["Birch"])],
    ),
    "at the end of the hour it still waits a little": (
        [(0, "publish Alder"), (64, "publish Birch")],
        [(5, WHO, ["Alder"]), (69, WHO, ["Birch"])],
    ),
    "taken off and brought back is told once": (
        [(0, "publish Alder"), (1, "archive Alder"), (2, "restore Alder")],
        [(5, WHO, ["on the map", "taken off", "brought back"])],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_leaves_when(scene, cast, name):
    steps, expected = TABLE[name]
    told = []
    with time_machine.travel(BEGIN, tick=False) as clock:
        for minute in range(100):
            clock.move_to(BEGIN + timedelta(minutes=minute))
            for at, words in steps:
                if at == minute:
                    happen(scene, cast, words)
            mail.outbox.clear()
            work(posting.TASK)
            told += [(minute, message.to[0], message.body) for message in mail.outbox]
    assert [(minute, to) for minute, to, _body in told] == [(minute, to) for minute, to, _named in expected]
    for (_minute, _to, body), (_at, _who, named) in zip(told, expected, strict=True):
        assert [words for words in named if words not in body] == []


def test_a_whole_review_together_is_one_letter(scene, cast):
    with time_machine.travel(BEGIN, tick=False) as clock:
        many = [submitted(f"Elm {number}") for number in range(digest.MOST + 3)]
        chosen = [(one, one.updated_at) for one in many]
        clock.shift(1)
        outcomes = reviews.decide_many(chosen, by=cast["admin"], verb="publish", said=str)
        assert not [one for one in outcomes if one.trouble]
        for minutes in (10, 30, 60, 120):
            clock.move_to(BEGIN + timedelta(minutes=minutes))
            work(posting.TASK)
    first, rest = mail.outbox
    assert f"{digest.MOST} pieces of news" in first.subject
    assert (first.body.count("Its page:"), rest.body.count("Its page:")) == (digest.MOST, 3)


def test_a_letter_is_in_the_language_of_its_newest_news(cast):
    with time_machine.travel(BEGIN, tick=False) as clock:
        for language in ("fr", "de"):
            made = submitted(f"In {language}", language=language)
            clock.shift(60)
            verbs.publish(made, by=None)
        clock.shift(600)
        work(posting.TASK)
    (letter,) = mail.outbox
    assert "/de/initiatives/" in letter.body
    assert f"/fr/initiatives/{Submission.objects.first().initiative.slug}" not in letter.body


def test_one_alone_has_its_name_in_the_subject(scene, cast):
    with time_machine.travel(BEGIN):
        happen(scene, cast, "publish Alder")
        digest.tell(scene["Alder"].submission.letterbox_id)
    assert mail.outbox[-1].subject == "[Social Planet] Alder – published"


@time_machine.travel(BEGIN)
def test_what_could_not_be_sent_is_not_told(scene, cast, monkeypatch):
    def refuses(*_given):
        raise ConnectionRefusedError

    happen(scene, cast, "publish Alder")
    box = scene["Alder"].submission.letterbox_id
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", refuses)
        with pytest.raises(ConnectionRefusedError), transaction.atomic():
            digest.tell(box)
    assert Letterbox.objects.get(pk=box).told_at is None
    assert digest.tell(box) == 1


def test_a_task_that_was_lost_is_made_again(scene, cast):
    with time_machine.travel(BEGIN, tick=False) as clock:
        happen(scene, cast, "publish Alder")
        happen(scene, cast, "accept P")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        assert digest.catch_up() == 0
        clock.shift(3 * 3600)
        assert digest.catch_up() == 1
        assert waiting(posting.TASK).count() == 1
        clock.shift(600)
        work(posting.TASK)
        assert digest.catch_up() == 0
    assert [message.body.count("Page P") for message in mail.outbox] == [1]


def test_what_is_gone_meanwhile_is_not_told(scene, cast):
    happen(scene, cast, "publish Alder")
    box = scene["Alder"].submission.letterbox_id
    scene["Alder"].submission.delete()
    assert digest.tell(box) == 0
    Letterbox.objects.all().delete()
    assert digest.tell(box) == 0
    # Rows whose letterbox was taken away are told to nobody.
    happen(scene, cast, "publish Birch")


@pytest.mark.django_db(transaction=True)
def test_news_that_come_while_a_letter_is_being_written_are_not_lost(rhone):
    made = submitted("Alder")
    box = made.submission.letterbox_id
    work()
    Letterbox.objects.update(told_at=None)
    mail.outbox.clear()
    member = MemberFactory(is_superuser=True)
    decided, may_end = Event(), Event()

    def decide() -> None:
        try:
            with transaction.atomic():
                verbs.reject(made, by=member, reason="Why Alder")
                decided.set()
                may_end.wait(10)
        finally:
            connection.close()

    def tell() -> int:
        try:
            return digest.tell(box)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        deciding = pool.submit(decide)
        decided.wait(10)
        telling = pool.submit(tell)
        # The task is at it while the decision is not there yet.
        may_end.set()
        deciding.result(20)
        told = telling.result(20)
    # Told at once, or left to a task that waits.
    assert told == 1 or waiting(posting.TASK).count() == 1
    assert digest.tell(box) + told == 1
