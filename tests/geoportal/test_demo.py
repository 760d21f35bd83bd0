"""The demo content: enough of everything to try the site with, marked as made up, and loaded once."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from community.groups.enums import GroupKind
from community.members.enums import Role
from community.models import CollectiveClaim, Group, Invitation, Member, Mention, Space, Topic
from initiatives.enums import DEMO_TAG, Precision, Status
from initiatives.models import (
    Exchange,
    Initiative,
    Link,
    Network,
    PageViews,
    Photo,
    Proposal,
    Report,
    StatusChange,
)
from initiatives.reviews.describing import alike
from initiatives.reviews.queue import Desk
from initiatives.selection import Selection
from initiatives.spaces.showing import part_of_map
from initiatives.viewing import reading
from territories.models import Collective
from vocabulary.exchange import CATEGORIES
from vocabulary.models import Theme

pytestmark = pytest.mark.xdist_group("demo")

SECRET = "a-password-for-the-demo"
# Where each row lies: any UPDATE, even one to the same values, writes it to another place.
VERSIONS = (
    "SELECT 'i', id, ctid::text FROM initiatives_initiative UNION ALL "
    "SELECT 't', id, ctid::text FROM initiatives_initiativeterritory UNION ALL "
    "SELECT 's', id, ctid::text FROM initiatives_statuschange UNION ALL "
    "SELECT 'v', pgh_id, ctid::text FROM initiatives_initiativeevent ORDER BY 1, 2"
)


def loads() -> str:
    """Load the demo and say what was told."""
    told = io.StringIO()
    call_command("load_demo", stdout=told)
    return told.getvalue()


def versions() -> list[tuple]:
    """Every row and where it lies."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def media(tmp_path_factory):
    """An empty folder for pictures, and one with the password."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo-password").write_text(f"{SECRET}\n")
    with override_settings(MEDIA_ROOT=folder / "media", VAR_DIR=folder, DEBUG=True):
        yield folder


@pytest.fixture(scope="module")
def loaded(media, django_db_setup, django_db_blocker):
    """The demo as `make run` loads it; what it told. Taken away after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield loads()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """All initiatives of the demo."""
    return Initiative.objects.all()


def test_there_is_enough_to_try_the_site_with(demo):
    assert demo.published().count() >= 115
    assert demo.values("country").distinct().count() >= 12
    assert Collective.objects.published().count() == 12
    assert Network.objects.filter(memberships__initiative__in=demo).distinct().count() == 4
    assert Photo.objects.exists()


def test_links_are_there_and_say_that_they_are_made_up(demo):
    assert set(Link.objects.values_list("source", flat=True)) == {DEMO_TAG}
    assert Link.objects.count() == 14


def test_something_of_each_category_is_offered_or_looked_for_and_two_are_settled(demo):
    rows = Exchange.objects.all()
    assert rows.shown().count() == 20
    assert set(rows.shown().values_list("category", flat=True)) == set(CATEGORIES)
    assert set(rows.values_list("language", flat=True)) == {"fr", "en", "de", "es", "it"}
    assert set(rows.filter(status="settled").values_list("kind", flat=True)) == {"offer", "need"}
    assert all(row.title.endswith("(demo)") and row.expires_at > timezone.now() for row in rows)


def test_all_ten_themes_have_some(demo):
    counts = Selection({}).theme_counts()
    assert set(counts) == set(Theme.objects.roots().values_list("slug", flat=True))
    assert min(counts.values()) >= 3


def test_exactly_five_share_one_address(demo):
    shared = Counter(demo.located().filter(precision=Precision.EXACT).values_list("cell", flat=True))
    assert [number for number in shared.values() if number > 1] == [5]


def test_one_has_no_position_and_the_others_have(demo):
    assert demo.unlocated().count() == demo.filter(has_no_position=True).count() == 1
    # Shown to the region only, a place by the sea may have its public position in it.
    nowhere = demo.located().filter(territory=None).exclude(precision=Precision.REGION)
    assert [row.slug for row in nowhere] == []


