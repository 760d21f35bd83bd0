"""Whether the process lives, and whether it can work."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from geoportal import health

READY = {"database": "ok", "migrations": "ok", "worker": "ok"}


@pytest.fixture
def heard(db):
    """Lets the worker be heard some seconds ago."""

    def hear(seconds: int) -> None:
        with connection.cursor() as cursor:
            at = timezone.now() - timedelta(seconds=seconds)
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])

    return hear


def test_the_process_lives_without_a_database(client):
    # No test database is asked for, so a query would fail.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_with_a_worker_just_heard(client, heard):
    heard(seconds=5)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, READY)


def test_not_ready_without_a_worker(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {**READY, "worker": "no sign of life for a minute"}


def test_not_ready_when_the_worker_fell_silent(client, heard):
    heard(seconds=61)
    assert client.get("/readyz").status_code == 503


def test_not_ready_while_migrations_wait(client, heard):
    heard(seconds=5)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'initiatives'"
            " AND name = (SELECT max(name) FROM django_migrations WHERE app = 'initiatives')"
        )
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"].endswith("waiting")


@pytest.mark.django_db
def test_a_database_that_is_away_is_answered_in_a_word(client):
    with mock.patch.object(health.connection, "cursor", side_effect=DatabaseError("password=secret")):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "DatabaseError"
    assert b"secret" not in answer.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
