"""Pages of imports of boundaries: handed in, looked at, written, undone; by administrators, and nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from importers import regular
from importers.boundaries import actions
from importers.models import BoundaryRun
from territories.models import Territory

from .conftest import frame

pytestmark = pytest.mark.django_db
HERE = "/en/imports/territories/"


@pytest.fixture
def admin(client, cast):
    """A browser, signed in as the administrator."""
    client.force_login(cast["admin"])
    return client


@pytest.fixture
def upload(tmp_path):
    """Makes a file as a browser sends it."""

    def make(rows=None, name="departements.geojson", content=None) -> SimpleUploadedFile:
        if content is None:
            (rows if rows is not None else frame().assign(code=["FR-69", "FR-01"])).to_file(tmp_path / name)
            content = (tmp_path / name).read_bytes()
        return SimpleUploadedFile(name, content)

    return make


def handed_in(admin, file, **more) -> BoundaryRun:
    """The run of a file that was handed in and looked at."""
    answer = admin.post(f"{HERE}new/", {"scheme": "department", "file": file, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    run = BoundaryRun.objects.latest("pk")
    assert answer.url == f"{HERE}{run.pk}/"
    actions.look(run.pk)
    run.refresh_from_db()
    return run


def decide(admin, run, verb) -> str:
    """What the page says after a decision."""
    return admin.post(f"{HERE}{run.pk}/decide/", {"verb": verb}, follow=True).content.decode()


def test_boundaries_are_looked_at_written_and_undone(admin, upload, cast, rhone):
    before = Territory.objects.values_list("code", "names", "source")
    known = list(before.order_by("code"))
    run = handed_in(admin, upload(), country="FR", year="2024", licence="CC0-1.0")
    assert (run.status, run.summary["added"], run.summary["changed"]) == ("ready", 1, 1)
    assert list(before.order_by("code")) == known
    page = admin.get(f"{HERE}{run.pk}/").content.decode()
    for word in (
        "Write this?",
        "departements.geojson",
        "FR-01",
        "imports-spec",
        "coordinates",
        run.checksum,
    ):
        assert word in page
    decide(admin, run, "write")
    actions.write_now(run.pk)
    run.refresh_from_db()
    assert (run.status, run.started_by, run.summary["added"]) == ("done", cast["admin"], 1)
    assert Territory.objects.get(code="FR-01").year == 2024
    Territory.objects.filter(code="FR-01").update(population=5)
    said = decide(admin, run, "undo")
    assert "Undone: 0 taken away, 1 as before." in said
    assert "somebody changed it since" in said.lower()
    rhone.refresh_from_db()
    assert rhone.year is None


def test_a_file_without_usual_columns_says_which_it_has(admin, upload):
    run = handed_in(admin, upload(frame().rename(columns={"code": "kennung"})))
    assert run.status == "failed"
    page = admin.get(f"{HERE}{run.pk}/").content.decode()
    assert "kennung, nom" in page
    assert run.file.storage.location not in page


@pytest.mark.parametrize(
    "content",
    [
        b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/a</SrcDataSource></OGRVRTLayer>',
        b"\x00\x00",
        b"{",
        b"PK\x03\x04nothing",
        b'{"type": "FeatureCollection", "features": []}',
    ],
)
def test_other_files_fail_with_a_reason(admin, upload, content):
    run = handed_in(admin, upload(name="a.geojson", content=content))
    assert run.status == "failed"
    assert "expected" in run.notes


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"file": None}, "file"),
        ({"address": "https://example.org/a.geojson"}, "file"),
        ({"file": None, "address": "file:///etc/passwd"}, "address"),
        ({"scheme": "galaxy"}, "scheme"),
        ({"country": "France"}, "country"),
        ({"country": "FR\n"}, "country"),
        ({"language": "français"}, "language"),
        ({"year": "20"}, "year"),
        ({"licence": "mine"}, "licence"),
        ({"crs": "+proj=x"}, "crs"),
        ({"code": "a\x00b"}, "code"),
        ({"source": "x" * 201}, "source"),
    ],
)
def test_a_form_that_does_not_fit_is_shown_again(admin, upload, values, field):
    sent = {"scheme": "department", "file": upload(), **values}
    answer = admin.post(f"{HERE}new/", {name: value for name, value in sent.items() if value is not None})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not BoundaryRun.objects.exists()


def test_a_run_is_put_away_with_its_file(admin, upload, django_capture_on_commit_callbacks):
    run = handed_in(admin, upload())
    path = Path(run.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        assert "Put away" in decide(admin, run, "put_away")
    assert not BoundaryRun.objects.exists()
    assert not path.exists()


@pytest.mark.parametrize("verb", ["write", "put_away", "undo", "", "explode"])
def test_a_decision_that_does_not_fit_changes_nothing(admin, verb):
    status = "done" if verb != "undo" else "ready"
    run = BoundaryRun.objects.create(scheme="region", source="a.geojson", status=status)
    said = decide(admin, run, verb)
    assert "Somebody decided" in said or "Choose what" in said
    run.refresh_from_db()
    assert run.status == status


def test_issues_come_as_a_table_that_no_spreadsheet_runs(admin, upload):
    run = handed_in(admin, upload(frame().assign(code=["=cmd()", "=cmd()"])))
    text = b"".join(admin.get(f"{HERE}{run.pk}/issues.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "row,level,field,value,message"
    assert ",'=cmd()," in text


def test_progress_is_told_and_lost_runs_are_given_up(admin, time_machine):
    run = BoundaryRun.objects.create(scheme="region", source="a.geojson", status="running", read=250)
    assert admin.get(f"{HERE}{run.pk}/progress/").json() == {"status": "running", "read": 250}
    assert "so far" in admin.get(f"{HERE}{run.pk}/").content.decode()
    time_machine.move_to(run.started_at + timedelta(hours=7))
    assert regular.give_up_lost() == 1


@pytest.mark.parametrize(
    "role", [None, "visitor", "facilitator", "moderator", "steward", "animator", "treasurer"]
)
def test_nobody_else_comes_in(client, cast, role):
    run = BoundaryRun.objects.create(scheme="region", source="a.geojson", status="ready")
    if role:
        client.force_login(cast[role])
    expected = 403 if role else 302
    for address in ("", "new/", f"{run.pk}/", f"{run.pk}/progress/", f"{run.pk}/issues.csv"):
        assert client.get(f"{HERE}{address}").status_code == expected, address
    for verb in ("write", "put_away", "undo"):
        assert client.post(f"{HERE}{run.pk}/decide/", {"verb": verb}).status_code == expected
    assert BoundaryRun.objects.get().status == "ready"


def test_lists_ask_a_fixed_number_of_times(admin, cast, django_assert_max_num_queries):
    assert "Nothing yet" in admin.get(HERE).content.decode()
    for number in range(30):
        BoundaryRun.objects.create(scheme="region", source=f"{number}.fgb", started_by=cast["admin"])
    with django_assert_max_num_queries(10):
        assert admin.get(HERE).status_code == 200
    assert 'href="/en/imports/territories/"' in admin.get("/en/imports/").content.decode()
