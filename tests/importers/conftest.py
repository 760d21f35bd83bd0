"""Files for imports, made where they are needed, and the two commands."""

import io
import json
from functools import partial
from pathlib import Path

import geopandas
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from shapely.geometry import box

from importers import actions
from importers.models import ImportRun
from initiatives.models import Initiative, Network
from tests.serving import public_server

from .pictures import Gallery, exported, written

HEADER = "id;name;lat;lon;theme;website"
ROWS = (
    "1;Le Fournil;45.76;4.83;habitat participatif;https://fournil.example.org",
    "2;La Remise;45.75;4.85;repair café;",
    "3;Le Jardin;45.74;4.86;jardin partagé;",
)


def table(*rows: str) -> str:
    """A small CSV text of initiatives in Lyon."""
    return "\n".join([HEADER, *rows]) + "\n"


BY_ID = (
    '[fields]\nname = "name"\n[position]\nlongitude = "lon"\nlatitude = "lat"\n[themes]\ncolumn = "theme"\n'
    '[identity]\nexternal_id = "id"\n'
)


@pytest.fixture
def write_file(tmp_path):
    """Writes text or bytes to a file of a name and gives its path."""

    def write(content: str | bytes, name: str = "initiatives.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def run(db):
    """Runs import_initiatives and gives its JSON summary."""

    def command(path: Path, network: str = "demo", **options) -> dict:
        out = io.StringIO()
        call_command("import_initiatives", str(path), network=network, json=True, stdout=out, **options)
        return json.loads(out.getvalue().splitlines()[-1])

    return command


@pytest.fixture
def three(write_file) -> Path:
    """A file of three good rows."""
    return write_file(table(*ROWS))


def counts(summary: dict) -> tuple[int, ...]:
    """(added, changed, unchanged, duplicates, refused), after checking that they add up."""
    names = ("added", "changed", "unchanged", "duplicates", "refused")
    numbers = tuple(summary[name] for name in names)
    assert summary["read"] == sum(numbers)
    return numbers


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    """Files and pictures of a test go with it."""
    settings.IMPORTS_ROOT = tmp_path / "imports"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def gallery(monkeypatch):
    """The address of a server that has pictures."""
    Gallery.asked.clear()
    Gallery.status = 503
    with public_server(Gallery, monkeypatch) as address:
        yield address


@pytest.fixture
def ours(client, bakery, tmp_path):
    """Writes an export of ours that names pictures, after the initiative itself is gone."""
    row = exported(client)
    Initiative.objects.all().delete()
    return partial(written, tmp_path / "ours.csv", row)


@pytest.fixture
def network(cast):
    """The one that the steward runs."""
    return Network.objects.get(stewards=cast["steward"])


@pytest.fixture
def steward(client, cast):
    """A browser, signed in as the steward."""
    client.force_login(cast["steward"])
    return client


def upload(text=None, name="lieux.csv"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, (text or table(*ROWS)).encode(), content_type="text/csv")


def handed_in(steward, network, **more):
    """The run of a file that was handed in and looked at."""
    answer = steward.post("/en/imports/new/", {"network": network.pk, "file": upload(), **more})
    assert answer.status_code == 302, answer.context["form"].errors
    run = ImportRun.objects.get()
    assert answer.url == f"/en/imports/{run.pk}/"
    actions.look(run.pk)
    run.refresh_from_db()
    return run


def decide(steward, run, verb, **more):
    """What the page says after a decision."""
    return steward.post(f"/en/imports/{run.pk}/decide/", {"verb": verb, **more}, follow=True)


@pytest.fixture
def boundaries(db):
    """Runs import_territories and gives what it printed."""

    def command(path, scheme="department", code_field="code", name_field="nom", write=True, **options) -> str:
        out = io.StringIO()
        call_command(
            "import_territories",
            str(path),
            scheme=scheme,
            code_field=code_field,
            name_field=name_field,
            write=write,
            stdout=out,
            **options,
        )
        return out.getvalue()

    return command


def frame(crs="EPSG:4326"):
    """Two neighbours east of Lyon, one with an accent in its name."""
    shapes = [box(4.5, 45.5, 5, 46), box(5, 45.5, 5.5, 46)]
    rows = geopandas.GeoDataFrame(
        {"code": ["69", "01"], "nom": ["Rhône", "Ain"]}, geometry=shapes, crs="EPSG:4326"
    )
    return rows.to_crs(crs)
