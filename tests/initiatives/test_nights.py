"""The work of the night grows with what there is to do: found through indexes, done by batches."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from geoportal import tasks
from initiatives.models import Aged, Initiative, SiteCheck, Submission
from initiatives.submitting import actions as submitting
from initiatives.telling import digest
from initiatives.upkeep import asking, fading, looking
from tests.factories import InitiativeFactory, MemberFactory

from .ageing import aged, handed_in_by

pytestmark = pytest.mark.django_db
ROWS = 3_000


def asked_of_the_database(work, *arguments) -> list[str]:
    """The statements of some work."""
    with CaptureQueriesContext(connection) as asked:
        work(*arguments)
    return [one["sql"] for one in asked.captured_queries]


def plan(statement: str, *without: str) -> str:
    """How the database would run it on a table that is too large to be read or sorted as a whole."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", *without):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {statement}")
        lines = "\n".join(line for (line,) in cursor.fetchall())
        for way in ("seqscan", "bitmapscan", *without):
            cursor.execute(f"SET LOCAL enable_{way} = on")
    return lines


def copied(row, number: int, **others: str) -> None:
    """So many rows like one, but for the values given as SQL that may count with `n`; the database knows of them."""
    table = row._meta.db_table
    names = [one.column for one in row._meta.concrete_fields if not one.generated and not one.primary_key]
    values = ", ".join(others.get(name, f"t.{name}") for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) "
            f"SELECT {values} FROM {table} AS t, generate_series(1, {number}) AS n WHERE t.id = {row.pk}"
        )
        cursor.execute(f"ANALYZE {table}")


def test_websites_of_the_night_are_found_in_the_order_of_indexes(bakery):
    SiteCheck.objects.create(initiative=bakery, checked_at=timezone.now() - timedelta(days=9))
    new, old, *_rest = [
        sql for sql in asked_of_the_database(looking.take) if "initiative_sitecheck" in sql or "LIMIT" in sql
    ]
    new, old = plan(new, "sort", "hashjoin"), plan(old, "sort", "hashjoin", "mergejoin")
    assert "initiative_with_site" in new
    assert "initiatives_sitecheck_checked_at" in old
    assert "Seq Scan" not in new + old


def test_age_is_found_through_an_index(bakery):
    copied(
        bakery,
        ROWS,
        uuid="gen_random_uuid()",
        slug="t.slug || n",
        created_at="now() - n * interval '1 day'",
        confirmed_at="NULL",
    )
    rows = Initiative.objects.published().unconfirmed_since(timezone.now() - timedelta(days=ROWS - 20))
    (sql,) = asked_of_the_database(list, rows.order_by().values("pk"))
    assert "initiative_by_age" in plan(sql)


def test_a_night_that_marks_much_reads_all_once(theme, monkeypatch):
    monkeypatch.setattr(fading, "BATCH", 2)
    for _number in range(5):
        aged(InitiativeFactory(published=True), timedelta(days=800))
    statements = asked_of_the_database(fading.fade)
    assert Aged.objects.count() == 5
    assert sum(f"LIMIT {fading.MOST}" in sql for sql in statements) == 1


def test_forgetting_many_drafts_takes_as_many_statements_as_one(theme):
    def forgetting(number: int) -> int:
        for each in range(number):
            one = handed_in_by(InitiativeFactory(), f"{number}-{each}@demo.example", confirmed_at=None)
            Submission.objects.filter(pk=one.pk).update(handed_in_at=timezone.now() - timedelta(days=900))
        return len(asked_of_the_database(submitting.forget_unconfirmed))

    assert forgetting(1) == forgetting(4)
    assert not Submission.objects.exists()


def test_asking_many_people_takes_as_many_statements_as_one(theme):
    def asking_new(number: int) -> int:
        for each in range(number):
            handed_in_by(aged(InitiativeFactory(published=True)), f"{number}-{each}@demo.example")
        return len(asked_of_the_database(asking.ask))

    assert asking_new(1) == asking_new(4)


def test_drafts_are_forgotten_batch_by_batch(theme, monkeypatch):
    monkeypatch.setattr(submitting, "FORGOTTEN_AT_ONCE", 2)
    for each in range(5):
        handed_in_by(InitiativeFactory(), f"{each}@demo.example", confirmed_at=None)
    kept = handed_in_by(InitiativeFactory(), "kept@demo.example")
    Submission.objects.update(handed_in_at=timezone.now() - timedelta(days=900))
    assert submitting.forget_unconfirmed() == 5
    assert Submission.objects.get() == kept


def test_steps_that_were_not_told_are_found_by_their_time(bakery):
    copied(bakery.status_changes.first(), ROWS, at="now() - n * interval '1 hour'")
    sql = asked_of_the_database(digest.catch_up)[0]
    assert "step_that_is_told" in plan(sql, "nestloop")


def test_sessions_that_are_over_are_found_by_a_join(db):
    member = MemberFactory()
    for key in ("gone", "here"):
        UserSession.objects.create(user=member, session_key=key, ip="127.0.0.1")
    Session.objects.create(session_key="here", expire_date=timezone.now() + timedelta(days=1))
    statement = asked_of_the_database(tasks.clear_sessions, 0)[-1]
    assert [one.session_key for one in UserSession.objects.all()] == ["here"]
    assert "SubPlan" not in plan(statement)


@pytest.mark.django_db(transaction=True)
def test_jobs_that_are_done_are_forgotten_after_a_week_and_failures_later():
    with connection.cursor() as cursor:
        for days, status in [
            (8, "succeeded"),
            (6, "succeeded"),
            (80, "failed"),
            (91, "failed"),
            (99, "todo"),
        ]:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
                "VALUES ('default', %s, %s) RETURNING id",
                [f"{status} {days}", status],
            )
            (job,) = cursor.fetchone()
            cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', %s)",
                [job, timezone.now() - timedelta(days=days)],
            )
    tasks.forget_jobs(0)
    left = ProcrastinateJob.objects.order_by("pk").values_list("task_name", flat=True)
    assert list(left) == ["succeeded 6", "failed 80", "todo 99"]
