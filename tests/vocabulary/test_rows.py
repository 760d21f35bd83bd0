"""How many rows the site starts with, where their icons are, and what a field of texts refuses."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from vocabulary import loading
from vocabulary.models import LegalForm, Licence, Theme
from vocabulary.names import in_order

pytestmark = pytest.mark.django_db

ICONS = settings.BASE_DIR / "static" / "img" / "icons.svg"


def test_icons_of_the_ten_themes_are_in_the_sheet():
    sheet = ICONS.read_text(encoding="utf-8")
    assert [theme.slug for theme in Theme.objects.roots() if f'id="{theme.icon}"' not in sheet] == []


def test_there_are_nine_legal_forms_and_their_national_ones():
    generic = LegalForm.objects.generic()
    national = LegalForm.objects.exclude(parent=None).select_related("parent")
    assert (generic.count(), national.count()) == (9, 133)
    for form in national:
        assert form.parent in generic, form.slug
        assert len(form.country) == 2, form.slug
        assert form.country.isupper(), form.slug
        assert form in LegalForm.objects.within([form.parent.slug])


def test_every_theme_is_explained_so_that_each_language_has_something_to_show():
    for theme in Theme.objects.all():
        # The other languages fall back to these two.
        assert {code for code in ("fr", "en") if theme.definition.get(code, "").strip()} == {"fr", "en"}, (
            theme
        )
        with translation.override("de"):
            assert theme.about


@pytest.mark.parametrize("model", [Theme, LegalForm, Licence])
def test_every_row_can_be_saved_again_in_the_administration(model):
    for row in model.objects.all():
        row.full_clean()


def test_edited_names_stay_when_loaded_again():
    LegalForm.objects.filter(slug="it-coop-sociale").update(names={"it": "Coop sociale"})
    Licence.objects.filter(code="CC0-1.0").update(names={"en": "Nobody's"})
    loading.load_legal_forms(LegalForm)
    loading.load_licences(Licence)
    assert LegalForm.objects.get(slug="it-coop-sociale").names == {"it": "Coop sociale"}
    assert Licence.objects.get(code="CC0-1.0").names == {"en": "Nobody's"}


def test_what_was_deleted_comes_back_under_its_parent():
    Theme.objects.get(slug="co-housing").delete()
    loading.load_themes(Theme)
    assert Theme.objects.get(slug="co-housing").parent.slug == "housing-living-together"


@pytest.mark.parametrize(
    "rubbish", ["Pain", ["Pain"], 7, {"fr": 7}, {"fr": None}, {"f": "Pain"}, {"fr": ["Pain"]}]
)
def test_a_theme_refuses_rubbish_for_a_name(rubbish):
    with pytest.raises(ValidationError) as refused:
        Theme(slug="new", icon="leaf", names=rubbish).clean_fields()
    assert list(refused.value.message_dict) == ["names"]


def test_a_theme_takes_names_in_further_languages():
    Theme(slug="new", icon="leaf", names={"fr": "Pain", "oci": "Pan"}).clean_fields()


def test_a_theme_needs_a_name():
    with pytest.raises(ValidationError):
        Theme(slug="new", icon="leaf", names={}).clean_fields()


def test_accents_are_sorted_with_their_letter():
    assert sorted(["Zoo", "éclair", "Eau", "École"], key=in_order) == ["Eau", "éclair", "École", "Zoo"]