def test_each_is_marked_as_made_up(demo):
    assert [row.slug for row in demo if not row.is_demo] == []
    assert set(StatusChange.objects.filter(verb="publish").values_list("reason", flat=True)) == {DEMO_TAG}


def test_every_precision_and_several_languages_occur(demo):
    assert set(demo.values_list("precision", flat=True)) == set(Precision.values)
    assert demo.values("description_language").distinct().count() >= 5
    assert demo.exclude(translations=None).exists()
    assert demo.exclude(parent=None).exists()


def test_no_address_or_number_is_a_real_one(demo):
    for row in demo.prefetch_related("contacts"):
        assert not row.website or ".example" in row.website, row.slug
        for contact in row.contacts.filter(kind="email"):
            assert contact.value.endswith(".example"), row.slug


def test_a_second_run_adds_and_touches_nothing(demo):
    before = versions()
    assert "initiatives: 0 added" in loads()
    assert versions() == before


def test_a_second_run_puts_back_what_is_missing(demo):
    missing = demo.first()
    missing.delete()
    assert "initiatives: 1 added" in loads()
    assert demo.filter(slug=missing.slug).exists()


def test_pictures_are_kept_once(demo, media):
    stored = {path.name for path in (media / "media" / "photos" / "demo").iterdir()}
    folder = configured.BASE_DIR / "fixtures" / "demo" / "photos"
    assert stored <= {path.name for path in folder.iterdir()}
    assert {row.image.name.split("/")[-1] for row in Photo.objects.all()} == stored


def test_every_role_can_sign_in(demo, client, media):
    assert Member.objects.filter(email__endswith="@demo.example").count() == 7
    for member in Member.objects.all():
        assert client.login(username=member.email, password=SECRET), member.email
    admin = Member.objects.get(email="admin@demo.example")
    assert (admin.is_staff, admin.is_superuser) == (True, True)
    assert Member.objects.get(email="moderator@demo.example").has_role(Role.MODERATOR)
    assert Member.objects.filter(is_superuser=True).count() == 1
    some = demo.filter(collective=Collective.objects.earliest("pk")).first()
    assert Member.objects.get(email="facilitator@demo.example").has_perm("initiatives.revise", some)
    assert not Member.objects.get(email="visitor@demo.example").has_perm("initiatives.revise", some)


def test_without_debug_nobody_gets_a_sign_in(demo):
    # What is their own goes with them.
    Exchange.objects.filter(initiative=None, collective=None).delete()
    Member.objects.all().delete()
    with override_settings(DEBUG=False):
        assert "sign-ins: 0" in loads()
    assert not Member.objects.exists()


def test_without_a_password_it_says_what_to_do_and_keeps_nothing(demo, tmp_path):
    missing = demo.first()
    missing.delete()
    with override_settings(VAR_DIR=tmp_path), pytest.raises(CommandError, match="demo-password is missing"):
        loads()
    assert not demo.filter(slug=missing.slug).exists()


def test_something_awaits_review(loaded):
    waiting = Initiative.objects.exclude(status=Status.PUBLISHED)
    assert Counter(waiting.values_list("status", flat=True)) == {Status.PENDING: 3, Status.CHANGES_ASKED: 1}
    assert all(one.is_demo and one.submission.is_confirmed for one in waiting)
    assert "awaiting review: 4 added" in loaded
    assert "awaiting review: 0 added" in loads()


@pytest.fixture
def first(demo):
    """The collective that the facilitator of the demo runs."""
    return Collective.objects.earliest("pk")


def test_each_new_page_has_something_to_show(demo, first):
    assert sorted(Report.objects.open().values_list("kind", flat=True)) == ["duplicate", "moved"]
    assert Proposal.objects.open().get().initiative.collective == first
    assert sorted(CollectiveClaim.objects.waiting().values_list("way", flat=True)) == ["founding", "request"]
    assert Invitation.objects.pending().get().collective == first
    moderator = Member.objects.get(email="moderator@demo.example")
    assert Desk(moderator).counts == {
        "initiatives": 3,
        "proposals": 1,
        "reports": 2,
        "collectives": 2,
        "members": 0,
        "exchange": 0,
    }
    twice = Report.objects.get(kind="duplicate")
    assert list(alike(twice.initiative)) == [twice.other]


