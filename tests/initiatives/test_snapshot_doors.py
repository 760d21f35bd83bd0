"""Addresses of snapshots: permanent, in parts, for every site; and what a whole set says to `as_of`."""

from datetime import UTC, datetime

import pytest
import time_machine

from geo.byteranges import part_of
from initiatives.exporting.formats import FORMATS
from initiatives.models import Snapshot
from initiatives.snapshots import MAKE, actions
from tests.initiatives.asking import counted
from tests.worker import waiting, work

pytestmark = pytest.mark.django_db

HERE = "/data/snapshots/2026-11-01/"
CSV = f"{HERE}initiatives.csv"


@pytest.fixture
def root(settings, tmp_path):
    """A folder of the test."""
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    return settings.SNAPSHOTS_ROOT


def made(day: int, month: int = 11) -> Snapshot:
    """The snapshot of a day."""
    with time_machine.travel(datetime(2026, month, day, 1, 27, tzinfo=UTC), tick=False):
        return actions.make(by=None)


@pytest.fixture
def snapshot(scattered, root) -> Snapshot:
    """One of the first of November."""
    return made(1)


def body(answer) -> bytes:
    """All that came."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def taken(client, **headers):
    """The answer of a file, read to its end."""
    answer = client.get(CSV, headers=headers)
    body(answer)
    return answer


def test_every_file_is_at_its_permanent_address(client, snapshot, root):
    for file in snapshot.files:
        answer = client.get(HERE + file["name"], headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, file
        assert body(answer) == (root / "2026-11-01" / file["name"]).read_bytes()
        assert int(answer["Content-Length"]) == file["bytes"]
        assert answer["Content-Type"] == file["media_type"]
        assert answer["ETag"] == f'"{file["sha256"]}"'
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Accept-Ranges"] == "bytes"
        assert "Content-Encoding" not in answer
        assert "Accept-Language" not in answer.get("Vary", "")
        assert not answer.cookies


def test_a_file_takes_one_statement(client, snapshot):
    with counted() as statements:
        taken(client)
    assert len(statements) == 1


def test_who_has_the_file_is_told_so(client, snapshot):
    etag = taken(client)["ETag"]
    assert taken(client, **{"if-none-match": etag}).status_code == 304
    assert taken(client, **{"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-7", -7, None)]
)
def test_a_part_is_a_part(client, snapshot, root, asked, first, last):
    whole = (root / "2026-11-01" / "initiatives.csv").read_bytes()
    answer = client.get(CSV, headers={"range": asked, "accept-encoding": "gzip"})
    assert answer.status_code == 206
    part = body(answer)
    assert part == whole[first : last + 1 if last else None]
    assert int(answer["Content-Length"]) == len(part)
    start = first % len(whole)
    assert answer["Content-Range"] == f"bytes {start}-{start + len(part) - 1}/{len(whole)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("bytes=0-0", (0, 0)),
        ("bytes=5-999", (5, 9)),
        ("bytes=-999", (0, 9)),
        ("bytes=7-2", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=x-1", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_ranges_are_read_as_the_standard_says(text, expected):
    assert part_of(text, 10) == expected


@pytest.mark.parametrize("text", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(client, snapshot, text):
    with pytest.raises(ValueError, match=r"\w"):
        part_of(text, 10)
    answer = client.get(CSV, headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer["Content-Range"].startswith("bytes */")


def test_a_part_of_another_file_is_not_sent(client, snapshot):
    etag = taken(client)["ETag"]
    assert taken(client, range="bytes=0-1", **{"if-range": etag}).status_code == 206
    assert taken(client, range="bytes=0-1", **{"if-range": '"x"'}).status_code == 200


def test_scripts_of_other_sites_may_ask_for_parts(client, snapshot):
    answer = client.options(CSV, headers={"origin": "https://a.example"})
    assert answer.status_code == 204
    assert "Range" in answer["Access-Control-Allow-Headers"]
    assert client.post(CSV).status_code == 405
    head = client.head(CSV)
    assert head["Content-Length"] == str(snapshot.file("initiatives.csv")["bytes"])


@pytest.mark.parametrize(
    "path",
    [
        "2026-11-01/none.csv",
        "2026-11-01/..%2F..%2Fetc%2Fpasswd",
        "2026-11-01/.hidden",
        "2026-11-02/initiatives.csv",
        "20261101/initiatives.csv",
        "2026-W44-7/initiatives.csv",
        "2026-13-01/initiatives.csv",
        "..%2F2026-11-01/initiatives.csv",
        "x/y",
        "2026-11-02/",
        "latest/none.csv",
        "2026-11-01/a/b",
    ],
)
def test_other_names_lead_nowhere(client, snapshot, path):
    answer = client.get(f"/data/snapshots/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_latest_leads_to_the_newest(client, snapshot):
    answer = client.get("/data/snapshots/latest/initiatives.csv")
    assert (answer.status_code, answer["Location"]) == (302, CSV)
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Access-Control-Allow-Origin"] == "*"
    made(1, month=12)
    newest = client.get("/data/snapshots/latest/initiatives.csv")["Location"]
    assert newest == "/data/snapshots/2026-12-01/initiatives.csv"
    assert client.get("/data/snapshots/latest/")["Location"].endswith("2026-12-01/datapackage.json")
    assert client.get(HERE)["Location"] == f"{HERE}datapackage.json"
    assert client.get("/data/snapshots/")["Location"].endswith("/data/snapshots/")


def test_a_parameter_is_refused(client, snapshot):
    answer = client.get(f"{CSV}?theme=co-housing")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "theme")


def test_a_withdrawn_snapshot_says_so(client, snapshot, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(snapshot, by=None)
    assert client.get(CSV).status_code == 410
    assert client.get("/data/snapshots/latest/initiatives.csv").status_code == 404
    assert b"Withdrawn" in client.get("/en/data/snapshots/").content


SETS = ["/api/initiatives/", *(f"/exports/initiatives.{suffix}" for suffix in FORMATS)]


@pytest.mark.parametrize("door", SETS)
def test_a_whole_set_of_then_is_a_snapshot(client, bakery, root, door):
    answer = client.get(f"{door}?as_of=2026-10-20&theme=co-housing")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "as_of")
    assert "no snapshot" in answer.json()["detail"]
    made(1)
    made(10)
    for moment, day in (("2026-10-20", "01"), ("2026-11-04", "01"), ("2026-11-07T12:00:00Z", "10")):
        with time_machine.travel(datetime(2026, 11, 28, tzinfo=UTC), tick=False):
            answer = client.get(f"{door}?as_of={moment}")
        assert answer.status_code == 400
        assert f"http://testserver/data/snapshots/2026-11-{day}/datapackage.json" in answer.json()["detail"]
    assert "ISO 8601" in client.get(f"{door}?as_of=yesterday").json()["detail"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 403), ("moderator", 403), ("steward", 403), ("animator", 302), ("admin", 302)],
)
def test_the_button_is_for_community_managers(client, cast, root, who, status):
    client.force_login(cast[who])
    shown = b"Make a snapshot today" in client.get("/en/data/snapshots/").content
    assert shown == (status == 302)
    assert client.post("/en/data/snapshots/make/").status_code == status
    # A second click waits for the first.
    client.post("/en/data/snapshots/make/")
    assert waiting(MAKE).count() == (status == 302)
    work(MAKE)
    assert Snapshot.objects.exists() == (status == 302)
