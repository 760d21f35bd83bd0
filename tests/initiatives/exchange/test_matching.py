"""What fits and what does not, why, and whose it is to see and to put aside."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from initiatives.enums import ExchangeStatus
from initiatives.exchange import matching
from initiatives.exchange.matching import actions, indexing, showing
from initiatives.exchange.matching.finding import matches_of
from initiatives.exchange.matching.lexicon import lexicon
from initiatives.exchange.matching.reading import read
from initiatives.models import Exchange, ExchangeKey, ExchangeMatch, ExchangeWords
from tests.factories import MemberFactory
from tests.initiatives.exchange.fitting import need, offer
from vocabulary.exchange import CATEGORIES, Kind
from vocabulary.ideas import IDEAS, SILENT
from vocabulary.models import Theme
from vocabulary.names import LANGUAGES

pytestmark = pytest.mark.django_db
ROMA = Point(12.4964, 41.9028, srid=4326)
NANTES = Point(-1.5536, 47.2184, srid=4326)


def found(exchange: Exchange) -> list[Exchange]:
    return [match.exchange for match in matches_of(exchange)]


# ── Words ───────────────────────────────────────────────────────────────────────────────────────
def test_every_idea_has_words_in_five_languages():
    assert len(IDEAS) > 250
    for idea in IDEAS.values():
        for language in LANGUAGES:
            assert all(word.strip() == word and word for word in idea.words[language]), idea.slug
    assert set(SILENT) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("fr", "Une remorque frigorifique pour nos paniers", {"trailer", "cold-storage", "vegetable-box"}),
        ("de", "Unsere Kühlanhänger und Lötstationen", {"trailer", "cold-storage", "soldering"}),
        # Compounds that no list has.
        ("de", "Gartenwerkzeugschrank", {"garden", "tool", "furniture"}),
        ("es", "Prestamos bicicletas de carga", {"loan", "bicycle", "cargo-bike"}),
        ("it", "Cerchiamo macchine da cucire", {"sewing-machine"}),
        ("en", "Drawing lots for a citizens’ assembly", {"sortition", "assembly"}),
        ("fr", "AMAP et circuits courts", {"*short-food-chains"}),
        # Names are the same everywhere.
        ("it", "Un server con Mastodon", {"server", "=mastodon"}),
        ("de", "Wer kennt Mastodon?", {"=mastodon"}),
        # Without accents.
        ("fr", "reparer des velos", {"repair", "bicycle"}),
    ],
)
def test_a_text_is_read_as_ideas_themes_and_names(language, text, keys):
    assert keys <= set(read(lexicon(), language, text).keys)


def test_words_that_say_nothing_and_numbers_are_left_out():
    assert read(lexicon(), "fr", "Nous cherchons une personne pour notre association, 25 h").keys == []


def test_sides_have_marks_of_their_own():
    marks = {indexing.side(kind, category) for kind in Kind for category in CATEGORIES}
    assert len(marks) == 2 * len(CATEGORIES)


def test_words_of_what_has_ended_are_dropped_and_those_of_a_new_vocabulary_read_anew():
    one, other = need(), offer()
    assert ExchangeWords.objects.count() == 2
    Exchange.objects.filter(pk=other.pk).update(status=ExchangeStatus.WITHDRAWN, ended_at=timezone.now())
    ExchangeWords.objects.filter(exchange=one).update(read_with="former", keys=[])
    third = need()
    ExchangeWords.objects.filter(exchange=third).delete()
    assert indexing.sweep() == 3
    assert {words.exchange_id for words in ExchangeWords.objects.exclude(keys=[])} == {one.pk, third.pk}
    assert indexing.sweep() == 0
    indexing.count()
    assert ExchangeKey.objects.get(key="nsk:bicycle").uses == 2


def test_a_theme_that_is_edited_changes_what_words_mean():
    Theme.objects.filter(slug="cycling").update(synonyms={"fr": ["petite reine"]})
    assert "*cycling" in read(lexicon(), "fr", "La petite reine").keys


# ── What fits ───────────────────────────────────────────────────────────────────────────────────
def test_a_need_finds_an_offer_in_another_language_and_the_other_way_round():
    one, other = need(), offer()
    assert found(one) == [other]
    assert found(other) == [one]


@pytest.mark.parametrize(
    "values",
    [
        {"category": "training"},
        {"kind": Kind.NEED},
        {"status": ExchangeStatus.EXPIRED, "ended_at": timezone.now()},
        {"position": ROMA, "radius_km": 10},
        {
            "title": "Chorleitung",
            "text": "Ich leite Chöre.",
            "theme": Theme(slug="x"),
        },
    ],
)
def test_what_is_something_else_over_or_out_of_reach_does_not_fit(values):
    if "theme" in values:
        values = {**values, "theme": Theme.objects.get(slug="arts-performance")}
    one = need()
    offer(**values)
    assert found(one) == []


def test_what_belongs_to_somebody_who_is_gone_does_not_fit():
    one = need()
    offer(author=MemberFactory(is_active=False))
    assert found(one) == []


def test_the_nearer_one_comes_first_and_of_two_alike_the_newer():
    one = need()
    now = timezone.now()
    far = offer(position=NANTES, published_at=now)
    old = offer(published_at=now - timedelta(days=2))
    new = offer(published_at=now)
    assert found(one)[:2] == [new, old]
    assert far not in found(one)[:2]
    assert found(one) == found(one)


def test_remote_on_both_sides_needs_no_nearness():
    one = need(remote=True)
    other = offer(position=ROMA, remote=True)
    assert found(one) == [other]


# ── Why ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("language", "word"), [("en", "bicycle"), ("fr", "vélo"), ("de", "fahrrad"), ("it", "bicicletta")]
)
def test_words_in_common_are_told_in_the_language_of_the_reader(language, word):
    one = need()
    offer()
    with translation.override(language):
        (match,) = showing.best_of(one, AnonymousUser())
    marks = {"fr": "«\u202f{}\u202f»", "en": "“{}”", "de": "„{}“", "it": "«{}»"}[language]
    assert any(marks.format(word) in reason for reason in match.why)


def test_reasons_say_category_place_theme_and_language():
    one = need(languages=["de"])
    offer()
    with translation.override("en"):
        (match,) = showing.best_of(one, AnonymousUser())
    assert match.why[0] == "Same category: Skill"
    assert "In the same town" in match.why
    assert any(reason.startswith("Same theme: ") for reason in match.why)
    assert any(reason.startswith("Language in common: German") for reason in match.why)


# ── Putting aside ───────────────────────────────────────────────────────────────────────────────
def test_what_was_put_aside_does_not_come_back_and_stays_on_the_other_list():
    one, other = need(), offer()
    actions.dismiss(one, other=other, by=one.author)
    actions.dismiss(one, other=other, by=one.author)
    assert ExchangeMatch.objects.get().dismissed_at
    assert found(one) == []
    assert found(other) == [one]
    matching.index([one.pk, other.pk])
    assert found(one) == []


def test_only_its_people_put_aside_or_choose_the_mails():
    one, other = need(), offer()
    for member in (MemberFactory(), other.author):
        with pytest.raises(PermissionDenied):
            actions.dismiss(one, other=other, by=member)
        with pytest.raises(PermissionDenied):
            actions.want_matches(one, wanted=False, by=member)
        with pytest.raises(PermissionDenied):
            actions.stop_letters(one.author, by=member)
    with pytest.raises(PermissionDenied):
        actions.dismiss(one, other=need(), by=one.author)
    actions.want_matches(one, wanted=False, by=one.author)
    one.refresh_from_db()
    assert not one.wants_matches
