"""The source that the site hands out: all that is needed to run it, nothing that is private."""

import io
import tarfile

import pytest
from django.conf import settings

from geoportal import source

pytestmark = pytest.mark.xdist_group("source")


def packed(root) -> tarfile.TarFile:
    """The archive of a folder, opened."""
    return tarfile.open(fileobj=io.BytesIO(b"".join(source.archive(root))))


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Paths of the files in the archive of this checkout."""
    with packed(settings.BASE_DIR) as tar:
        return {entry.name.removeprefix("social-planet/") for entry in tar if entry.isfile()}


def test_everything_needed_to_run_it_is_there(names):
    needed = {"LICENSE", "Makefile", "README.md", "manage.py", "requirements.txt", "pyproject.toml"}
    assert needed <= names
    for room in ("geoportal/settings/base.py", "templates/base.html", "launcher/__main__.py"):
        assert room in names
    assert any(name.startswith("initiatives/migrations/") for name in names)
    assert any(name.startswith("fixtures/demo/") for name in names)


def test_every_committed_folder_is_in_the_list():
    listed = set(source.PARTS)
    apps = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    assert apps <= listed


def test_private_files_are_left_out(tmp_path):
    for name in (
        "var/demo-password",
        ".git/config",
        ".env",
        ".venv/bin/python",
        "db.sqlite3",
        "geoportal/.env",
        "geoportal/settings/.secret",
        "geoportal/__pycache__/urls.pyc",
        "geoportal/.hidden/token",
        "geoportal/urls.py",
        "locale/fr/django.mo",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("secret")
    with packed(tmp_path) as tar:
        assert [entry.name for entry in tar if entry.isfile()] == ["social-planet/geoportal/urls.py"]


def test_nothing_tells_who_packed_it_or_leads_out(names):
    with packed(settings.BASE_DIR) as tar:
        for entry in tar:
            assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "", "")
            assert entry.isfile() or entry.isdir(), entry.name
            assert not entry.name.startswith("/")
            assert ".." not in entry.name.split("/")


def test_a_visitor_takes_it_as_a_file(client):
    answer = client.get("/source/")
    assert answer["Content-Type"] == "application/gzip"
    assert answer["Content-Disposition"] == 'attachment; filename="social-planet.tar.gz"'
    assert next(iter(answer.streaming_content))[:2] == b"\x1f\x8b"
