"""Files of large selections: made by the worker, asked for once a version, gone after a day."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyogrio
import pytest
from django.db import connection
from django.utils import timezone, translation

from geo import freshness
from initiatives import actions
from initiatives.enums import ExportStatus
from initiatives.exporting import jobs
from initiatives.exporting.formats import FORMATS
from initiatives.models import Export, Initiative
from initiatives.selection import Selection
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """From two rows on the worker makes the file."""
    settings.EXPORT_AT_ONCE = 2
    settings.EXPORTS_ROOT = tmp_path / "exports"


def asked(client, query: str = "", suffix: str = "gpkg") -> dict:
    """What a program hears that asks for a large file."""
    answer = client.get(f"/exports/initiatives.{suffix}?{query}")
    assert answer.status_code == 202, answer
    assert answer["Retry-After"] == "5"
    assert answer.json()["self"].endswith(answer["Location"])
    return answer.json()


def state(client, told: dict) -> dict:
    """How far it is."""
    return client.get(told["self"]).json()


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "parquet"])
def test_a_large_file_is_made_by_the_worker(client, scattered, tmp_path, suffix):
    told = asked(client, "theme=repair-cafes", suffix)
    assert (told["status"], told["done"], told["file"]) == ("waiting", 0, None)
    jobs.make(Export.objects.get().pk)
    ready = state(client, told)
    assert (ready["status"], ready["done"]) == ("done", ready["rows"])
    answer = client.get(ready["file"])
    assert answer["Content-Type"] == FORMATS[suffix].media_type
    assert answer["Content-Disposition"] == f'attachment; filename="social-planet-initiatives.{suffix}"'
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(b"".join(answer.streaming_content))
    part = client.get(ready["file"], HTTP_RANGE="bytes=10-19")
    assert (part.status_code, b"".join(part.streaming_content)) == (206, path.read_bytes()[10:20])
    assert path.stat().st_size == ready["size"]
    if suffix != "parquet":
        assert pyogrio.read_info(path, force_feature_count=True)["features"] == ready["rows"]


def test_text_and_small_selections_come_at_once(client, scattered, settings):
    settings.EXPORT_AT_ONCE = 10_000
    assert client.get("/exports/initiatives.gpkg").status_code == 200
    settings.EXPORT_AT_ONCE = 0
    assert client.get("/exports/initiatives.csv").status_code == 200
    assert not Export.objects.exists()


def test_a_question_for_the_head_has_nothing_made(client, scattered):
    assert client.head("/exports/initiatives.gpkg").status_code == 200
    assert not Export.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_is_made_once_a_version(client, theme):
    InitiativeFactory.create_batch(3, published=True)
    first = asked(client)
    assert asked(client, "utm_source=x") == first
    assert asked(client, "located=any")["self"] != first["self"]
    initiative = Initiative.objects.published().first()
    actions.revise(initiative, by=None, values={"name": "Another name"})
    assert asked(client)["self"] != first["self"]


def test_it_is_announced_to_the_worker_once(client, scattered):
    asked(client)
    asked(client)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND args->>'export' = %s",
            [jobs.TASK, str(Export.objects.get().pk)],
        )
        assert cursor.fetchone() == (1,)


def test_so_many_at_a_time_and_no_more(client, scattered, monkeypatch):
    monkeypatch.setattr(jobs, "MOST", 1)
    asked(client)
    answer = client.get("/exports/initiatives.parquet")
    assert (answer.status_code, answer["Retry-After"]) == (503, str(jobs.WAIT))
    assert answer["Content-Type"] == "application/problem+json"


def test_people_see_a_page(client, scattered):
    answer = client.get("/exports/initiatives.gpkg", HTTP_ACCEPT_LANGUAGE="de", **BROWSER)
    export = Export.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/de/exports/{export.pk}/")
    page = client.get(answer["Location"], follow=True)
    with translation.override("en"):
        address = export.get_absolute_url()
    assert "Your file is being made" in client.get(address).content.decode()
    assert page.status_code == 200
    jobs.make(export.pk)
    ready = client.get(address).content.decode()
    assert "Your file is ready" in ready
    assert f"/exports/made/{export.pk}/social-planet-initiatives.gpkg" in ready
    Export.objects.update(status=ExportStatus.FAILED)
    assert "could not be made" in client.get(address).content.decode()


def test_a_failure_leaves_no_file_and_may_be_tried_again(client, scattered, monkeypatch, settings):
    told = asked(client)

    def full(*args, **kwargs):
        raise OSError("No space left on device")

    monkeypatch.setattr(jobs, "write", full)
    with pytest.raises(OSError, match="No space"):
        jobs.make(Export.objects.get().pk)
    assert state(client, told)["status"] == "failed"
    assert list(settings.EXPORTS_ROOT.iterdir()) == []
    monkeypatch.undo()
    settings.EXPORT_AT_ONCE = 2
    assert asked(client)["self"] != told["self"]


@pytest.mark.django_db(transaction=True)
def test_one_waits_for_the_other_but_not_for_a_dead_worker(client, theme):
    InitiativeFactory.create_batch(3, published=True)
    asked(client)
    export = Export.objects.get()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [jobs.TASK])
    jobs.make(str(export.pk))
    export.refresh_from_db()
    assert export.status == ExportStatus.WAITING
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'export' = %s AND scheduled_at > now()",
            [str(export.pk)],
        )
        assert cursor.fetchone() == (1,)
    # As a worker's connection ends that is killed.
    other.close()
    with connection.cursor() as cursor:
        # Its lock goes a moment after it: waited for.
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [jobs.TASK])
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [jobs.TASK])
    jobs.make(str(export.pk))
    export.refresh_from_db()
    assert export.status == ExportStatus.DONE


def test_a_file_is_not_made_twice(client, scattered):
    asked(client)
    export = Export.objects.get()
    jobs.make(export.pk)
    made = export.path.stat().st_mtime_ns
    jobs.make(export.pk)
    assert export.path.stat().st_mtime_ns == made


@pytest.mark.parametrize(
    "address",
    [
        "/exports/made/{}/other.gpkg",
        "/exports/made/00000000-0000-4000-8000-000000000000",
        "/exports/made/{}/..",
    ],
)
def test_other_names_lead_nowhere(client, scattered, address):
    asked(client)
    export = Export.objects.get()
    jobs.make(export.pk)
    assert client.get(address.format(export.pk)).status_code == 404


def test_after_a_day_files_are_gone_and_the_dead_are_given_up(client, scattered, settings):
    told = asked(client)
    done = Export.objects.get()
    jobs.make(done.pk)
    silent = Export.objects.create(
        format="fgb", version="x", rows=3, status="running", heard_at=timezone.now() - timedelta(hours=1)
    )
    half = settings.EXPORTS_ROOT / f".{silent.pk}.fgb.fgb"
    half.write_bytes(b"half")
    assert jobs.forget() == 0
    silent.refresh_from_db()
    assert silent.status == ExportStatus.FAILED
    assert half.exists()
    Export.objects.update(asked_at=timezone.now() - timedelta(days=2))
    os.utime(half, (time.time() - 200_000,) * 2)
    assert jobs.forget() == 2
    assert client.get(told["self"]).status_code == 404
    assert list(settings.EXPORTS_ROOT.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_one_file(theme):
    InitiativeFactory.create_batch(3, published=True)
    assert freshness.latest() is not None

    def ask(_turn: int) -> str:
        try:
            return str(jobs.ask(FORMATS["gpkg"], Selection({}), 3).pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(ask, range(8)))
    assert len(found) == 1


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_file_is_written(client, monkeypatch, theme):
    InitiativeFactory.create_batch(3, published=True)
    told = asked(client)
    monkeypatch.setattr(jobs, "EVERY", 0)
    seen = []
    write = jobs.write

    def watched(path, format, selection, *, progress):
        def tell(done: int) -> None:
            progress(done)
            with ThreadPoolExecutor(1) as other:
                seen.append(other.submit(_done).result())

        write(path, format, selection, progress=tell)

    monkeypatch.setattr(jobs, "write", watched)
    jobs.make(told["self"].rsplit("/", 1)[1])
    assert seen == [3]


def _done() -> int:
    try:
        return Export.objects.get().done
    finally:
        connection.close()
