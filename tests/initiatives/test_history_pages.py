"""Pages of the history: what each role may read of it, and nothing of what was hidden since."""

import re

import pytest
from django.contrib.gis.geos import Point
from django.db import transaction

from initiatives import actions, bulk
from initiatives.enums import ContactKind, Visibility
from initiatives.history.reading import versions
from initiatives.models import Initiative
from tests.factories import CollectiveFactory, InitiativeFactory, NetworkFactory
from tests.initiatives.asking import counted
from tests.initiatives.pages import address
from tests.initiatives.test_rights import ITS_PEOPLE, REVIEWERS, ROLES, imported

SEE_ALL = ITS_PEOPLE | REVIEWERS
HOME = Point(4.812345, 45.712345, srid=4326)


def entered(client, cast, role: str):
    """The client as a role."""
    client.logout()
    if role in cast:
        client.force_login(cast[role])
    return client


def everything(client, initiative: Initiative) -> str:
    """All that a reader finds on the pages of a history: the list, and every pair of versions that opens."""
    body = client.get(address("initiative_history", initiative.slug)).content.decode()
    numbers = range(1, len(versions(initiative)) + 1)
    for before in numbers:
        for after in range(before + 1, len(numbers) + 1):
            answer = client.get(address("initiative_versions_compared", initiative.slug, before, after))
            assert answer.status_code in (200, 404)
            if answer.status_code == 200:
                body += answer.content.decode()
    return body


@pytest.fixture
def hidden(cast, bakery):
    """A bakery at home that told everything once, then hid it, told a little again, and was a draft in between."""
    told = {
        "position": HOME,
        "precision": "exact",
        "street": "7 rue Cachée",
        "postcode": "69999",
        "locality": "Bourg-Secret",
        "contacts": {
            ContactKind.EMAIL: ("once-public@demo.example", Visibility.EVERYONE),
            ContactKind.PHONE: ("+33199009999", Visibility.NOBODY),
        },
    }
    moderator = cast["moderator"]
    moderator.public_name = "Mo Derator"
    moderator.save()
    actions.revise(bakery, by=moderator, values=told, reason="Told by her on the telephone")
    actions.archive(bakery, by=moderator, reason="She asked for quiet")
    actions.revise(bakery, by=moderator, values={"summary": "Written in the dark"})
    actions.revise(bakery, by=moderator, values={"precision": "region", "contacts": {}, "summary": "Du pain"})
    actions.restore(bakery, by=moderator)
    there = {"precision": "exact", "position": Point(4.9, 45.8, srid=4326), "street": "1 place Ouverte"}
    return actions.revise(bakery, by=moderator, values=there | {"postcode": "69001", "locality": "Lyon"})


SECRETS = [
    "45.712345",
    "4.812345",
    "rue Cachée",
    "69999",
    "Bourg-Secret",
    "once-public@demo.example",
    "99009999",
    "Written in the dark",
    "Told by her",
    "She asked for quiet",
]


@pytest.mark.parametrize("role", ROLES)
def test_only_its_people_and_reviewers_read_what_was_hidden(client, cast, hidden, role):
    body = everything(entered(client, cast, role), hidden)
    found = [secret for secret in SECRETS if secret in body]
    assert found == (SECRETS if role in SEE_ALL else [])
    assert "Mo Derator" in body
    assert "1 place Ouverte" in body
    assert ("Exact position" in body) == (role in SEE_ALL)


@pytest.mark.parametrize("role", ROLES)
def test_versions_that_were_not_published_open_for_those_who_may_read_them(client, cast, hidden, role):
    entered(client, cast, role)
    for version in versions(hidden):
        answer = client.get(
            address("initiative_versions_compared", hidden.slug, version.number, version.number)
        )
        assert (answer.status_code == 200) == (version.is_published or role in SEE_ALL)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_public_today_has_no_public_history(client, cast, bakery, role):
    actions.archive(bakery, by=None)
    answer = entered(client, cast, role).get(address("initiative_history", bakery.slug))
    assert answer.status_code == (200 if role in SEE_ALL else 404)


def test_the_public_learns_that_position_and_contacts_changed_and_not_how(client, bakery):
    before = len(versions(bakery))
    mail = {ContactKind.EMAIL: ("a@demo.example", Visibility.EVERYONE)}
    actions.revise(bakery, by=None, values={"position": HOME, "contacts": mail})
    body = client.get(
        address("initiative_versions_compared", bakery.slug, before, before + 1)
    ).content.decode()
    assert body.count("what it was is not shown") == 2
    assert "a@demo.example" not in body
    assert "45.7" not in body


def test_a_hidden_contact_changes_nothing_in_public(client, bakery):
    before = len(versions(bakery))
    actions.revise(
        bakery,
        by=None,
        values={"contacts": {ContactKind.EMAIL: ("a@demo.example", Visibility.MEMBERS)}},
    )
    body = client.get(
        address("initiative_versions_compared", bakery.slug, before, before + 1)
    ).content.decode()
    assert "No difference" in body


def test_a_finer_point_of_the_past_is_cleared_for_good(client, bakery):
    actions.revise(bakery, by=None, values={"street": "7 rue Cachée", "locality": "Bron"})
    assert "7 rue Cachée" in everything(client, bakery)
    actions.revise(bakery, by=None, values={"precision": "locality"})
    body = everything(client, bakery)
    assert "7 rue Cachée" not in body
    assert "Bron" in body
    actions.revise(bakery, by=None, values={"precision": "exact", "street": "1 place Ouverte"})
    body = everything(client, bakery)
    assert "7 rue Cachée" not in body
    assert "1 place Ouverte" in body


