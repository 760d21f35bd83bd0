"""What runs say of files and rows, in the language of whoever reads it."""

from pathlib import Path

import pytest
from django.core import mail
from django.utils import translation

from importers import actions, regular
from importers.errors import BadFileError, TooMuchError
from importers.models import ImportRun, ImportSource
from importers.phrases import Phrase, kept, phrase, said
from importers.shares import MUCH_GONE

from .conftest import handed_in, upload

LONGER = "expected at most %(most)s characters, came %(came)s"
ROWS = (
    "nom;lat;lon;thème;téléphone;courriel\n"
    "Le Four;45.76;4.83;repair café;04 78 00 00 01;fournil\n"
    "La Remise;;;repair café;;\n"
    "Le Jardin;45.77;4.84;truc bizarre;;\n"
)


def test_a_phrase_is_english_until_somebody_reads_it():
    longer = phrase(LONGER, most=1_000, came=12_345)
    assert str(longer) == "expected at most 1,000 characters, came 12,345"
    with translation.override("de"):
        assert str(longer) == "expected at most 1,000 characters, came 12,345"
        assert longer.said() == "erwartet: höchstens 1.000 Zeichen, gekommen sind 12.345"


def test_what_a_source_says_is_never_translated():
    number = phrase("expected a number, came “%(came)s”", came="no name")
    with translation.override("es"):
        assert number.said() == "se esperaba un número, llegó «no name»"


def test_a_phrase_within_a_phrase_is_translated_as_well():
    much = TooMuchError(MUCH_GONE, 60, 100, 50).phrase
    error = BadFileError(
        Path("/srv/secret/a.csv"), phrase("the encoding %(encoding)s", encoding="x"), "an empty file"
    )
    with translation.override("it"):
        assert said(kept(much)).startswith("60 schede su 100 non ci sono più (60%)")
        assert said(kept(error.phrase)) == "a.csv: codifica x; atteso: file vuoto"


def test_what_is_kept_can_be_stored_and_is_no_longer_than_its_place():
    words = kept(phrase("expected a number, came “%(came)s”", came="\x00\ud800" + "a" * 1_000))
    assert words["values"]["came"].startswith("?a")
    assert len(words["values"]["came"]) == 300


@pytest.mark.parametrize("text", ["100 % of it", "", "a %(name)s of somebody"])
def test_plain_text_stands_as_it_is(text):
    assert str(Phrase(text)) == Phrase(text).said() == said(text) == said(kept(text)) == text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("pas de position", "attendu : un numéro de téléphone", "<td>Téléphone</td>", "lu en utf-8")),
        ("es", ("sin posición", "se esperaba un número de teléfono", "<td>Teléfono</td>", "leído en utf-8")),
        ("de", ("keine Position", "erwartet: eine Telefonnummer", "<td>Telefon</td>", "gelesen als utf-8")),
        ("it", ("nessuna posizione", "atteso: un numero di telefono", "<td>Telefono</td>", "letto in utf-8")),
    ],
)
def test_the_page_of_a_run_says_reasons_in_its_language(steward, network, language, words):
    run = handed_in(steward, network, file=upload(ROWS, "lieux.csv"))
    page = steward.get(f"/{language}/imports/{run.pk}/").content.decode().replace("\xa0", " ")
    for word in words:
        assert word in page
    for english in ("no position", "expected ", "read as"):
        assert english not in page


@pytest.mark.django_db
def test_the_table_of_issues_says_them_too(steward, network):
    run = handed_in(steward, network, file=upload(ROWS, "lieux.csv"))
    lines = b"".join(steward.get(f"/fr/imports/{run.pk}/issues.csv")).decode().splitlines()
    assert lines[0] == "\ufeffrow,level,field,value,message"
    assert "2,refused,position,,pas de position" in lines


@pytest.mark.django_db
def test_a_file_that_fails_is_told_in_the_language_of_the_page(steward, network):
    steward.post("/en/imports/new/", {"network": network.pk, "file": upload("PK nothing", "a.csv")})
    run = ImportRun.objects.get()
    actions.look(run.pk)
    page = steward.get(f"/fr/imports/{run.pk}/").content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "une seule colonne ; attendu : des colonnes séparées" in page


@pytest.mark.django_db
def test_a_letter_about_a_failure_speaks_the_language_of_its_reader(cast, network):
    cast["steward"].language = "fr"
    cast["steward"].save()
    source = ImportSource.objects.create(network=network, address="https://127.0.0.1/a.csv")
    source.people.add(cast["steward"])
    regular.read(source)
    assert "adresse que le site n’interroge pas" in mail.outbox[-1].body
