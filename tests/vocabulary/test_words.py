"""The words everyone uses, as the migrations put them: ten themes, legal forms, licences."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from vocabulary import loading
from vocabulary.models import LegalForm, Licence, Theme
from vocabulary.names import LANGUAGES, in_language, validate_texts

pytestmark = pytest.mark.django_db
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FORMS = ("association", "cooperative", "mutual", "foundation")


def test_there_are_ten_themes_with_seventy_subthemes():
    roots = Theme.objects.roots()
    assert (roots.count(), Theme.objects.exclude(parent=None).count()) == (10, 70)
    assert [theme.order for theme in roots] == list(range(1, 11))
    assert all(theme.subthemes.exists() for theme in roots)
    # Two levels, no more.
    assert not Theme.objects.exclude(parent=None).exclude(parent__parent=None).exists()


def test_each_of_the_ten_has_an_icon_of_its_own():
    assert len({theme.icon for theme in Theme.objects.roots()} - {""}) == 10


@pytest.mark.parametrize("model", [Theme, LegalForm, Licence])
def test_everything_is_named_in_five_languages(model):
    rows = list(model.objects.all())
    assert rows
    for row in rows:
        assert set(LANGUAGES) <= {code for code, text in row.names.items() if text.strip()}, row


def test_no_two_themes_are_called_the_same():
    for language in LANGUAGES:
        names = [theme.names[language].casefold() for theme in Theme.objects.all()]
        assert len(names) == len(set(names)), language


@pytest.mark.parametrize("model", [Theme, LegalForm])
def test_slugs_are_plain_words_for_addresses(model):
    slugs = list(model.objects.values_list("slug", flat=True))
    assert [slug for slug in slugs if not SLUG.fullmatch(slug)] == []


def test_the_usual_legal_forms_are_there_and_national_ones_lie_under_them():
    assert set(FORMS) <= set(LegalForm.objects.generic().values_list("slug", flat=True))
    national = LegalForm.objects.exclude(parent=None)
    assert national.exists()
    assert not national.filter(country="").exists()
    assert not LegalForm.objects.generic().exclude(country="").exists()


def test_licences_of_open_data_are_there():
    assert {"CC0-1.0", "CC-BY-4.0", "ODbL-1.0"} <= set(Licence.objects.values_list("code", flat=True))


def test_loading_again_changes_nothing_and_keeps_what_people_changed():
    Theme.objects.filter(slug="co-housing").update(names={"fr": "Autrement"})
    models = (Theme, LegalForm, Licence)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    for load, model in zip((loading.load_themes, loading.load_legal_forms, loading.load_licences), models):
        load(model)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_a_parent_stands_for_what_lies_under_it():
    within = Theme.objects.within(["food-agriculture"])
    root = Theme.objects.get(slug="food-agriculture")
    assert {root, *root.subthemes.all()} == set(within)
    assert [theme.slug for theme in Theme.objects.within(["co-housing"])] == ["co-housing"]


def test_a_theme_with_subthemes_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        Theme.objects.roots()[0].delete()


def test_a_root_theme_without_icon_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="theme_root_has_icon"), transaction.atomic():
        Theme.objects.create(slug="eleventh", names={"fr": "Onzième"})


def test_slugs_are_unique():
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.create(slug="co-housing", parent=Theme.objects.roots()[0], names={"fr": "Encore"})


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        ({"fr": "pain", "en": "bread", "de": "Brot"}, "de", "Brot"),
        ({"fr": "pain", "en": "bread"}, "it", "bread"),
        ({"fr": "pain", "en": ""}, "it", "pain"),
        ({"pl": "chleb"}, "it", "chleb"),
        ({"en": "bread"}, "en-gb", "bread"),
        ({}, "fr", ""),
    ],
)
def test_a_name_is_shown_in_the_nearest_language(texts, language, shown):
    with translation.override(language):
        assert in_language(texts) == shown
    assert in_language(texts, language) == shown


def test_a_theme_without_a_short_name_is_called_by_its_name():
    assert Theme(names={"fr": "Logement"}).short_name == "Logement"
    assert Theme(names={"fr": "Logement"}, short_names={"fr": "Toit"}).short_name == "Toit"


@pytest.mark.parametrize("value", [["pain"], "pain", {"fr": 1}, {"french": "pain"}, {1: "pain"}])
def test_texts_are_an_object_of_language_to_text(value):
    with pytest.raises(ValidationError):
        validate_texts(value)


def test_themes_are_read_without_a_query_for_each(django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert [str(theme) for theme in Theme.objects.roots()]
