"""Collected static files: every module finds the modules that it imports, under their hashed names."""

import re

import pytest
from django.conf import settings as configured
from django.contrib.staticfiles.storage import staticfiles_storage, storages
from django.core.management import call_command
from django.utils.functional import empty

pytestmark = pytest.mark.xdist_group("static files")

HASHED = re.compile(r"\.[0-9a-f]{12}\.")
# `import … from './x.js'`, `import './x.js'`, `export … from './x.js'` and `import('./x.js')`.
IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b[^'";]*?['"](\.{1,2}/[^'"]+)['"]|\bimport\(\s*['"](\.{1,2}/[^'"]+)['"]""", re.M
)
# What the storage does not follow, because it looks for the semicolon.
OPEN_ENDED = re.compile(r"""^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"][^'"]+['"]\s*$""", re.M)
KINDS = (
    "css",
    "html",
    "js",
    "json",
    "map",
    "md",
    "mjs",
    "svg",
    "topojson",
    "txt",
    "xml",
    "ico",
    "png",
    "woff2",
)
SCRIPTS = sorted((configured.BASE_DIR / "static" / "js").rglob("*.js"))


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Folder and names of what collectstatic gives under production's storage."""
    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "geoportal.staticfiles.HashedStaticFilesStorage"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(configured, "STATIC_ROOT", folder)
        patch.setattr(configured, "STORAGES", {**configured.STORAGES, "staticfiles": storage})
        # Compressing would take most of the time and changes no name.
        patch.setattr(configured, "WHITENOISE_SKIP_COMPRESS_EXTENSIONS", KINDS, raising=False)
        forget()
        call_command("collectstatic", interactive=False, verbosity=0)
        names = staticfiles_storage.hashed_files
        yield folder, dict(names)
    forget()


def forget() -> None:
    """Let the storages be made anew from the settings."""
    staticfiles_storage._wrapped = empty
    storages._storages.clear()
    storages.__dict__.pop("backends", None)
    storages._backends = None


def test_every_module_has_a_hashed_name(collected):
    folder, names = collected
    for path in SCRIPTS:
        name = path.relative_to(configured.BASE_DIR / "static").as_posix()
        assert HASHED.search(names[name]), name
        assert (folder / names[name]).is_file()


def test_hashed_modules_import_hashed_modules_that_exist(collected):
    folder, names = collected
    followed = 0
    for name, hashed in names.items():
        if not name.startswith("js/") or not name.endswith(".js"):
            continue
        module = folder / hashed
        for found in IMPORTED.finditer(module.read_text(encoding="utf-8")):
            imported = found[1] or found[2]
            assert HASHED.search(imported), (name, imported)
            assert (module.parent / imported).resolve().is_file(), (name, imported)
            followed += 1
    assert followed > 20


def test_no_import_misses_its_semicolon():
    assert len(SCRIPTS) > 10
    for path in SCRIPTS:
        assert not OPEN_ENDED.search(path.read_text(encoding="utf-8")), path


def test_what_the_storage_cannot_follow_would_be_noticed():
    assert OPEN_ENDED.search("import { a } from './a.js'\n")
    assert not OPEN_ENDED.search("import { a } from './a.js';\n")
    assert [
        found[1] or found[2] for found in IMPORTED.finditer("import './a.js';\nawait import('../b.js')")
    ] == [
        "./a.js",
        "../b.js",
    ]
