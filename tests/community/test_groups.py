"""Groups: begun once, said anew, put away; who comes in and goes, and that somebody is left to run them."""

import pytest
from django.core.exceptions import ValidationError

from community.groups import actions
from community.models import CollectiveMembership, Group, GroupMembership
from territories.enums import CollectiveStatus
from tests.factories import CollectiveFactory, MemberFactory
from tests.initiatives.pages import address, page

from .groups import ANIMATOR, group_of, sent

pytestmark = pytest.mark.django_db
FORM = {"name": "Shared ovens", "purpose": "We bake.", "kind": "open"}


@pytest.fixture
def ana(client):
    """Someone who is signed in."""
    ana = MemberFactory(public_name="Ana", language="en")
    client.force_login(ana)
    return ana


# ── The group itself ────────────────────────────────────────────────────────────────────────────


def test_who_begins_a_group_runs_it_and_a_second_press_is_none(client, ana, rhone):
    for _press in range(2):
        answer = client.post(address("group_new"), FORM | {"where": "Rhône"})
        assert answer.url == address("group_people", "shared-ovens")
    group = Group.objects.get()
    assert (group.territory, group.language, group.created_by) == (rhone, "en", ana)
    assert group.memberships.get(member=ana).role == ANIMATOR


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("New", "new-2"),
        ("Invitation", "invitation-2"),
        ("…", "group"),
        ("x" * 120, "x" * 60),
        ("Öfen", "ofen"),
    ],
)
def test_addresses_are_readable_and_never_those_of_pages(ana, name, slug):
    made = actions.create(by=ana, values={"name": name, "purpose": "x", "kind": "open", "language": "en"})
    assert made.slug == slug


def test_the_address_of_a_private_group_cannot_be_guessed_nor_found_by_a_number(ana):
    values = {"name": "Shared ovens", "purpose": "x", "language": "en"}
    hidden = actions.create(by=MemberFactory(), values=values | {"kind": "private"})
    assert hidden.slug.startswith("shared-ovens-")
    assert len(hidden.slug) > len("shared-ovens-") + 9
    assert actions.create(by=ana, values=values | {"kind": "open"}).slug == "shared-ovens"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"purpose": "x" * 2_001}, "purpose"),
        ({"kind": "secret"}, "kind"),
        ({"where": "Nowhere at all"}, "where"),
        ({"where": "\x00"}, "where"),
        ({"territory": "DE"}, "territory"),
        ({"collective": "99999999999999999999"}, "collective"),
        ({"collective": "x"}, "collective"),
    ],
)
def test_what_is_wrong_is_named_beside_its_field(client, ana, form, field):
    answer = client.post(address("group_new"), FORM | form)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not Group.objects.exists()


def test_a_group_is_rooted_in_a_collective_by_its_own_people_and_in_one_place(client, ana, rhone):
    own, other = CollectiveFactory(territory=rhone), CollectiveFactory(territory=rhone)
    draft = CollectiveFactory(territory=rhone, status=CollectiveStatus.DRAFT)
    for one in (own, draft):
        CollectiveMembership.objects.create(member=ana, collective=one)
    for wrong in (
        {"collective": other.pk},
        {"collective": draft.pk},
        {"collective": own.pk, "where": "Rhône"},
    ):
        answer = client.post(address("group_new"), FORM | wrong)
        assert answer.context["form"].errors["collective"]
    with pytest.raises(ValidationError):
        actions.create(by=ana, values=FORM | {"language": "en", "collective": other})
    assert client.post(address("group_new"), FORM | {"collective": own.pk}).status_code == 302
    group = Group.objects.get()
    assert group.anchor == own
    # It stays rooted there when another runs it, who does not belong to the collective.
    group.memberships.create(member=(bea := MemberFactory()), role=ANIMATOR)
    client.force_login(bea)
    assert f'value="{own.pk}" selected' in page(client, "group_edit", group.slug)
    form = FORM | {"name": "Ovens", "collective": own.pk}
    assert client.post(address("group_edit", group.slug), form).url == address("group", "shared-ovens")
    group.refresh_from_db()
    assert (group.name, group.slug, group.collective) == ("Ovens", "shared-ovens", own)


def test_ten_groups_a_day_are_enough(client, ana):
    for number in range(10):
        assert client.post(address("group_new"), FORM | {"name": f"Group {number}"}).status_code == 302
    assert client.post(address("group_new"), FORM | {"name": "One more"}).status_code == 429