def test_what_waits_says_that_it_is_made_up(demo):
    said = [
        *Report.objects.values_list("message", flat=True),
        *Proposal.objects.values_list("message", flat=True),
    ]
    assert all(text.startswith("(demo)") for text in said)
    for model in (Report, Proposal, Invitation):
        assert all(email.endswith("@demo.example") for email in model.objects.values_list("email", flat=True))


def test_views_of_the_demo_are_the_same_at_every_start_and_say_what_they_are(demo, first, client, media):
    charts = reading.charts(first)
    assert charts["days"].total > 100
    before = list(PageViews.objects.order_by("pk").values_list("day", "kind", "object", "n"))
    PageViews.objects.all().delete()
    loads()
    assert list(PageViews.objects.order_by("pk").values_list("day", "kind", "object", "n")) == before
    client.force_login(Member.objects.get(email="facilitator@demo.example"))
    assert "the numbers are made up" in client.get(f"/en/collectives/{first.slug}/dashboard/").text


def test_what_waits_is_there_once_also_after_it_was_settled(demo):
    Report.objects.filter(kind="moved").update(state="done", settled_at="2026-11-20T12:00Z", email="")
    Invitation.objects.update(email="", accepted_at="2026-11-20T12:00Z")
    CollectiveClaim.objects.update(state="accepted", decided_at="2026-11-20T12:00Z")
    assert "reports, suggestions, claims, invitations: 0 added" in loads()


def test_there_is_a_group_of_each_kind_that_says_what_it_is_and_is_there_once(demo):
    rows = {group.kind: group for group in Group.objects.all()}
    assert set(rows) == set(GroupKind.values)
    for group in rows.values():
        assert group.name.endswith("(demo)")
        assert group.memberships.count() > 1
        assert not group.memberships.exclude(member__email__endswith="@demo.example").exists()
    assert rows["public"].requests.get().message.startswith("(demo)")
    Group.objects.update(archived_at="2026-11-20T12:00Z")
    assert "groups: 0 added" in loads()


def test_groups_talk_and_stand_on_the_map(demo):
    for group in Group.objects.all():
        assert group.topics.exists(), group
        assert all("demo" in topic.title for topic in group.topics.all())
    assert Topic.objects.exclude(pinned_at=None).count() == 1
    (meeting,) = Topic.objects.coming(timezone.now())
    assert timezone.localtime(meeting.starts_at).hour == 18
    assert timedelta(days=12) < meeting.starts_at - timezone.now() < timedelta(days=15)
    assert "demo" in meeting.place
    assert Mention.objects.filter(member__email="visitor@demo.example").count() == 1
    assert demo.filter(group_links__group__kind=GroupKind.OPEN).count() == 3
    assert demo.filter(group_links__group__kind=GroupKind.PRIVATE).count() == 0


def test_there_is_a_public_and_a_private_space_once(demo):
    rows = {space.is_private: space for space in Space.objects.all()}
    people = {
        name: sorted(row.memberships.values_list("member__email", "role")) for name, row in rows.items()
    }
    runs, belongs = ("facilitator@demo.example", "facilitator"), ("visitor@demo.example", "member")
    assert people == {False: [runs], True: [runs, belongs]}
    for space in rows.values():
        assert space.name.endswith("(demo)")
        assert part_of_map(space)["matched"] > 10
    Space.objects.update(archived_at=timezone.now())
    assert "spaces: 0 added" in loads()


def test_two_members_stand_in_the_directory_and_keep_what_they_change(demo):
    assert Member.objects.filter(is_listed=True).count() == 2
    Member.objects.update(is_listed=False)
    loads()
    assert not Member.objects.filter(is_listed=True).exists()
