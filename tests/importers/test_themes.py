"""What a value of a source means: singular and plural, lists, codes, words of names, and what is left alone."""

import pytest

from importers.activity_codes import division, says_codes
from importers.endings import keys
from importers.text import fold
from importers.themes import ThemeGuesser
from importers.words import themes
from vocabulary.values import SILENT, VALUES


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """All themes, read once."""
    with django_db_blocker.unblock():
        return themes()


@pytest.fixture(scope="module")
def guesser(known):
    """Who reads values, made once."""
    return ThemeGuesser(known)


def words_by_theme(known) -> list[tuple[str, str]]:
    """(folded word, slug) of names, synonyms and words of sources."""
    named = [(fold(word), theme.slug) for theme in known for word in theme.words()]
    return named + [(fold(word), slug) for slug, words in VALUES.items() for word in words]


def test_no_two_themes_meet_without_their_endings(known):
    silent = {fold(word) for word in SILENT}
    met: dict[str, set[str]] = {}
    for word, slug in words_by_theme(known):
        # Of those only the exact spelling counts.
        for key in keys(word.split()) if word not in silent else ():
            met.setdefault(key, set()).add(slug)
    assert {key: slugs for key, slugs in met.items() if len(slugs) > 1} == {}


def test_no_word_of_sources_contradicts_the_vocabulary(known):
    assert set(VALUES) == {theme.slug for theme in known}
    own = {fold(word): theme.slug for theme in known for word in (*theme.source_values, *theme.words())}
    wrong = {
        word: (slug, own[fold(word)])
        for slug, words in VALUES.items()
        for word in words
        if own.get(fold(word), slug) != slug
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Jardin partagé", "Jardins partagés"),
        ("Journal local", "Journaux locaux"),
        ("Community garden", "Community gardens"),
        ("Charity", "Charities"),
        ("Huerto urbano", "Huertos urbanos"),
        ("Taller de costura", "Talleres de costura"),
        ("Orto urbano", "Orti urbani"),
        ("Biblioteca", "Biblioteche"),
        ("Laboratorio", "Laboratori"),
        ("Wohnprojekt", "Wohnprojekte"),
        ("Regionalwährung", "Regionalwährungen"),
        ("Projekthaus", "Projekthäuser"),
        ("Repair café", "Repaircafés"),
        ("Education and training", "Education & training"),
    ],
)
def test_one_and_many_are_compared_as_the_same(one, many):
    assert {*keys(fold(one).split())} & {*keys(fold(many).split())}


@pytest.mark.parametrize(
    ("one", "other"), [("Santé", "Santa"), ("Réis", "Reisen"), ("Commune", "Comptoir"), ("Porte", "Portier")]
)
def test_other_words_stay_apart(one, other):
    assert not {*keys(fold(one).split())} & {*keys(fold(other).split())}


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("Jardins partagés", "community-gardens"),
        ("Circuits courts", "short-food-chains"),
        ("Orti urbani", "community-gardens"),
        ("Wohnprojekte", "co-housing"),
        ("Réparation", "repair-cafes"),
        ("Riparazione", "repair-cafes"),
        ("Déchets", "waste-composting"),
        ("Waste", "waste-composting"),
        ("Dorfladen", "cooperative-groceries"),
        ("Time banking", "time-banks"),
        ("Food production", "food-agriculture"),
    ],
)
def test_everyday_words_of_five_languages_are_known(guesser, value, slug):
    assert guesser.themes(value) == (slug,)


@pytest.mark.parametrize("value", ["Commune", "Association", "Entreprise", "Oui", "Autre", "10", "2024", "A"])
def test_what_is_no_theme_stays_unknown(guesser, value):
    assert guesser.themes(value) == ()