def test_who_asked_is_answered_when_nobody_asks_any_more(ana):
    zoe = MemberFactory(language="en")
    for kind, is_in, words in (("open", True, "you belong"), ("private", False, "by invitation")):
        group = group_of("public", ana)
        actions.ask(group, by=zoe)
        sent()
        actions.revise(group, by=ana, values={"kind": kind})
        (letter,) = sent()
        assert letter.to == [zoe.email]
        assert words in letter.body
        assert not group.requests.exists()
        assert group.memberships.filter(member=zoe).exists() == is_in


def test_what_is_put_away_is_read_and_left_and_opened_again(client, ana):
    group = group_of("open", ana, bea := MemberFactory())
    client.post(address("group_archive", group.slug))
    group.refresh_from_db()
    first = group.archived_at
    client.post(address("group_archive", group.slug))
    group.refresh_from_db()
    assert group.archived_at == first
    assert "Open again" in page(client, "group", group.slug)
    # Nothing goes on in it, so that nobody has to be left to run it.
    client.post(address("group_leave", group.slug))
    assert group.memberships.get().member == bea
    actions.reopen(group, by=None)
    group.refresh_from_db()
    assert group.archived_at is None


# ── Who comes in and goes ───────────────────────────────────────────────────────────────────────


def test_joining_and_leaving_twice_is_once(client, ana):
    group = group_of("open", MemberFactory())
    for _press in range(2):
        assert client.post(address("group_join", group.slug)).url == address("group", group.slug)
        actions.join(group, by=ana)
    assert GroupMembership.objects.filter(group=group, member=ana).count() == 1
    for _press in range(2):
        assert client.post(address("group_leave", group.slug)).url == address("group", group.slug)
        actions.leave(group, by=ana)
    assert not group.memberships.filter(member=ana).exists()


def test_the_last_who_runs_it_stays_until_it_is_handed_over(client, ana):
    bea = MemberFactory(language="en")
    group = group_of("public", ana, bea)
    own = group.memberships.get(member=ana)
    answer = client.post(address("group_leave", group.slug))
    assert answer.status_code == 409
    assert "hand it over first" in answer.content.decode()
    for form in ({"remove": 1}, {"role": "member"}):
        answer = client.post(address("group_membership", group.slug, own.pk), form, follow=True)
        assert "hand it over first" in answer.content.decode()
    with pytest.raises(ValidationError):
        actions.remove(own, by=None)
    assert group.memberships.animating().get().member == ana
    theirs = group.memberships.get(member=bea)
    assert client.post(address("group_hand_over", group.slug), {"to": theirs.pk}).status_code == 302
    assert dict(group.memberships.values_list("member", "role")) == {ana.pk: "member", bea.pk: "animator"}
    (letter,) = sent()
    assert (letter.to, "you run the group" in letter.body) == ([bea.email], True)
    assert client.post(address("group_leave", group.slug)).status_code == 302


def test_an_account_that_sleeps_runs_nothing(ana):
    group = group_of("open", ana, gone := MemberFactory(is_active=False))
    group.memberships.filter(member=gone).update(role=ANIMATOR)
    group.memberships.create(member=MemberFactory())
    with pytest.raises(ValidationError):
        actions.leave(group, by=ana)
    with pytest.raises(ValidationError):
        actions.hand_over(group, by=ana, to=gone)


def test_who_leaves_last_puts_it_away(client, ana):
    group = group_of("open", ana)
    assert "archived when you leave" in page(client, "group_leave", group.slug)
    assert client.post(address("group_leave", group.slug)).status_code == 302
    group.refresh_from_db()
    assert group.archived_at is not None


@pytest.mark.parametrize("to", ["", "x", "99999999999999999999", "own", "stranger"])
def test_a_group_is_handed_to_another_member_alone(client, ana, to):
    group = group_of("open", ana, MemberFactory())
    stranger = group_of("open", MemberFactory()).memberships.get()
    given = {"own": group.memberships.get(member=ana).pk, "stranger": stranger.pk}.get(to, to)
    assert client.post(address("group_hand_over", group.slug), {"to": given}).status_code == 400
    assert group.memberships.animating().get().member == ana


def test_how_much_mail_one_gets_is_ones_own_choice(client, ana):
    group = group_of("private", MemberFactory(), ana)
    assert client.post(address("group_mail", group.slug), {"frequency": "hourly"}).status_code == 400
    assert client.post(address("group_mail", group.slug), {"frequency": "daily"}).status_code == 302
    assert group.memberships.get(member=ana).frequency == "daily"
    with pytest.raises(ValidationError):
        actions.set_frequency(group, by=ana, frequency="hourly")
