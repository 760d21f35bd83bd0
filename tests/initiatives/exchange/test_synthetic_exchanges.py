"""Offers and needs in any number, to measure with."""

import pytest
from django.core.management import CommandError, call_command

from initiatives.models import Exchange, ExchangeKey, ExchangeWords
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def test_the_command_makes_open_ones_with_their_words_counted(capsys):
    PlaceFactory()
    call_command("seed_synthetic", exchanges=48)
    assert "offers and needs: 48 added" in capsys.readouterr().out
    assert Exchange.objects.shown().count() == ExchangeWords.objects.count() == 48
    assert {(kind, count) for kind, count in _kinds()} == {("need", 24), ("offer", 24)}
    assert ExchangeKey.objects.exists()


def _kinds() -> list[tuple[str, int]]:
    return [(kind, Exchange.objects.filter(kind=kind).count()) for kind in ("need", "offer")]


def test_a_seed_is_used_once_and_towns_are_needed():
    with pytest.raises(CommandError, match="no towns yet"):
        call_command("seed_synthetic", exchanges=2)
    PlaceFactory()
    call_command("seed_synthetic", exchanges=2)
    with pytest.raises(CommandError, match="Seed 1 was used already"):
        call_command("seed_synthetic", exchanges=2)
