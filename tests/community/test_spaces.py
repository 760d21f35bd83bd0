"""Spaces: who comes in and goes, what their page shows, their part of the map, their logo, their list."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from community.groups import actions as groups
from community.members import actions as accounts
from community.members import belongings
from community.members.enums import Visibility
from community.models import Group, GroupMembership, Space, SpaceInvitation
from community.spaces import actions
from community.tasks import forget_what_is_over
from community.topics import actions as topics
from tests.factories import InitiativeFactory, MemberFactory, SpaceFactory
from tests.initiatives.pages import address, minimap, page

from .groups import group_of
from .groups import invitation as group_invitation
from .spaces import invitation, sent, space_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    """Who runs the space."""
    return MemberFactory(language="en", public_name="Ana")


@pytest.fixture
def space(ana):
    """A private space."""
    return space_of("private", ana, name="Grain Commun")


def group_in(space: Space, animator, *members) -> Group:
    """A private group inside."""
    return group_of("private", animator, *members, space=space)


# ── Coming in and going ─────────────────────────────────────────────────────────────────────────


def test_an_invitation_is_accepted_once_with_any_account(client, space, ana):
    client.force_login(ana)
    form = {"email": "Zoe@Demo.example", "role": "facilitator", "language": "en"}
    assert client.post(address("space_people", space.slug), form).status_code == 302
    assert client.post(address("space_people", space.slug), form).status_code == 400
    client.logout()
    (letter,) = sent()
    assert letter.to == ["zoe@demo.example"]
    link = re.search(r"http://testserver(/\w\w/spaces/invitation/\S+)", letter.body)[1]
    assert "Grain Commun" in client.get(link).content.decode()
    assert client.post(link).status_code == 403
    zoe = MemberFactory()
    client.force_login(zoe)
    for _press in range(2):
        assert client.post(link).url == address("space", space.slug)
    assert space.memberships.get(member=zoe).role == "facilitator"
    assert SpaceInvitation.objects.get().email == ""
    client.force_login(MemberFactory())
    answer = client.post(link)
    assert answer.status_code == 410
    assert "Grain Commun" not in answer.content.decode()


def test_a_link_that_is_forged_or_late_opens_nothing(client, space):
    late = invitation(space, expires_at=timezone.now())
    from community.spaces import links

    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 410
    assert client.get(address("space_invited", "1-1.forged")).status_code == 404
    actions.invite_again(late, by=None)
    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 404
    late.refresh_from_db()
    assert client.get(address("space_invited", links.invitation_token(late))).status_code == 200


def test_invitations_whose_time_is_over_are_forgotten(space):
    invitation(space, expires_at=timezone.now())
    invitation(space, "b@demo.example")
    forget_what_is_over(timestamp=0)
    assert SpaceInvitation.objects.get().email == "b@demo.example"


def test_somebody_runs_a_space_as_long_as_others_are_in_it(client, space, ana):
    bea = space.memberships.create(member=MemberFactory())
    client.force_login(ana)
    assert client.post(address("space_leave", space.slug)).status_code == 409
    own = space.memberships.get(member=ana)
    client.post(address("space_membership", space.slug, own.pk), {"role": "member"})
    own.refresh_from_db()
    assert own.role == "facilitator"
    client.post(address("space_membership", space.slug, bea.pk), {"role": "facilitator"})
    assert client.post(address("space_leave", space.slug)).url == address("spaces")


def test_who_leaves_a_private_space_leaves_its_groups(space, ana):
    bea, cleo = MemberFactory(), MemberFactory()
    for one in (bea, cleo):
        space.memberships.create(member=one)
    inside, outside = group_in(space, ana, bea), group_of("private", ana, bea)
    alone = group_in(space, cleo, ana)
    actions.leave(space, by=bea)
    assert not inside.memberships.filter(member=bea).exists()
    assert outside.memberships.filter(member=bea).exists()
    with pytest.raises(actions.ValidationError, match="one of the groups inside"):
        actions.remove(space.memberships.get(member=cleo), by=ana)
    groups.archive(alone, by=cleo)
    actions.remove(space.memberships.get(member=cleo), by=ana)
    assert not GroupMembership.objects.filter(member=cleo).exists()


def test_what_a_space_holds_of_a_member_is_given_and_forgotten(space, ana):
    space.memberships.create(member=MemberFactory())
    invitation(space, ana.email, by=ana)
    given = belongings.given(ana)
    assert given["spaces"][0]["space__name"] == "Grain Commun"
    assert given["space_invitations"][0]["email"] == ana.email
    assert "Grain Commun: nobody else runs this space." in belongings.warnings(ana)
    accounts.erase(ana, by=ana)
    assert not space.memberships.filter(member=ana).exists()
    assert not SpaceInvitation.objects.exists()


# ── Groups inside ───────────────────────────────────────────────────────────────────────────────


def test_a_group_of_a_private_space_is_private_whatever_is_sent(client, space, ana):
    client.force_login(ana)
    where = f"{address('group_new')}?space={space.slug}"
    form = {"name": "Ovens", "purpose": "Bread", "kind": "open"}
    assert client.post(where, form).status_code == 400
    assert client.post(where, form | {"kind": "private"}).status_code == 302
    made = Group.objects.get()
    assert (made.space, made.kind) == (space, "private")
    assert client.post(address("group_edit", made.slug), form).status_code == 400
    with pytest.raises(actions.ValidationError):
        groups.revise(made, by=ana, values={"kind": "public"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Group.objects.update(kind="open")
    with pytest.raises(DatabaseError), transaction.atomic():
        group_of("open", ana, space=space)


def test_a_space_stays_private_or_public(space):
    with pytest.raises(DatabaseError), transaction.atomic():
        Space.objects.update(is_private=False)


def test_nobody_from_outside_comes_into_a_group_of_a_private_space(client, space, ana):
    zoe, group = MemberFactory(), group_in(space, ana)
    asked = group_invitation(group, zoe.email)
    with pytest.raises(groups.ClosedError):
        groups.accept(asked, by=zoe)
    assert not group.memberships.filter(member=zoe).exists()
    space.memberships.create(member=zoe)
    groups.accept(asked, by=zoe)
    assert group.memberships.filter(member=zoe).exists()


@pytest.mark.parametrize("slug", ["nowhere", "a\x00b", "x" * 5000])
def test_a_group_in_a_space_that_is_not_there_is_not_begun(client, ana, slug):
    client.force_login(ana)
    assert client.get(address("group_new"), {"space": slug}).status_code == 404


# ── Its page ────────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_its_part_of_the_map(client, ana, theme):
    here = InitiativeFactory(published=True, primary_theme=theme)
    space = space_of("public", ana, query=f"themes={theme.slug}")
    body = page(client, "space", space.slug)
    assert "1 initiative" in body
    assert f"/en/?themes={theme.slug}" in body
    assert len(minimap(body)["marks"]) == 1
    assert here.public_position
    Space.objects.update(query="network=gone")
    assert "not there any more" in page(client, "space", space.slug)
    Space.objects.update(query="")
    assert "All initiatives of the map" in page(client, "space", space.slug)


def test_each_reader_sees_the_groups_topics_and_people_that_are_theirs(client, ana):
    bea = MemberFactory(public_name="Bea Blum")
    space = space_of("public", ana, bea)
    shown = group_of("open", ana, space=space, name="Ovens")
    hidden = group_of("private", ana, space=space, name="Wages")
    for group in (shown, hidden):
        topics.begin(group, by=ana, title=f"Flour for {group.name}", text="Who is in?")
    ana.public_name_seen_by = Visibility.EVERYONE
    ana.save()
    bea.public_name_seen_by = Visibility.NOBODY
    bea.save()
    body = page(client, "space", space.slug)
    assert "Flour for Ovens" in body
    assert "Wages" not in body
    assert ">Ana<" in body
    assert "Bea Blum" not in body
    assert "and 1 more member" in body
    client.force_login(ana)
    assert "Flour for Wages" in page(client, "space", space.slug)


@pytest.mark.parametrize("kind", ["public", "private"])
def test_a_page_of_a_space_costs_the_same_however_much_is_in_it(
    client, ana, kind, django_assert_max_num_queries
):
    space = space_of(kind, ana, *(MemberFactory() for _ in range(30)))
    for _ in range(8):
        topics.begin(group_of("private", ana, space=space), by=ana, title="Flour", text="x")
    InitiativeFactory.create_batch(3, published=True)
    client.force_login(ana)
    page(client, "space", space.slug)
    with django_assert_max_num_queries(24):
        page(client, "space", space.slug)
    with django_assert_max_num_queries(16):
        page(client, "space_people", space.slug)


def test_the_list_shows_public_ones_and_ones_own(client, ana, space, django_assert_max_num_queries):
    for number in range(20):
        SpaceFactory(name=f"Public {number}", is_private=False)
    SpaceFactory(name="Hidden elsewhere")
    space_of("archived", ana, name="Put away")
    body = page(client, "spaces")
    assert "Public 3" in body
    for name in ("Grain Commun", "Hidden elsewhere", "Put away"):
        assert name not in body
    client.force_login(ana)
    body = page(client, "spaces")
    assert "Put away" in body
    assert body.index("Grain Commun") < body.index("Public 0")
    with django_assert_max_num_queries(10):
        page(client, "spaces")


# ── Changing it ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sent_filter", "kept"),
    [
        ("", ""),
        ("themes=food", "themes=food"),
        ("?themes=food&page=3", "themes=food"),
        ("https://testserver/fr/?themes=food&utm_source=x#6/45/4", "themes=food"),
        ("https://testserver/fr/", ""),
    ],
)
def test_a_filter_is_typed_or_pasted(client, space, ana, theme, sent_filter, kept):
    kept = kept.replace("food", theme.slug)
    form = {
        "name": "New",
        "purpose": "y",
        "accent": "slate",
        "filter": sent_filter.replace("food", theme.slug),
    }
    client.force_login(ana)
    assert client.post(address("space_edit", space.slug), form).status_code == 302
    space.refresh_from_db()
    assert (space.query, space.accent, space.name) == (kept, "slate", "New")


@pytest.mark.parametrize(
    "sent_filter",
    [
        "nonsense",
        "themes=nowhere",
        "bbox=1,2",
        "colour=red",
        "q=a\x00b",
        "x" * 3000,
        "q=" + "é" * 900,
        "&".join("abc"),
    ],
)
def test_a_filter_that_cannot_be_used_is_told_beside_the_field(client, space, ana, sent_filter):
    form = {"name": "New", "purpose": "y", "accent": "slate", "filter": sent_filter}
    client.force_login(ana)
    answer = client.post(address("space_edit", space.slug), form)
    assert answer.status_code == 400
    assert 'id="id_filter_error"' in answer.content.decode()
    space.refresh_from_db()
    assert space.query == ""


def test_a_logo_is_drawn_anew_and_read_with_the_space_alone(client, space, ana, picture, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path
    form = {"name": "New", "purpose": "y", "accent": "slate", "filter": ""}
    client.force_login(ana)
    file = SimpleUploadedFile("secret-name.jpg", picture().read(), "image/jpeg")
    assert client.post(address("space_edit", space.slug), form | {"logo": file}).status_code == 302
    answer = client.get(address("space_logo", space.slug))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content)
    space.refresh_from_db()
    assert "secret-name" not in space.logo.name
    broken = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    assert client.post(address("space_edit", space.slug), form | {"logo": broken}).status_code == 400
    client.post(address("space_edit", space.slug), form | {"without_logo": "on"})
    assert client.get(address("space_logo", space.slug)).status_code == 404
