"""Snapshots: whole folders of one moment, whose sums, counts and descriptions are right."""

import csv
import hashlib
import io
import json
import subprocess
from datetime import UTC, datetime

import geopandas
import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import translation

from initiatives import actions as initiatives
from initiatives.exporting.formats import FORMATS
from initiatives.models import Initiative, Snapshot
from initiatives.snapshots import MAKE, actions, writing
from initiatives.snapshots.changes import compare
from tests.factories import InitiativeFactory
from vocabulary.models import Theme

pytestmark = pytest.mark.django_db

SPATIAL = ["geojson", "gpkg", "fgb", "parquet"]
FIRST = datetime(2026, 11, 1, 1, 27, tzinfo=UTC)
SECOND = datetime(2026, 12, 1, 1, 27, tzinfo=UTC)


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    """A folder of the test."""
    settings.SNAPSHOTS_ROOT = tmp_path / "snapshots"
    return settings.SNAPSHOTS_ROOT


def made(moment: datetime = FIRST) -> Snapshot:
    """The snapshot of a moment."""
    with time_machine.travel(moment, tick=False):
        return actions.make(by=None)


def table(folder, name: str) -> list[dict]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO((folder / name).read_text(), newline="")))


def test_a_snapshot_holds_what_it_says(full, network, root):
    snapshot = made()
    folder = root / "2026-11-01"
    assert {path.name for path in folder.iterdir()} == {file["name"] for file in snapshot.files}
    assert {f"initiatives.{suffix}" for suffix in FORMATS} < {path.name for path in folder.iterdir()}
    for file in snapshot.files:
        body = (folder / file["name"]).read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file["bytes"], file["sha256"]), file
    assert snapshot.size == sum(path.stat().st_size for path in folder.iterdir())
    published = Initiative.objects.published()
    counts = snapshot.counts
    assert counts["initiatives"] == published.count() == counts["added"] == 5
    assert (counts["located"], counts["unlocated"]) == (4, 1)
    assert counts["networks"] == {network.slug: 4}
    assert snapshot.version
    assert [path.name for path in root.iterdir()] == ["2026-11-01"]


def test_others_check_the_sums(scattered, root):
    made()
    said = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=root / "2026-11-01",
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("suffix", SPATIAL)
def test_geopandas_opens_each_file(scattered, root, suffix):
    snapshot = made()
    path = root / "2026-11-01" / f"initiatives.{suffix}"
    rows = geopandas.read_parquet(path) if suffix == "parquet" else geopandas.read_file(path)
    expected = snapshot.counts["located" if suffix == "fgb" else "initiatives"]
    assert len(rows) == expected
    assert rows.geometry.notna().sum() == snapshot.counts["located"]
    lines = (root / "2026-11-01" / writing.LINES).read_text()
    same = {one["id"] for one in map(json.loads, lines.splitlines())}
    assert set(rows["id"]) <= same
    if suffix == "gpkg":
        said = subprocess.run(
            ["ogrinfo", "-so", "-al", path], capture_output=True, text=True, check=True
        ).stdout
        assert "/data/snapshots/2026-11-01/datapackage.json" in said


