"""Message catalogs: read, compiled, and checked against the code."""

import os
import shutil
import subprocess

import pytest

from launcher import catalog, messages, translations
from launcher.errors import Trouble
from launcher.paths import HERE

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not here")


def test_every_part_of_a_message_is_read():
    found = catalog.read(
        HEADER
        + '\n#: a.py\nmsgctxt "map"\nmsgid ""\n"two "\n"lines\\n"\nmsgstr ""\n"zwei "\n"Zeilen\\n"\n'
        + '\n#, fuzzy, python-format\nmsgid "%(n)s mark"\nmsgid_plural "%(n)s marks"\nmsgstr[0] "x"\nmsgstr[1] ""\n'
        + '\n#~ msgid "old"\n#~ msgstr "alt"\n'
    )
    assert [entry.key for entry in found] == [("map", "two lines\n"), ("", "%(n)s mark")]
    assert found[0].translations == ("zwei Zeilen\n",)
    assert [(entry.fuzzy, entry.is_translated) for entry in found] == [(False, True), (True, False)]


def faults(tmp_path, old, new):
    """The faults of one catalog against its refreshed self."""
    for name, text in (("old.po", old), ("new.po", new)):
        if text is not None:
            (tmp_path / name).write_text(text)
    return translations._faults_of(tmp_path / "old.po", tmp_path / "new.po", "fr")


def message(text, translation, flag=""):
    """One entry."""
    return f'\n{flag}msgid "{text}"\nmsgstr "{translation}"\n'


@needs_gettext
def test_what_is_missing_untranslated_fuzzy_or_wrong_is_told(tmp_path):
    done, odd = message("a", "b"), message("%(n)s a", "%(m)s b", "#, python-format\n")
    new = HEADER + done + message("c", "") + message("d", "e", "#, fuzzy\n") + message("f", "") + odd
    old = HEADER + done + message("c", "") + message("d", "e", "#, fuzzy\n") + odd
    said = faults(tmp_path, old, new)
    assert said[:3] == [
        "fr: 1 missing (`make messages` adds them): “f”",
        "fr: 1 untranslated: “c”",
        "fr: 1 fuzzy: “d”",
    ]
    assert "format" in " ".join(said[3:])


@needs_gettext
def test_a_complete_catalog_has_no_faults_and_obsolete_messages_do_no_harm(tmp_path):
    whole = HEADER + message("a", "b")
    assert faults(tmp_path, whole + message("gone", ""), whole) == []


def test_a_missing_catalog_is_one_fault(tmp_path):
    assert faults(tmp_path, None, HEADER) == ["fr is missing: `make messages` makes it"]
    assert translations._faults_of(tmp_path / "none", tmp_path / "none", "fr") == []


@needs_gettext
def test_a_catalog_is_compiled_when_its_text_is_newer(checkout):
    text = checkout.root / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    text.parent.mkdir(parents=True)
    text.write_text(HEADER + message("a", "b"))
    messages.ensure(checkout)
    compiled = text.with_suffix(".mo")
    first = compiled.stat().st_mtime_ns
    messages.ensure(checkout)
    assert compiled.stat().st_mtime_ns == first
    os.utime(text, (compiled.stat().st_mtime + 5,) * 2)
    messages.ensure(checkout)
    assert compiled.stat().st_mtime_ns != first
    assert {path.suffix for path in text.parent.iterdir()} == {".po", ".mo"}


@needs_gettext
def test_a_broken_catalog_is_refused_and_the_old_one_stays(checkout, capsys):
    text = checkout.root / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    text.parent.mkdir(parents=True)
    text.write_text('msgid "a\n')
    with pytest.raises(Trouble, match="msgfmt refuses locale/fr"):
        messages.ensure(checkout)
    assert [path.name for path in text.parent.iterdir()] == ["django.po"]


@needs_gettext
@pytest.mark.skipif(not HERE.python.exists(), reason="no .venv")
def test_extraction_finds_python_templates_and_scripts_and_is_stable(tmp_path):
    translations._copy_sources(HERE.root, tmp_path)
    shutil.rmtree(tmp_path / "locale", ignore_errors=True)
    (tmp_path / "geoportal" / "one.py").write_text(
        "from django.utils.translation import pgettext\npgettext('room', 'From Python')\n"
    )
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "templates" / "one.html").write_text("{% translate 'From a template' %}")
    (tmp_path / "templates" / "one.txt").write_text("{% translate 'From a mail' %}")
    (tmp_path / "static" / "js" / "deep").mkdir(parents=True, exist_ok=True)
    (tmp_path / "static" / "js" / "deep" / "one.js").write_text(
        "gettext('From a script'); ngettext('%s a', '%s b', 2)\n"
    )
    first = extract(tmp_path)
    entries = {entry.key: entry for entry in catalog.read(first["es/LC_MESSAGES/django.po"])}
    assert {("room", "From Python"), ("", "From a template"), ("", "From a mail")} <= set(entries)
    scripts = {entry.text: entry for entry in catalog.read(first["es/LC_MESSAGES/djangojs.po"])}
    assert len(scripts["%s a"].translations) == 3
    english = {entry.text: entry for entry in catalog.read(first["en/LC_MESSAGES/djangojs.po"])}
    assert english["From a script"].translations == ("From a script",)
    assert not any("Date" in text.partition("\n\n")[0] for text in first.values())
    assert extract(tmp_path) == first
    assert not list(tmp_path.rglob("*.pot")) + list(tmp_path.rglob("*.html.py"))


def extract(folder):
    """Every catalog after an extraction."""
    subprocess.run(
        [HERE.python, "-W", "ignore", "-m", "django", "makemessages"],
        cwd=folder,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "geoportal.settings.dev"},
        capture_output=True,
        check=True,
    )
    return {
        str(path.relative_to(folder / "locale")): path.read_text()
        for path in sorted(folder.rglob("locale/*/*/*.po"))
    }
