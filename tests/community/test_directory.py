"""The directory: who asked to stand there, with what each reader may see; counts that tell of nobody."""

import pytest
from django.core.exceptions import ValidationError

from community.members import actions
from community.members.counts import members_of
from community.members.enums import Visibility
from community.members.models import PROFILE
from community.models import Member
from tests.factories import MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
VALUES = {
    "public_name": "Zora Quill",
    "status": ["elected"],
    "languages": ["pt"],
    "skills": ["beekeeping"],
    "locality": "Villeurbanne",
    "introduction": "I mend what can be mended.",
}
SEEN = {
    "public_name": "Zora Quill",
    "status": "Elected representative",
    "languages": "Portuguese",
    "skills": "beekeeping",
    "territory": "Vallée claire",
    "locality": "Villeurbanne",
    "introduction": "I mend",
}
# The list shows no introductions.
LISTED = set(PROFILE) - {"introduction"}
LEVELS = list(Visibility)
READERS = ["anonymous", "visitor", "moderator", "admin"]
ALLOWED = {"anonymous": {Visibility.EVERYONE}}
SIGNED_IN = {Visibility.EVERYONE, Visibility.MEMBERS}


def listed(name_level=Visibility.EVERYONE, level=Visibility.NOBODY, **more) -> Member:
    """Someone in the directory who shows all but their name to one level."""
    levels = {f"{name}_seen_by": level for name in PROFILE}
    values = {**VALUES, **levels, "public_name_seen_by": name_level, "is_listed": True, **more}
    values.setdefault("territory", TerritoryFactory(names={"fr": "Vallée claire"}))
    return MemberFactory(**values)


def body_of(client, name: str, *args, **asked) -> str:
    """What stands in the main part of a page."""
    answer = client.get(address(name, *args), asked)
    assert answer.status_code == 200
    return answer.content.decode().split("<main", 1)[-1].split('<ul class="tiles cards"', 1)[-1]


@pytest.fixture
def reader(request, client, cast) -> str:
    """One of the readers, signed in unless they are nobody."""
    if request.param != "anonymous":
        client.force_login(cast[request.param])
    return request.param


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("field", [name for name in PROFILE if name != "public_name"])
@pytest.mark.parametrize("reader", READERS, indirect=True)
def test_each_field_is_seen_where_and_by_whom_its_member_chose(client, reader, field, level):
    shown = listed(**{f"{field}_seen_by": level})
    sees = level in ALLOWED.get(reader, SIGNED_IN)
    text = SEEN[field]
    assert (text in body_of(client, "member", shown.uuid)) is sees
    assert (text in body_of(client, "members")) is (sees and field in LISTED)
    (told,) = client.get("/api/members/").json()["results"]
    assert bool(told[field]) is (level == Visibility.EVERYONE)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("reader", READERS, indirect=True)
def test_without_a_name_that_the_reader_sees_nobody_is_listed(client, reader, level):
    shown = listed(level, Visibility.EVERYONE)
    sees = level in ALLOWED.get(reader, SIGNED_IN)
    assert (str(shown.uuid) in body_of(client, "members")) is sees
    found = client.get("/api/members/").json()["results"]
    assert [row["id"] for row in found] == ([str(shown.uuid)] if level == Visibility.EVERYONE else [])


@pytest.mark.parametrize("but", [{"is_listed": False}, {"is_active": False}, {"public_name": ""}])
def test_who_did_not_ask_for_it_is_not_listed(client, but):
    listed(**but)
    assert "Nobody stands here yet" in page(client, "members")


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({"q": "zora"}, True),
        ({"q": "QUI zor"}, True),
        ({"q": "ora"}, False),
        ({"q": "--"}, False),
        ({"q": "%"}, False),
        ({"q": "beek"}, "skills"),
        ({"language": "pt"}, "languages"),
        ({"language": "de"}, False),
        ({"territory": "vallee"}, "territory"),
        ({"territory": "FR"}, False),
        ({"q": "villeurbanne"}, False),
    ],
)
@pytest.mark.parametrize("level", [Visibility.EVERYONE, Visibility.MEMBERS])
def test_filters_find_only_what_the_reader_sees(client, france, asked, finds, level):
    shown = listed(level=level)
    expected = bool(finds) and (finds is True or level == Visibility.EVERYONE)
    assert (str(shown.uuid) in body_of(client, "members", **asked)) is expected
    client.force_login(MemberFactory())
    assert (str(shown.uuid) in body_of(client, "members", **asked)) is bool(finds)


