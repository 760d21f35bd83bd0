"""Pages of matches: for whom they are, what is sent, what is refused."""

import pytest
from django.urls import reverse

from initiatives.models import Exchange, ExchangeMatch
from tests.factories import MemberFactory
from tests.initiatives.exchange.fitting import need, offer

pytestmark = pytest.mark.django_db


def test_its_people_see_what_fits_with_reasons_and_others_do_not(client):
    one, other = need(), offer()
    address = f"/en/exchange/{one.pk}/"
    assert "What fits" not in client.get(address).content.decode()
    client.force_login(other.author)
    assert "What fits" not in client.get(address).content.decode()
    client.force_login(one.author)
    page = client.get(address).content.decode()
    for said in (
        "What fits",
        "Fahrradreparatur",
        "Words in common",
        "Not for us",
        f"/en/exchange/{other.pk}/#answer",
    ):
        assert said in page


def test_not_for_us_puts_it_aside_for_good(client):
    one, other = need(), offer()
    client.force_login(one.author)
    address = reverse("exchange:match_dismiss", args=[one.pk, other.pk])
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/exchange/{one.pk}/")
    assert "Fahrradreparatur" not in client.get(f"/en/exchange/{one.pk}/").content.decode()
    assert client.post(address, {"back": "matches"})["Location"] == reverse("exchange:matches")


def test_nobody_puts_aside_for_others_or_what_is_no_match(client):
    one, other = need(), offer()
    client.force_login(MemberFactory())
    assert client.post(reverse("exchange:match_dismiss", args=[one.pk, other.pk])).status_code == 403
    assert client.post(reverse("exchange:match_mails", args=[one.pk]), {"wanted": "no"}).status_code == 403
    client.force_login(one.author)
    assert client.post(reverse("exchange:match_dismiss", args=[one.pk, one.pk])).status_code == 403
    assert client.post(reverse("exchange:match_dismiss", args=[one.pk, 999_999])).status_code == 404
    assert not ExchangeMatch.objects.exists()


def test_mails_are_turned_off_and_on_beside_the_matches(client):
    one = need()
    client.force_login(one.author)
    for wanted in (False, True):
        client.post(reverse("exchange:match_mails", args=[one.pk]), {"wanted": "yes" if wanted else "no"})
        assert Exchange.objects.get(pk=one.pk).wants_matches is wanted


def test_all_of_mine_are_on_one_page_with_the_best_three(client, django_assert_max_num_queries):
    member = MemberFactory()
    for _number in range(3):
        need(author=member)
    for _number in range(4):
        offer()
    client.force_login(member)
    client.get("/en/exchange/matches/")
    # As many for three as for one.
    with django_assert_max_num_queries(18):
        page = client.get("/en/exchange/matches/").content.decode()
    assert page.count("Not for us") == 9


def test_who_has_published_nothing_is_told_how_to(client):
    client.force_login(MemberFactory())
    assert "You offer and look for nothing yet" in client.get("/en/exchange/matches/").content.decode()


def test_who_has_no_match_is_led_to_solutions(client):
    client.force_login(need().author)
    assert "/en/exchange/solutions/" in client.get("/en/exchange/matches/").content.decode()
