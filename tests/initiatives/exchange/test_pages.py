"""The list, one of them, one's own; renewing and withdrawing; the parts of other pages."""

import re

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone, translation

from community.members.enums import Visibility
from initiatives.enums import ExchangeStatus
from initiatives.exchange import actions, filtering, links
from initiatives.models import Exchange
from tests.factories import CollectiveFactory, ExchangeFactory, InitiativeFactory, MemberFactory, PlaceFactory
from vocabulary.models import Theme

from .offering import EVERY, all_of, town

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    """Of the cards of the list."""
    assert answer.status_code == 200
    return [card.exchange.title for card in answer.context["cards"]]


def listed(client, query: str = "") -> list[str]:
    """What the list shows."""
    return titles(client.get(f"/en/exchange/{query}"))


@pytest.fixture
def some():
    """Three, of other kinds, places and themes."""
    PlaceFactory(name="Grenoble", position=Point(5.7245, 45.1885, srid=4326))
    town("Lyon")
    repair = Theme.objects.get(slug="repair-cafes")
    ExchangeFactory(title="Remorque à vélo", category="equipment", text="Pour le marché.", theme=repair)
    ExchangeFactory(
        title="A room",
        kind="need",
        category="space",
        locality="Grenoble",
        position=Point(5.7245, 45.1885, srid=4326),
    )
    ExchangeFactory(
        title="Advice", category="experience", remote=True, position=None, locality="", country=""
    )


# ── The list ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Advice", "A room", "Remorque à vélo"]),
        ("?kind=need", ["A room"]),
        ("?kind=offer", ["Advice", "Remorque à vélo"]),
        ("?category=equipment", ["Remorque à vélo"]),
        ("?theme=repair-cafes", ["Remorque à vélo"]),
        ("?theme=reuse-repair", ["Remorque à vélo"]),
        ("?remote=on", ["Advice"]),
        ("?q=VELO+remorque", ["Remorque à vélo"]),
        ("?q=marche", ["Remorque à vélo"]),
        ("?q=nothing", []),
        ("?near=grenoble", ["A room", "Remorque à vélo"]),
        ("?near=lyon", ["Remorque à vélo", "A room"]),
        ("?near=lyon&sort=newest", ["Advice", "A room", "Remorque à vélo"]),
        ("?near=lyon&km=50", ["Remorque à vélo"]),
        ("?near=lyon&km=100&kind=need", ["A room"]),
    ],
)
def test_the_list_is_narrowed_by_each_filter(client, some, query, expected):
    if "reuse-repair" in query:
        query = f"?theme={Theme.objects.get(slug='repair-cafes').parent.slug}"
    assert listed(client, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "?kind=gift",
        "?category=weapons",
        "?theme=nothing",
        "?near=Nowhere+at+all",
        "?km=10",
        "?km=7&near=lyon",
        "?sort=nearest",
        "?sort=worst",
        "?q=" + "x" * 101,
    ],
)
def test_a_filter_that_cannot_be_used_is_told(client, some, query):
    answer = client.get(f"/en/exchange/{query}")
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert "notice--error" in answer.content.decode() or "field__error" in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
def test_any_number_of_a_page_gives_a_page(client, some, number):
    assert len(listed(client, f"?page={number}")) == 3


@pytest.mark.parametrize("status", ["settled", "expired", "withdrawn", "removed"])
def test_what_has_ended_is_in_no_list_and_has_no_page(client, status):
    ended = ExchangeFactory(status=status, ended_at=timezone.now())
    assert listed(client) == []
    assert client.get(f"/en/exchange/{ended.pk}/").status_code == 404
    client.force_login(MemberFactory())
    assert client.get(f"/en/exchange/{ended.pk}/").status_code == 404
    client.force_login(ended.author)
    assert client.get(f"/en/exchange/{ended.pk}/").status_code == 200


