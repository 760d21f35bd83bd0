"""Profiles: each field is seen by those whom its member chose."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from community.members import actions, languages
from community.members.enums import Visibility
from community.members.models import LISTS, PROFILE
from community.models import Member
from territories.models import Territory
from tests.factories import MemberFactory, TerritoryFactory
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
VALUES = {
    "public_name": "Ana Lopes",
    "status": ["job_seeker", "volunteer"],
    "languages": ["fr", "pt"],
    "skills": ["bicycle repair", "accounting"],
    "locality": "Villeurbanne",
    "introduction": "I mend what can be mended.",
}
SEEN = (
    "Ana Lopes",
    "Job seeker, volunteer",
    "Portuguese",
    "bicycle repair",
    "Vallée claire",
    "Villeurbanne",
    "I mend what can be mended.",
)


def valley() -> Territory:
    """A region where somebody may live."""
    return TerritoryFactory(names={"fr": "Vallée claire"})


def told_to(level: Visibility) -> Member:
    """A member who tells all to those of one level."""
    return MemberFactory(**VALUES, territory=valley(), **{f"{name}_seen_by": level for name in PROFILE})


def form_levels(level: str) -> dict:
    """The same choice for all that has one."""
    return {f"{name}_seen_by": level for name in (*PROFILE, "ledger")}


def form(**changed) -> dict:
    """What the form sends."""
    sent = {
        **VALUES,
        "skills": "bicycle repair, accounting",
        **form_levels("members"),
    }
    return {**sent, **changed}


@pytest.fixture
def member(client) -> Member:
    """Someone who is signed in."""
    member = MemberFactory()
    client.force_login(member)
    return member


@pytest.mark.parametrize(
    ("level", "reader", "status", "sees"),
    [
        (Visibility.EVERYONE, "anonymous", 200, True),
        (Visibility.EVERYONE, "visitor", 200, True),
        (Visibility.EVERYONE, "self", 200, True),
        (Visibility.MEMBERS, "anonymous", 404, False),
        (Visibility.MEMBERS, "visitor", 200, True),
        (Visibility.MEMBERS, "other_facilitator", 200, True),
        (Visibility.MEMBERS, "self", 200, True),
        (Visibility.NOBODY, "anonymous", 404, False),
        (Visibility.NOBODY, "visitor", 200, False),
        (Visibility.NOBODY, "facilitator", 200, False),
        (Visibility.NOBODY, "moderator", 200, False),
        (Visibility.NOBODY, "admin", 200, False),
        (Visibility.NOBODY, "self", 200, True),
    ],
)
def test_each_reader_sees_what_they_may(client, cast, level, reader, status, sees):
    shown = told_to(level)
    if reader != "anonymous":
        client.force_login(shown if reader == "self" else cast[reader])
    answer = client.get(address("member", shown.uuid))
    body = answer.content.decode().split("<main", 1)[-1]
    assert answer.status_code == status
    assert [text in body for text in SEEN] == [sees] * len(SEEN)
    assert ("This is your page" in body) is (reader == "self")
    assert shown.email not in body
    if status == 200:
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", PROFILE)
def test_each_field_has_its_own_choice(client, name):
    shown = MemberFactory(**VALUES, territory=valley(), **{f"{name}_seen_by": Visibility.EVERYONE})
    body = page(client, "member", shown.uuid)
    seen = dict(zip(PROFILE, SEEN))
    assert {field for field, text in seen.items() if text in body} == {name}


def test_what_is_empty_opens_no_page(client):
    shown = MemberFactory(public_name="", skills_seen_by="everyone", public_name_seen_by="everyone")
    assert client.get(address("member", shown.uuid)).status_code == 404


def test_who_is_inactive_or_unknown_has_no_page(client, member):
    gone = told_to(Visibility.EVERYONE)
    Member.objects.filter(pk=gone.pk).update(is_active=False)
    assert client.get(address("member", gone.uuid)).status_code == 404
    assert client.get(address("member", uuid.uuid4())).status_code == 404


def test_a_new_member_shows_nothing(client, member):
    assert {getattr(member, f"{name}_seen_by") for name in PROFILE} == {"nobody"}
    client.logout()
    assert client.get(address("member", member.uuid)).status_code == 404


def test_an_own_page_with_nothing_says_what_to_do(client, member):
    Member.objects.filter(pk=member.pk).update(public_name="")
    body = page(client, "member", member.uuid)
    assert "Nothing is told here" in body
    assert address("account_profile") in body


def test_pages_of_members_are_light(client, member, django_assert_max_num_queries):
    shown = told_to(Visibility.EVERYONE)
    with django_assert_max_num_queries(4):
        client.get(address("member", shown.uuid))


def test_the_form_saves_what_was_typed(client, member):
    answer = client.post(
        address("account_profile"), form(skills=" accounting ,, bicycle  repair\naccounting")
    )
    assert answer.url == address("account_profile")
    member.refresh_from_db()
    assert member.skills == ["accounting", "bicycle repair"]
    assert member.languages == ["fr", "pt"]
    assert member.locality == "Villeurbanne"
    assert {getattr(member, f"{name}_seen_by") for name in PROFILE} == {"members"}
    body = page(client, "account_profile")
    assert 'value="accounting, bicycle repair"' in body
    assert "Your profile is saved." in body


def test_everything_can_be_taken_back(client, member):
    client.post(address("account_profile"), form())
    empty = {name: "" for name in PROFILE if name not in LISTS}
    client.post(address("account_profile"), {**empty, **form_levels("nobody")})
    member.refresh_from_db()
    assert [getattr(member, name) for name in PROFILE] == ["", [], [], [], None, "", ""]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("public_name", "x" * 81),
        ("public_name", "a\x00b"),
        ("languages", ["fr", "klingon"]),
        ("status", ["student", "king"]),
        ("where", "Nowhere at all"),
        ("where", "a\x00b"),
        ("where", "x" * 121),
        ("ledger_seen_by", "the neighbours"),
        ("skills", "x" * 61),
        ("skills", ",".join(str(number) for number in range(21))),
        ("skills", "a\x00b"),
        ("locality", "x" * 121),
        ("introduction", "x" * 1001),
        ("introduction_seen_by", "the neighbours"),
        ("skills_seen_by", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(client, member, field, value):
    answer = client.post(address("account_profile"), form(**{field: value}))
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    before = dict(Member.objects.values().get(pk=member.pk))
    assert before["locality"] == ""


def test_scripts_are_words_like_others(client, member):
    evil = "<script>alert(1)</script>"
    client.post(
        address("account_profile"), form(introduction=evil, skills=evil, locality=evil, public_name=evil)
    )
    for name, argument in (("member", [member.uuid]), ("account_profile", [])):
        body = page(client, name, *argument)
        assert evil not in body
        assert "&lt;script&gt;alert(1)" in body


def test_nobody_writes_the_profile_of_another(member):
    other = MemberFactory()
    with pytest.raises(PermissionDenied):
        actions.revise_profile(other, by=member, values=VALUES)
    assert actions.revise_profile(other, by=other, values=VALUES).locality == "Villeurbanne"


def test_the_form_changes_no_right(client, member):
    client.post(address("account_profile"), form(is_staff="on", roles="moderator", email="x@demo.example"))
    after = Member.objects.get(pk=member.pk)
    assert (after.is_staff, after.roles, after.email) == (False, [], member.email)


def test_the_database_knows_the_levels():
    with pytest.raises(IntegrityError, match="member_visibility_known"), transaction.atomic():
        Member.objects.filter(pk=MemberFactory().pk).update(skills_seen_by="neighbours")


def test_every_language_has_a_name():
    assert [code for code in languages.SPOKEN if languages.name(code) == code] == []
    assert languages.name("xx") == "xx"


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "it"])
def test_pages_are_there_in_each_language(client, member, language):
    for name, arguments in (
        ("account_profile", []),
        ("account_data", []),
        ("account_erase", []),
        ("member", [member.uuid]),
    ):
        assert client.get(address(name, *arguments, language=language)).status_code == 200