def test_a_territory_holds_who_lives_in_a_part_of_it(client, rhone, france):
    shown = listed(level=Visibility.EVERYONE, territory=rhone)
    for words in ("FR", "france", "FR-69", "rhône"):
        assert str(shown.uuid) in body_of(client, "members", territory=words)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"language": "klingon"}, "language"),
        ({"territory": "Nowhere at all"}, "territory"),
        ({"q": "x" * 81}, "q"),
    ],
)
def test_what_cannot_be_asked_is_told_beside_its_field(client, asked, field):
    answer = client.get(address("members"), asked)
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.parametrize("asked", [{"q": "a\x00b"}, {"territory": "\x00"}, {"page": "\x00"}, {"x\x00": "1"}])
def test_hostile_words_are_refused_by_their_name(client, asked):
    assert client.get(address("members"), asked).status_code == 400


def test_a_name_that_means_nothing_is_told_and_marks_of_others_are_not(client):
    told = page(client, "members")
    assert "left out" not in told
    body = client.get(address("members"), {"colour": "red", "utm_source": "x"}).content.decode()
    assert "left out: colour." in body


def test_search_engines_may_read_only_what_everyone_may(client):
    noindex = '<meta name="robots" content="noindex">'
    assert noindex not in page(client, "members")
    assert noindex in client.get(address("members"), {"q": "a"}).content.decode()
    assert noindex not in page(client, "member", listed().uuid)
    assert noindex in page(client, "member", listed(is_listed=False).uuid)
    hidden = listed(Visibility.MEMBERS, Visibility.EVERYONE)
    assert noindex in page(client, "member", hidden.uuid)
    client.force_login(MemberFactory())
    assert noindex in page(client, "members")


def test_five_hundred_members_take_as_many_queries_as_one(client, rhone, django_assert_max_num_queries):
    client.force_login(MemberFactory())
    Member.objects.bulk_create(
        MemberFactory.build(
            public_name=f"Member {number:03}",
            is_listed=True,
            territory=rhone,
            skills=["baking"],
            **{f"{name}_seen_by": Visibility.MEMBERS for name in PROFILE},
        )
        for number in range(500)
    )
    asked = {"q": "bak", "territory": "FR-69", "page": 3}
    with django_assert_max_num_queries(6):
        answer = client.get(address("members"), asked)
    body = answer.content.decode()
    assert "500 members" in body
    assert "Page 3 of 17" in body
    # No outline of a territory comes with them.
    with django_assert_max_num_queries(1):
        client.get("/api/members/")


@pytest.mark.parametrize(("number", "told"), [(2, 0), (3, 3), (4, 4)])
def test_a_territory_counts_its_members_from_three_on(client, rhone, france, number, told):
    for _one in range(number):
        listed(territory=rhone, territory_seen_by=Visibility.MEMBERS)
    for but in (
        {"is_listed": False},
        {"territory_seen_by": Visibility.NOBODY},
        {"is_active": False},
        {"territory": TerritoryFactory()},
    ):
        listed(**{"territory": rhone, "territory_seen_by": Visibility.EVERYONE, **but})
    assert members_of(rhone) == members_of(france) == told
    body = page(client, "territory", "FR-69")
    assert (f"{told} members" in body) is bool(told)
    assert (f"{address('members')}?territory=FR-69" in body) is bool(told)


def test_a_member_chooses_a_territory_by_words(client, rhone, france):
    member = MemberFactory()
    client.force_login(member)
    levels = {f"{name}_seen_by": "members" for name in (*PROFILE, "ledger")}
    town = TerritoryFactory(scheme="municipality", names={"fr": "Bourg"}, parent=rhone)
    assert client.post(address("account_profile"), {**levels, "where": "Bourg"}).status_code == 400
    assert client.post(address("account_profile"), {**levels, "where": "rhone"}).status_code == 302
    assert Member.objects.get(pk=member.pk).territory == rhone
    assert 'value="Rhône"' in page(client, "account_profile")
    twin = TerritoryFactory(code="XX-R", names={"fr": "Rhône"})
    # Left as it is, nothing is asked again.
    assert client.post(address("account_profile"), {**levels, "where": "Rhône"}).status_code == 302
    answer = client.post(address("account_profile"), {**levels, "where": "RHONE"})
    assert answer.status_code == 400
    assert 'name="territory" value="XX-R"' in answer.content.decode()
    asked = {**levels, "where": "RHONE", "territory": "XX-R"}
    assert client.post(address("account_profile"), asked).status_code == 302
    assert Member.objects.get(pk=member.pk).territory == twin
    assert client.post(address("account_profile"), {**levels, "where": ""}).status_code == 302
    assert Member.objects.get(pk=member.pk).territory is None
    assert not town.members.exists()


def test_no_door_takes_a_single_town(rhone):
    member = MemberFactory()
    for scheme in ("municipality", "custom"):
        with pytest.raises(ValidationError, match="territory"):
            actions.revise_profile(member, by=member, values={"territory": TerritoryFactory(scheme=scheme)})
    assert actions.revise_profile(member, by=member, values={"territory": rhone}).territory == rhone
