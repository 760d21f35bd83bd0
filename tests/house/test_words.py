"""Words: of models through gettext, of catalogues complete, of machines none."""

import os
import re
import shutil
import subprocess

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.utils.functional import Promise

from .files import ROOMS, ROOT, TEXT, none, paths

LANGUAGES = ("fr", "en", "es", "de", "it")
# Put together here, so that this file itself stays clean.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me)/[\w.]",
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            r"(?:index|registry)-" + "url",
        ]
    ),
    re.I,
)


def models() -> list[type]:
    """Models of our rooms; versions kept by triggers have no page of their own."""
    every = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [model for model in every if not issubclass(model, pghistory.models.Event)]


def test_every_model_is_in_the_administration():
    assert len(models()) > 15
    none([model.__name__ for model in models() if not admin.site.is_registered(model)])


def test_every_model_has_names_that_can_be_translated():
    none(
        [
            model.__name__
            for model in models()
            if not isinstance(model._meta.verbose_name, Promise)
            or not isinstance(model._meta.verbose_name_plural, Promise)
        ]
    )


def test_every_field_has_a_name_that_can_be_translated():
    none(
        [
            f"{model.__name__}.{field.name}"
            for model in models()
            for field in model._meta.concrete_fields
            if not field.primary_key and not isinstance(field.verbose_name, Promise)
        ]
    )


def test_no_file_names_a_machine_or_where_packages_come_from():
    found = []
    for path in paths():
        if os.path.splitext(path)[1] in TEXT:  # noqa: PTH122
            content = (ROOT / path).read_text(encoding="utf-8", errors="replace")
            found += [f"{path}: {words}" for words in MACHINE.findall(content)]
    none(found)


# Forms of address that the site does not use: it says vous in French, Sie in German, tú and tu elsewhere.
OTHER_ADDRESS = {
    "fr": r"\b(?:tu|toi|ton|tes)\b",
    "es": r"\b(?:usted(?:es)?|vosotr[oa]s|vuestr[oa]s?)\b",
    "de": r"\b(?:du|dich|dir|deine?[mnrs]?|euch|euer|eure[mnrs]?)\b",
    "it": r"\b(?:voi|vostr[oaei])\b",
}


@pytest.mark.parametrize("language", OTHER_ADDRESS)
def test_every_catalogue_addresses_the_reader_in_one_way(language):
    other = re.compile(OTHER_ADDRESS[language], re.I)
    found = []
    for domain in ("django", "djangojs"):
        text = (ROOT / f"locale/{language}/LC_MESSAGES/{domain}.po").read_text(encoding="utf-8")
        ours = re.findall(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\n?)+)', text, re.M)
        found += [words for words in ours if other.search(words)]
    none(found)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not here")
@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_is_complete(language, domain):
    said = subprocess.run(
        ["msgfmt", "--statistics", "-o", os.devnull, f"locale/{language}/LC_MESSAGES/{domain}.po"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "LANGUAGE": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    assert re.search(r"^[1-9]\d* translated messages?\.$", said.strip()), said


# French puts a space before a colon: a sign glued to a word by a template is right in four languages only.
GLUED = re.compile(r"\{% translate [^%]* %\}[:;!?]")


def test_templates_glue_no_sign_to_a_translated_word():
    none(
        [
            f"{path.relative_to(ROOT)}:{number}"
            for path in sorted((ROOT / "templates").rglob("*.html"))
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if GLUED.search(line)
        ]
    )