def test_tables_are_as_they_are_described(full, root):
    made()
    folder = root / "2026-11-01"
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        body = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(body)
        assert resource["hash"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert resource["mediatype"]
        if resource["format"] == "csv":
            header = next(csv.reader(io.StringIO(body.decode())))
            assert header == [field["name"] for field in resource["schema"]["fields"]], resource["path"]
            assert all(field["description"] for field in resource["schema"]["fields"])
    slugs = {row["slug"] for row in table(folder, "themes.csv")}
    assert slugs == set(Theme.objects.values_list("slug", flat=True))
    rows = table(folder, "initiatives.csv")
    assert {row["primary_theme"] for row in rows} <= slugs
    assert len(rows) == 5


def test_a_package_says_what_the_standard_asks(full, network, root):
    made()
    package = json.loads((root / "2026-11-01" / "datapackage.json").read_text())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["id"] == "http://testserver/data/snapshots/2026-11-01/datapackage.json"
    assert package["name"] == "social-planet-initiatives-2026-11-01"
    assert (package["version"], package["created"]) == ("2026-11-01", "2026-11-01T01:27:00Z")
    assert package["licenses"][0]["name"] == "ODbL-1.0"
    assert package["contributors"] == [{"title": "Social Planet", "roles": ["publisher"]}]
    (source,) = package["sources"]
    assert (source["title"], source["path"]) == (network.name, network.website)
    assert source["licenses"][0]["name"] == "CC-BY-4.0"
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert "initiatives-csv" in names
    assert {"title", "description"} <= set(package)


def test_it_can_be_cited(bakery, root, settings):
    settings.PUBLISHER = {**settings.PUBLISHER, "name": "Planète & Co"}
    made()
    folder = root / "2026-11-01"
    (csl,) = json.loads((folder / "citation.json").read_text())
    assert (csl["type"], csl["issued"]) == ("dataset", {"date-parts": [[2026, 11, 1]]})
    bib = (folder / "citation.bib").read_text()
    assert bib.startswith("@misc{social-planet-2026-11-01,")
    assert r"{{Planète \& Co}}" in bib
    assert bib.count("{") == bib.count("}")


def test_changes_name_what_came_went_and_differs(bakery, root):
    gone = InitiativeFactory(name="Goes", published=True)
    same = InitiativeFactory(name="Stays", published=True)
    Initiative.objects.filter(pk=bakery.pk).update(updated_at=FIRST)
    assert made().counts["previous"] is None
    new = InitiativeFactory(name="Comes", published=True)
    initiatives.revise(bakery, by=None, values={"name": "Le Fournil", "summary": "Bread."})
    initiatives.archive(gone, by=None, reason="x")
    snapshot = made(SECOND)
    rows = {row["id"]: (row["change"], row["fields"]) for row in table(root / "2026-12-01", "changes.csv")}
    assert rows[str(new.uuid)] == ("added", "")
    assert rows[str(gone.uuid)] == ("removed", "")
    change, fields = rows[str(bakery.uuid)]
    assert change == "changed"
    assert {"name", "summary", "updated"} <= set(fields.split("; "))
    assert str(same.uuid) not in rows
    names = ("added", "changed", "removed", "previous")
    assert [snapshot.counts[name] for name in names] == [1, 1, 1, "2026-11-01"]


def test_identifiers_that_end_in_zeros_are_found(tmp_path):
    lines = tmp_path / "a.geojsonl"
    one = "11111111-1111-4111-8111-110000000000"
    lines.write_text(json.dumps({"id": one, "geometry": None, "properties": {"networks": []}}) + "\n")
    empty = tmp_path / "b.geojsonl"
    empty.write_text("")
    assert compare(lines, lines, tmp_path / "c.csv").changes == {}
    assert compare(empty, lines, tmp_path / "c.csv").changes == {"removed": 1}
    assert one in (tmp_path / "c.csv").read_text()


def test_an_empty_site_has_an_empty_snapshot(db, root):
    snapshot = made()
    assert (snapshot.counts["initiatives"], snapshot.counts["networks"]) == (0, {})
    assert table(root / "2026-11-01", "initiatives.csv") == []


def test_a_day_has_one_snapshot(bakery, root):
    made()
    before = sorted((path.name, path.stat().st_mtime_ns) for path in (root / "2026-11-01").iterdir())
    with translation.override("en"), pytest.raises(ValidationError, match="today already"):
        made()
    assert sorted((path.name, path.stat().st_mtime_ns) for path in (root / "2026-11-01").iterdir()) == before


def test_a_full_disk_leaves_nothing(bakery, root, monkeypatch):
    def full_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "compare", full_disk)
    with pytest.raises(OSError, match="No space"):
        made()
    assert list(root.iterdir()) == []
    assert not Snapshot.objects.exists()
    with pytest.raises(CommandError, match="No space left"):
        call_command("make_snapshot")


def test_what_a_dead_process_left_is_cleared(bakery, root):
    (root / ".making-2026-10-01-1").mkdir(parents=True)
    (root / "2026-11-01").mkdir()
    (root / "2026-11-01" / "half.csv").write_text("x")
    made()
    assert [path.name for path in root.iterdir()] == ["2026-11-01"]
    assert not (root / "2026-11-01" / "half.csv").exists()


def test_no_file_tells_more_than_pages_do(bakery, root):
    bakery.contacts.create(kind="email", value="secret@fournil.example", visibility="nobody")
    Initiative.objects.filter(pk=bakery.pk).update(precision="locality", street="3 quai du Rhône")
    InitiativeFactory(name="Verborgen")
    made()
    for path in (root / "2026-11-01").iterdir():
        for word in (b"secret@", "quai du Rhône".encode(), b"4.8357", b"Verborgen"):
            assert word not in path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (None, True),
        ("visitor", False),
        ("facilitator", False),
        ("steward", False),
        ("moderator", False),
        ("animator", True),
        ("admin", True),
    ],
)
def test_community_managers_make_and_withdraw_snapshots(cast, root, who, may):
    by = cast[who] if who else None
    if not may:
        with pytest.raises(PermissionDenied):
            actions.make(by=by)
        with pytest.raises(PermissionDenied):
            actions.withdraw(made(), by=by)
        return
    actions.withdraw(actions.make(by=by), by=by)
    assert not Snapshot.objects.ready().exists()


def test_commands_make_and_withdraw(bakery, root, capsys, django_capture_on_commit_callbacks):
    with time_machine.travel(FIRST, tick=False):
        call_command("make_snapshot")
        assert "1 initiatives" in capsys.readouterr().out
        with translation.override("en"), pytest.raises(CommandError, match="today already"):
            call_command("make_snapshot")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("withdraw_snapshot", "2026-11-01")
    assert list(root.iterdir()) == []
    with pytest.raises(CommandError, match="no snapshot"):
        call_command("withdraw_snapshot", "2026-11-01")


def test_the_worker_makes_one_and_lets_that_of_today_be(bakery, root):
    from procrastinate.contrib.django import app

    app.tasks[MAKE](timestamp=0)
    app.tasks[MAKE]()
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_all_files_are_of_one_moment(bakery, root, monkeypatch):
    first = writing.write

    def busy(path, *args):
        first(path, *args)
        if path.suffix == ".geojson":
            # Another process writes meanwhile.
            change = "UPDATE initiatives_initiative SET name = 'Changed' WHERE slug = %s"
            other = connection.copy()
            with other.cursor() as cursor:
                cursor.execute(change, [bakery.slug])
            other.close()

    monkeypatch.setattr(writing, "write", busy)
    made()
    assert Initiative.objects.get().name == "Changed"
    for suffix in ("geojson", "geojsonl", "csv", "fgb", "gpkg"):
        assert b"Changed" not in (root / "2026-11-01" / f"initiatives.{suffix}").read_bytes(), suffix
