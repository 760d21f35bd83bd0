"""The lexicon: words of published initiatives, counted by set, anew only when something was written."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from geoportal import tasks
from initiatives import actions
from initiatives.models import Word
from initiatives.searching import lexicon
from tests.factories import InitiativeFactory, MemberFactory

pytestmark = pytest.mark.django_db


def uses() -> dict[str, int]:
    """Words with how many use them."""
    return dict(Word.objects.values_list("word", "uses"))


def test_words_of_published_initiatives_are_counted_folded():
    InitiativeFactory(name="Épicerie du Marché", locality="Besançon", tags=["vélo"], published=True)
    InitiativeFactory(name="Épicerie", summary="Une épicerie, l'épicerie", published=True)
    InitiativeFactory(name="Brouillon caché")
    lexicon.rebuild()
    counted = uses()
    assert counted["epicerie"] == 2
    assert {"marche", "besancon", "velo", "une"} <= counted.keys()
    assert not {"brouillon", "cache"} & counted.keys()


def test_numbers_single_letters_and_endless_words_are_no_words():
    InitiativeFactory(name=f"Atelier 12345 x {'a' * 41} 3d", published=True)
    lexicon.rebuild()
    assert uses().keys() == {"atelier", "3d"}


def test_a_second_count_touches_nothing():
    InitiativeFactory(name="Atelier", published=True)
    assert lexicon.rebuild() == (1, 1)
    assert lexicon.rebuild() == (1, 0)


def test_a_word_is_spelt_as_the_oldest_with_a_position_writes_it():
    InitiativeFactory(name="Epicerie", position=None, has_no_position=True, published=True)
    oldest = InitiativeFactory(name="Une ÉPICERIE", published=True)
    InitiativeFactory(name="Épicèrie", published=True)
    lexicon.rebuild()
    word = Word.objects.get(word="epicerie")
    assert (word.spelling, word.example) == ("épicerie", oldest.pk)
    actions.revise(oldest, by=None, values={"name": "Une Epicerie"})
    lexicon.rebuild()
    assert Word.objects.get(word="epicerie").spelling == "epicerie"


def test_what_is_gone_goes_from_the_lexicon():
    kept = InitiativeFactory(name="Atelier du Pont", published=True)
    gone = InitiativeFactory(name="Atelier du Port", published=True)
    lexicon.rebuild()
    actions.archive(gone, by=None)
    actions.revise(kept, by=None, values={"name": "Atelier du Puits"})
    lexicon.rebuild()
    assert uses() == {"atelier": 1, "du": 1, "puits": 1}


def test_a_place_told_to_the_region_only_is_not_in_the_lexicon():
    InitiativeFactory(name="Refuge", locality="Secretville", precision="region", published=True)
    lexicon.rebuild()
    assert uses() == {"refuge": 1}


def test_the_command_tells_how_many_words_there_are(capsys):
    InitiativeFactory(name="Atelier du Pont", published=True)
    call_command("build_lexicon")
    assert capsys.readouterr().out == "words: 3, 3 added, changed or gone\n"


def test_by_the_clock_it_counts_only_what_was_written(monkeypatch):
    written = [1]
    counted = []
    monkeypatch.setattr(lexicon, "written", lambda _table: written[-1])
    monkeypatch.setattr(lexicon, "rebuild", lambda: counted.append(written[-1]))
    cache.clear()
    for _time in range(3):
        tasks.refresh_lexicon(0)
    assert len(counted) == 1
    written.append(2)
    tasks.refresh_lexicon(0)
    assert len(counted) == 2


def test_the_administration_shows_words_and_changes_none(client):
    InitiativeFactory(name="Atelier", published=True)
    lexicon.rebuild()
    client.force_login(MemberFactory(is_superuser=True, is_staff=True))
    assert "atelier" in client.get("/admin/initiatives/word/?q=atel").content.decode()
    assert client.get("/admin/initiatives/word/add/").status_code == 403
    assert client.post(f"/admin/initiatives/word/{Word.objects.get().pk}/delete/").status_code == 403


def test_beginnings_and_likeness_have_their_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'initiatives_word'")
        indexes = " ".join(row[0] for row in cursor.fetchall())
    assert "text_pattern_ops" in indexes
    assert "gin_trgm_ops" in indexes