def test_what_an_initiative_belonged_to_is_told_as_far_as_it_is_public(client, bakery):
    secret = CollectiveFactory(name="Les Discrets", status="draft")
    parent = InitiativeFactory(name="Maison pas encore publiée")
    actions.revise(bakery, by=None, values={"collective": secret, "parent": parent})
    actions.revise(bakery, by=None, values={"collective": None, "parent": None})
    body = everything(client, bakery)
    assert "Les Discrets" not in body
    assert "pas encore" not in body


@pytest.mark.parametrize("change", [{"public_name": ""}, {"is_active": False}])
def test_nobody_is_named_without_a_public_name(client, cast, bakery, change):
    moderator = cast["moderator"]
    type(moderator).objects.filter(pk=moderator.pk).update(public_name="Mo Derator")
    actions.revise(bakery, by=moderator, values={"summary": "Du pain"})
    assert "Mo Derator" in everything(client, bakery)
    type(moderator).objects.filter(pk=moderator.pk).update(**change)
    body = everything(client, bakery)
    assert "Mo Derator" not in body
    assert moderator.email not in body
    assert str(moderator.uuid)[:8] not in body


def test_nobody_is_named_who_is_gone(client, cast, bakery):
    actions.revise(bakery, by=cast["moderator"], values={"summary": "Du pain"})
    name = cast["moderator"].public_name
    assert f"· {name}" in everything(client, bakery)
    cast["moderator"].delete()
    assert name not in everything(client, bakery)


def test_an_import_names_its_network(client, theme):
    network = NetworkFactory(name="Grain Commun")
    row = bulk.Row(
        1,
        "7",
        "x",
        name="Le Four",
        primary_theme=theme.pk,
        themes=[theme.pk],
        lon=4.8,
        lat=45.7,
        fields=["name"],
    )
    imported(network, None, row)
    changed = bulk.Row(
        **{name: getattr(row, name) for name in row.__struct_fields__} | {"name": "La Miche", "checksum": "y"}
    )
    imported(network, None, changed)
    made = Initiative.objects.get()
    assert [version.network for version in versions(made)] == [network, network]
    body = client.get(address("initiative_history", made.slug)).content.decode()
    assert body.count("from Grain Commun") == 2


def test_texts_are_compared_word_by_word_and_shown_as_they_are(client, bakery):
    actions.revise(bakery, by=None, values={"summary": "Du bon <b>pain</b>"})
    actions.revise(bakery, by=None, values={"summary": "Du <b>pain</b>"})
    last = len(versions(bakery))
    body = client.get(address("initiative_versions_compared", bakery.slug, last - 1, last)).content.decode()
    assert "bon </del>&lt;b&gt;pain&lt;/b&gt;" in body


# ── Addresses and forms ─────────────────────────────────────────────────────────────────────────


def test_a_former_address_leads_to_the_history_of_today(client, bakery):
    former = bakery.slug
    now = actions.revise(bakery, by=None, values={"name": "La Boulangerie"}).slug
    for name, more in (("initiative_history", ()), ("initiative_versions_compared", (2, 3))):
        answer = client.get(address(name, former, *more))
        assert (answer.status_code, answer["Location"]) == (301, address(name, now, *more))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=1", 400),
        ("to=2", 400),
        ("from=x&to=2", 400),
        ("from=-1&to=2", 400),
        ("from=99999999999999999999&to=2", 400),
        ("from=1&to=2", 302),
        ("page=x", 200),
        ("page=999", 200),
    ],
)
def test_two_versions_are_chosen_or_it_says_so(client, bakery, query, status):
    answer = client.get(f"{address('initiative_history', bakery.slug)}?{query}")
    assert answer.status_code == status
    assert ("Choose two versions" in answer.content.decode()) == (status == 400)


def test_two_chosen_versions_lead_to_their_difference(client, bakery):
    answer = client.get(f"{address('initiative_history', bakery.slug)}?from=3&to=2")
    assert answer["Location"] == address("initiative_versions_compared", bakery.slug, 2, 3)


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 99), (2, 10**30)])
def test_a_version_that_is_not_there_is_not_found(client, cast, bakery, before, after):
    client.force_login(cast["moderator"])
    path = address("initiative_versions_compared", bakery.slug, before, after)
    assert client.get(path).status_code == 404


def test_the_page_of_an_initiative_leads_to_its_history(client, bakery):
    body = client.get(address("initiative", bakery.slug)).content.decode()
    assert address("initiative_history", bakery.slug) in body
    assert "Last change on" in body


def test_pages_of_the_history_ask_a_fixed_number_of_times(client, cast, bakery):
    client.force_login(cast["moderator"])

    def asked() -> list[int]:
        numbers = []
        for path in (
            address("initiative_history", bakery.slug),
            address("initiative_versions_compared", bakery.slug, 1, 2),
        ):
            with counted() as statements:
                assert client.get(path).status_code == 200
            numbers.append(len(statements))
        return numbers

    few = asked()
    for number in range(25):
        network = NetworkFactory()
        with transaction.atomic():
            actions.revise(
                bakery, by=cast["moderator"], values={"summary": f"{number}", "networks": [network]}
            )
    many = asked()
    # A page that points to networks asks for their names once.
    assert [more - less for more, less in zip(many, few)] <= [1, 1]
    assert max(many) <= 39


def test_a_long_history_comes_in_pages(client, cast, bakery):
    for number in range(25):
        actions.revise(bakery, by=None, values={"summary": f"{number}"})
    body = client.get(address("initiative_history", bakery.slug)).content.decode()
    assert len(re.findall(r'name="to"', body)) == 20
    assert "Page 1 of 2" in body
