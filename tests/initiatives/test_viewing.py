"""Views of public pages: what counts as one, how they become numbers, what is never kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from initiatives.enums import ViewKind
from initiatives.models import PageHit, PageViews
from initiatives.viewing import counting, reading
from tests.factories import InitiativeFactory
from tests.initiatives.asking import counted
from tests.initiatives.test_rights import ROLES, member

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def looked(client, address: str, agent: str = FIREFOX, **headers) -> int:
    """How many views one request leaves."""
    before = PageHit.objects.count()
    client.get(address, headers={"user-agent": agent, **headers})
    return PageHit.objects.count() - before


def test_a_person_who_looks_counts_once_a_request_and_without_a_cookie(client, bakery, cast):
    for address in (bakery.get_absolute_url(), bakery.collective.get_absolute_url()):
        answer = client.get(address, headers={"user-agent": FIREFOX})
        assert answer.status_code == 200
        assert not answer.cookies
    assert sorted(PageHit.objects.values_list("kind", "object")) == [
        (ViewKind.COLLECTIVE, bakery.collective.pk),
        (ViewKind.INITIATIVE, bakery.pk),
    ]


def test_nothing_of_the_reader_is_kept(db):
    assert [field.name for field in PageHit._meta.fields] == ["id", "day", "kind", "object"]
    assert [field.name for field in PageViews._meta.fields] == ["id", "day", "kind", "object", "n"]


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36",
        "python-requests/2.32",
        "facebookexternalhit/1.1",
    ],
)
def test_programs_do_not_count(client, bakery, agent):
    assert looked(client, bakery.get_absolute_url(), agent) == 0


@pytest.mark.parametrize(
    "agent",
    [
        FIREFOX,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 21) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    ],
)
def test_browsers_of_people_count(client, bakery, agent):
    assert looked(client, bakery.get_absolute_url(), agent) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"x-moz": "prefetch"},
        {"x-purpose": "preview"},
    ],
)
def test_what_is_fetched_ahead_does_not_count(client, bakery, headers):
    assert looked(client, bakery.get_absolute_url(), **headers) == 0


def test_heads_missing_pages_and_unpublished_ones_do_not_count(client, bakery):
    client.head(bakery.get_absolute_url(), headers={"user-agent": FIREFOX})
    draft = InitiativeFactory()
    assert PageHit.objects.count() == 0
    assert looked(client, draft.get_absolute_url()) == 0
    assert looked(client, "/fr/initiatives/nowhere/") == 0


@pytest.mark.parametrize("role", ROLES)
def test_its_own_people_and_reviewers_are_no_visitors(client, cast, bakery, role):
    who = member(cast, role)
    if who.is_authenticated:
        client.force_login(who)
    own = role in ("facilitator", "steward", "moderator", "admin")
    assert looked(client, bakery.get_absolute_url()) == (0 if own else 1)
    tends = role in ("facilitator", "moderator", "admin")
    assert looked(client, bakery.collective.get_absolute_url()) == (0 if tends else 1)


def seen(day, kind, pk) -> int | None:
    """The number of a day."""
    return PageViews.objects.filter(day=day, kind=kind, object=pk).values_list("n", flat=True).first()


def test_the_worker_adds_up_each_view_once_and_for_the_collective_too(cast, bakery):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    alone = InitiativeFactory(published=True)
    for day, pk, times in ((today, bakery.pk, 3), (yesterday, bakery.pk, 1), (today, alone.pk, 2)):
        for _time in range(times):
            PageHit.objects.create(day=day, kind=ViewKind.INITIATIVE, object=pk)
    PageHit.objects.create(day=today, kind=ViewKind.COLLECTIVE, object=bakery.collective_id)
    counting.count()
    counting.count()
    assert not PageHit.objects.exists()
    PageHit.objects.create(day=today, kind=ViewKind.INITIATIVE, object=bakery.pk)
    counting.count()
    assert seen(today, ViewKind.INITIATIVE, bakery.pk) == 4
    assert seen(yesterday, ViewKind.INITIATIVE, bakery.pk) == 1
    assert seen(today, ViewKind.INITIATIVE, alone.pk) == 2
    assert seen(today, ViewKind.COLLECTIVE, bakery.collective_id) == 1
    assert seen(today, ViewKind.CARRIED, bakery.collective_id) == 4
    assert PageViews.objects.count() == 6
    assert reading.of_initiatives([bakery.pk, alone.pk]) == {bakery.pk: 5, alone.pk: 2}


def test_numbers_go_after_two_years(bakery):
    today = timezone.localdate()
    for days in (0, 731, 732):
        day = today - timedelta(days=days)
        PageViews.objects.create(day=day, kind=ViewKind.INITIATIVE, object=bakery.pk, n=1)
    assert counting.forget() == 1
    assert PageViews.objects.count() == 2


def test_what_is_not_counted_yet_lies_in_an_unlogged_table(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'initiatives_pagehit'")
        assert cursor.fetchone()[0] in ("u", b"u")


def test_a_view_takes_one_statement(client, bakery):
    client.get(bakery.get_absolute_url())
    with counted() as plain:
        client.get(bakery.get_absolute_url())
    with counted() as noted:
        client.get(bakery.get_absolute_url(), headers={"user-agent": FIREFOX})
    assert len(noted) == len(plain) + 1


def test_charts_hold_thirty_days_and_twelve_months(cast, bakery):
    today = timezone.localdate()
    for days, kind, n in ((0, "collective", 5), (29, "carried", 2), (30, "carried", 9), (500, "carried", 99)):
        day = today - timedelta(days=days)
        PageViews.objects.create(day=day, kind=kind, object=bakery.collective_id, n=n)
    charts = reading.charts(bakery.collective)
    days, months = charts["days"], charts["months"]
    assert (len(days.bars), len(months.bars)) == (30, 12)
    assert (days.total, months.total) == (7, 16)
    assert (days.bars[-1].own, days.bars[-1].height, days.bars[0].carried) == (5, 100, 2)
    assert (days.bars[0].y, days.bars[1].height) == (60, 0)