@pytest.mark.parametrize("of", ["initiative", "collective", "author"])
def test_what_belongs_to_somebody_hidden_is_hidden(client, of):
    hidden = {
        "initiative": lambda: {"initiative": InitiativeFactory()},
        "collective": lambda: {"collective": CollectiveFactory(status="draft")},
        "author": lambda: {"author": MemberFactory(is_active=False)},
    }[of]()
    made = ExchangeFactory(**hidden)
    assert listed(client) == []
    assert client.get(f"/en/exchange/{made.pk}/").status_code == 404


def test_many_are_counted_up_to_a_number(client, monkeypatch):
    monkeypatch.setattr(filtering, "MOST_COUNTED", 3)
    monkeypatch.setattr(filtering, "A_PAGE", 2)
    for number in range(5):
        ExchangeFactory(title=f"Offer {number}")
    answer = client.get("/en/exchange/")
    assert "More than 3" in answer.content.decode()
    assert answer.context["page"].paginator.num_pages == 2
    assert titles(client.get("/en/exchange/?page=2"))[0] == "Offer 2"


def test_the_list_stays_within_its_budget(client, django_assert_max_num_queries, bakery):
    town("Lyon")
    for number in range(30):
        held = {"initiative": bakery} if number % 3 == 0 else {}
        if number % 3 == 1:
            held = {"collective": CollectiveFactory()}
        ExchangeFactory(title=f"Offer {number}", **held)
    client.force_login(MemberFactory())
    for query in ("", "?near=lyon&km=50&theme=community-gardens&q=offer&page=2"):
        with django_assert_max_num_queries(9):
            client.get(f"/en/exchange/{query}")


def test_nothing_of_a_text_becomes_markup_in_the_list(client):
    ExchangeFactory(text='**Bold** "><script>alert(1)</script> & [link](https://a.example)', title="<b>x</b>")
    page = client.get("/en/exchange/").content.decode()
    assert "<script>alert" not in page
    assert "**" not in page
    assert "<b>x</b>" not in page


