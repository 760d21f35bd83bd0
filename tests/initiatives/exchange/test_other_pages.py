"""Offers and needs on the pages of initiatives, collectives and members."""

import pytest
from django.utils import timezone

from community.members.enums import Visibility
from tests.factories import ExchangeFactory, MemberFactory
from vocabulary.exchange import Kind

pytestmark = pytest.mark.django_db


def test_the_page_of_an_initiative_shows_its_open_ones(client, cast, bakery):
    ExchangeFactory(title="A trailer", initiative=bakery)
    ExchangeFactory(title="Long gone", initiative=bakery, status="expired", ended_at=timezone.now())
    where = f"/en/initiatives/{bakery.slug}/"
    page = client.get(where).content.decode()
    assert "A trailer" in page
    assert "Long gone" not in page
    assert "publish/?initiative=" not in page
    assert "A trailer" in client.get(f"{where}card/").content.decode()
    client.force_login(cast["facilitator"])
    assert f"/en/exchange/publish/?initiative={bakery.slug}" in client.get(where).content.decode()


def test_the_page_of_a_collective_shows_its_open_ones(client, cast):
    collective = cast["facilitator"].collective_memberships.get().collective
    ExchangeFactory(title="A kitchen", collective=collective)
    where = f"/en/collectives/{collective.slug}/"
    assert "A kitchen" in client.get(where).content.decode()
    client.force_login(cast["facilitator"])
    assert f"publish/?collective={collective.slug}" in client.get(where).content.decode()


def test_a_profile_shows_them_to_whoever_knows_the_name(client, bakery):
    member = MemberFactory(
        public_name="Open One", public_name_seen_by=Visibility.MEMBERS, introduction="Hello"
    )
    member.introduction_seen_by = Visibility.EVERYONE
    member.save()
    ExchangeFactory(title="Grafting", author=member)
    ExchangeFactory(title="Of the bakery", author=member, initiative=bakery)
    where = f"/en/members/{member.uuid}/"
    assert "Grafting" not in client.get(where).content.decode()
    client.force_login(MemberFactory())
    page = client.get(where).content.decode()
    assert "Grafting" in page
    assert "Of the bakery" not in page


def test_more_than_a_few_are_not_listed_on_other_pages(client, bakery):
    for number in range(9):
        ExchangeFactory(title=f"Offer {number}", initiative=bakery, kind=Kind.OFFER)
    answer = client.get(f"/en/initiatives/{bakery.slug}/")
    assert len(answer.context["exchanges"].exchanges) == 6
    assert answer.context["exchanges"].is_more
