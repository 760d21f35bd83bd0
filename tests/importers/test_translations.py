"""Texts in further languages: what our own files bring along, what changes, what people keep, what comes back."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from importers.models import ImportRun
from importers.translating import translations_of
from initiatives import actions
from initiatives.models import Initiative
from tests.factories import MemberFactory

from .conftest import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(client, bakery, tmp_path):
    """Writes the export of one initiative with other translations, after the initiative itself is gone."""
    bakery.translations.create(language="de", name="Backstube", summary="Brot.")
    bakery.translations.create(language="it", summary="Pane.")
    text = b"".join(client.get("/exports/initiatives.csv").streaming_content).decode("utf-8-sig")
    Initiative.objects.all().delete()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))

    def write(translations: str | None = None):
        path = tmp_path / "ours.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, row)
            writer.writeheader()
            writer.writerow(row if translations is None else {**row, "translations": translations})
        return path

    return write


def texts() -> dict[str, tuple[str, str, str]]:
    """By language, of the one initiative that is there."""
    rows = Initiative.objects.get().translations.all()
    return {row.language: (row.name, row.summary, row.description) for row in rows}


BEFORE = {"de": ("Backstube", "Brot.", ""), "it": ("", "Pane.", "")}
OTHER = json.dumps({"de": {"name": "Bäckerei"}, "es": {"summary": "Pan."}})


def test_they_come_change_and_are_put_back(run, ours):
    run(ours(), write=True)
    assert texts() == BEFORE
    assert counts(run(ours(), write=True)) == (0, 0, 1, 0, 0)
    assert counts(run(ours(OTHER), write=True)) == (0, 1, 0, 0, 0)
    assert texts() == {"de": ("Bäckerei", "", ""), "es": ("", "Pan.", "")}
    call_command("undo_import", ImportRun.objects.latest("pk").pk)
    assert texts() == BEFORE


def test_a_record_that_tells_none_takes_none_away(run, ours):
    run(ours(), write=True)
    run(ours(""), write=True)
    assert texts() == BEFORE


def test_what_people_translated_stays(run, ours):
    run(ours(), write=True)
    initiative = Initiative.objects.get()
    actions.revise(
        initiative,
        by=MemberFactory(is_superuser=True),
        values={"translations": [{"language": "de", "name": "Unsere Backstube"}]},
    )
    run(ours(OTHER), write=True)
    assert texts() == {"de": ("Unsere Backstube", "Brot.", "")}


@pytest.mark.parametrize("text", ["{", "[]", '{"de": "Brot"}', '{"de": {"name": 3}}', "Brot"])
def test_what_is_no_such_json_is_a_warning(run, ours, text):
    summary = run(ours(text), write=True)
    assert counts(summary) == (1, 0, 0, 0, 0)
    assert summary["warnings"] >= 1
    assert texts() == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"fr": {"name": "x"}}', None),
        ('{"de": {"name": " <b>Brot</b>\\u0000 ", "more": "x"}}', {"de": ["Brot", "", ""]}),
        ('{"deutsch": {"name": "x"}, "it": {"summary": "y"}}', {"it": ["", "y", ""]}),
        ('{"de": {"name": null}}', None),
        (json.dumps({"de": {"name": "x" * 300}}), {"de": ["x" * 199 + "…", "", ""]}),
    ],
)
def test_texts_are_cleaned_like_any_others(text, kept):
    found, missed = translations_of(text, "fr")
    read = found and {language: list(texts.values()) for language, texts in json.loads(found).items()}
    assert read == kept
    assert bool(missed) == ("deutsch" in text)