# ── One ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("category", "kind"), EVERY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_field_is_shown_in_words(client, category, kind, language):
    made = actions.publish(by=MemberFactory(), kind=kind, category=category, values=all_of(category, kind))
    answer = client.get(f"/{language}/exchange/{made.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    with translation.override(language):
        for fact in answer.context["facts"]:
            assert fact.text
            assert "{" not in fact.text
            assert "[" not in fact.text
    assert "<em>120 kg</em>" in page
    assert '"><' not in re.search(r'name="description" content="([^"]*)"', page)[1]


def test_the_description_of_a_page_stays_inside_its_quotes(client):
    made = ExchangeFactory(text='Say "><script>alert(1)</script>')
    page = client.get(f"/en/exchange/{made.pk}/").content.decode()
    assert "<script>alert" not in page


def test_a_member_is_named_as_their_profile_says(client):
    hidden = MemberFactory(public_name="Quiet One", public_name_seen_by=Visibility.NOBODY)
    shown = MemberFactory(public_name="Open One", public_name_seen_by=Visibility.EVERYONE)
    quiet, open_one = ExchangeFactory(author=hidden), ExchangeFactory(author=shown)
    for made, name in ((quiet, "A member"), (open_one, "Open One")):
        page = client.get(f"/en/exchange/{made.pk}/").content.decode()
        assert name in page
        assert "Quiet One" not in page
        assert str(hidden.uuid) not in page
    assert "Quiet One" not in client.get("/en/exchange/").content.decode()


def test_the_page_of_one_stays_within_its_budget(client, django_assert_max_num_queries, bakery):
    made = ExchangeFactory(initiative=bakery)
    with django_assert_max_num_queries(4):
        client.get(f"/en/exchange/{made.pk}/")
    client.force_login(MemberFactory())
    with django_assert_max_num_queries(14):
        client.get(f"/en/exchange/{made.pk}/")


def test_a_number_that_is_too_large_is_not_there(client):
    assert client.get(f"/en/exchange/{10**30}/").status_code == 404


# ── Buttons ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("verb", ["edit", "renew", "withdraw"])
def test_buttons_are_for_its_people_alone(client, cast, bakery, verb):
    made = ExchangeFactory(initiative=bakery, author=cast["visitor"])
    for name, allowed in {
        "visitor": False,
        "other_facilitator": False,
        "moderator": False,
        "facilitator": True,
        "steward": True,
    }.items():
        client.force_login(cast[name])
        assert (client.post(f"/en/exchange/{made.pk}/{verb}/").status_code == 403) is not allowed
        page = client.get(f"/en/exchange/{made.pk}/")
        if page.status_code == 200:
            assert page.context["may"]["run"] is allowed


def test_withdrawing_asks_once_more(client):
    made = ExchangeFactory()
    client.force_login(made.author)
    assert client.get(f"/en/exchange/{made.pk}/withdraw/").status_code == 200
    assert Exchange.objects.shown().exists()
    assert client.post(f"/en/exchange/{made.pk}/withdraw/").status_code == 302
    assert Exchange.objects.get().status == ExchangeStatus.WITHDRAWN
    assert client.post(f"/en/exchange/{made.pk}/withdraw/", follow=True).status_code == 200
    assert client.get(f"/en/exchange/{made.pk}/edit/").status_code == 302


def test_the_link_of_the_mail_renews_with_one_button_without_signing_in(client):
    made = ExchangeFactory(status="expired", ended_at=timezone.now(), expires_at=timezone.now())
    where = f"/en/exchange/renew/{links.token_of(made, made.author)}/"
    page = client.get(where)
    assert page.content.decode().count("<form") == 1
    assert Exchange.objects.get().status == ExchangeStatus.EXPIRED
    assert client.post(where).status_code == 302
    assert Exchange.objects.shown().get() == made
    assert client.get(where).status_code == 200


def test_a_forged_link_and_that_of_somebody_who_left_lead_nowhere(client, cast, bakery):
    made = ExchangeFactory(initiative=bakery, author=cast["facilitator"])
    token = links.token_of(made, cast["facilitator"])
    for wrong in ("x", token[:-1], f"{made.pk}-{cast['visitor'].pk}"):
        assert client.post(f"/en/exchange/renew/{wrong}/").status_code == 404
    assert client.post(f"/en/exchange/renew/{links.token_of(made, cast['visitor'])}/").status_code == 404
    cast["facilitator"].collective_memberships.all().delete()
    assert client.post(f"/en/exchange/renew/{token}/").status_code == 404


def test_the_link_says_when_a_date_is_over(client):
    member = MemberFactory()
    yesterday = timezone.now() - timezone.timedelta(days=1)
    made = ExchangeFactory(
        category="equipment",
        author=member,
        ends=timezone.localdate(yesterday),
        status="expired",
        ended_at=timezone.now(),
        expires_at=yesterday,
    )
    where = f"/en/exchange/renew/{links.token_of(made, member)}/"
    page = client.get(where).content.decode()
    assert "<form" not in page
    assert f"/en/exchange/{made.pk}/edit/" in page
    assert "new date" in client.post(where, follow=True).content.decode()
    assert Exchange.objects.get().status == ExchangeStatus.EXPIRED


def test_my_page_holds_all_that_i_answer_for(client, cast, bakery, django_assert_max_num_queries):
    ExchangeFactory(title="Of the bakery", initiative=bakery)
    ExchangeFactory(title="My own", author=cast["facilitator"], status="settled", ended_at=timezone.now())
    ExchangeFactory(title="Of somebody else")
    client.force_login(cast["facilitator"])
    with django_assert_max_num_queries(6):
        answer = client.get("/en/exchange/mine/")
    assert titles(answer) == ["Of the bakery", "My own"]