@pytest.mark.parametrize(
    ("value", "slugs", "unknown"),
    [
        ("Food, Unheard thing", ["food-agriculture"], ["Unheard thing"]),
        ("Unheard thing; Food", ["food-agriculture"], ["Unheard thing"]),
        ("Food & Unheard", ["food-agriculture"], ["Unheard"]),
        ("Children and families,Food", ["early-childhood", "food-agriculture"], []),
        ("1 - Food", ["food-agriculture"], []),
        ("Food (unheard)", ["food-agriculture"], ["unheard"]),
        ("Housing > Co-housing", ["housing-living-together", "co-housing"], []),
        ("Food and housing", ["food-agriculture", "housing-living-together"], []),
        ("Food and unheard", [], []),
        # Commas inside the name of a theme, and such a name in a list.
        ("Vrac, consigne et zéro déchet", ["zero-waste-bulk"], []),
        (
            "Housing, Sport, loisirs et tourisme solidaire",
            ["housing-living-together", "sport-social-tourism"],
            [],
        ),
        # Three letters of another language, and a sentence.
        ("Electricity, Gas, Steam", [], []),
        ("We meet each week in the old hall near the station, bring food", [], []),
    ],
)
def test_known_parts_of_a_list_count(guesser, value, slugs, unknown):
    reading = guesser.read(value)
    assert (list(reading.slugs), list(reading.unknown)) == (slugs, unknown)


def test_what_a_person_said_of_a_value_holds_within_lists(known):
    guesser = ThemeGuesser(known, {"Unheard thing": "co-housing", "Misc": ""})
    assert guesser.read("Food, unheard thing") == (("food-agriculture", "co-housing"), ())
    assert guesser.read("Food, misc") == (("food-agriculture",), ())


@pytest.mark.parametrize(
    ("text", "clearly", "where_said"),
    [
        ("94.99Z", "94", "94"),
        ("9499Z", "94", "94"),
        ("47.11", "47", "47"),
        ("NACE 38.1", "38", "38"),
        ("ATECO 2007: 94.99.20", "94", "94"),
        ("WZ08-88", "88", "88"),
        ("Q88.99", "88", "88"),
        ("35", "", "35"),
        ("88990", "", "88"),
        ("88.99B Action sociale", "", "88"),
        ("AMAP 35", "", ""),
        ("Salle 38", "", ""),
        ("12.5", "", "12"),
    ],
)
def test_numbers_are_codes_where_it_is_said_or_plain(text, clearly, where_said):
    assert division(text, is_said=False) == clearly
    assert division(text, is_said=True) == where_said


@pytest.mark.parametrize(
    ("header", "is_so"),
    [("Code NAF", True), ("APE", True), ("WZ2008", True), ("id_categorie", False), ("categories.id", False)],
)
def test_headers_say_whether_codes_stand_below(header, is_so):
    assert says_codes(header) is is_so


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Les jardins partagés du Nord", ["community-gardens"]),
        ("Repair Café Mitte", ["repair-cafes"]),
        ("Radio 93", []),
        ("AMAP 35", []),
        ("Médiathèque du Val d’Argent", []),
        ("Epsom Technology College", []),
        ("Atelier Ré-emploi", ["reuse-repair-circular"]),
        # Not across what parts a name.
        ("The Food – Bank Street", []),
        # A subtheme before a theme.
        ("Culture et repair café", ["repair-cafes", "education-culture-media"]),
    ],
)
def test_few_words_of_a_name_tell_a_theme(guesser, name, slugs):
    assert list(guesser.of_words(name)) == slugs


@pytest.mark.parametrize(
    ("header", "slug"),
    [
        ("Énergie", "energy-environment"),
        ("Finanza etica", "ethical-finance"),
        ("Réemploi / déchets", "reuse-repair-circular"),
        ("Culture, xyz", ""),
        ("Café", "community-kitchens-cafes"),
        ("wheelchair", ""),
        ("Adhérent", ""),
    ],
)
def test_headers_name_themes_as_a_whole(guesser, header, slug):
    assert guesser.of_header(header) == slug
