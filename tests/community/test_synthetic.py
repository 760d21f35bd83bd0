"""A community of any size to measure with."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from community import synthetic
from community.groups.enums import GroupKind
from community.models import Activity, Group, GroupMembership, Member, Post, Space, SpaceMembership, Topic
from initiatives.activity.reading import stream

pytestmark = pytest.mark.django_db
SMALL = synthetic.Size(members=40, groups=8, topics=20, posts=100, spaces=2, meetings=5)


def test_there_is_as_much_as_was_asked_for():
    made = synthetic.seed(1, SMALL)
    counted = ("members", "groups", "topics", "posts", "spaces", "activities")
    assert made["memberships"] == GroupMembership.objects.count()
    assert {name: made[name] for name in counted} == {
        "members": Member.objects.count(),
        "groups": Group.objects.count(),
        "topics": Topic.objects.count(),
        "posts": Post.objects.count(),
        "spaces": Space.objects.count(),
        "activities": Activity.objects.count(),
    }
    assert made["posts"] == 100
    assert set(Group.objects.values_list("kind", flat=True)) == set(GroupKind.values)


def test_topics_know_their_last_post_and_nobody_gets_a_mail():
    synthetic.seed(1, SMALL)
    for topic in Topic.objects.all():
        assert topic.last_post_at == topic.posts.latest("created_at").created_at
    assert not Member.objects.exclude(email__endswith="@example.invalid").exists()


def test_spaces_have_people_and_groups_and_some_topics_are_meetings():
    made = synthetic.seed(1, SMALL)
    now = timezone.now()
    assert (made["spaces"], made["meetings"]) == (2, 5)
    for space in Space.objects.all():
        assert not space.is_private
        assert SpaceMembership.objects.filter(space=space).count() == SMALL.members
        assert Group.objects.filter(space=space).count() == 4
    meetings = Topic.objects.exclude(starts_at=None)
    assert meetings.count() == 5
    assert 0 < meetings.filter(starts_at__gt=now).count() < 5
    told = stream(AnonymousUser()).lines
    assert {line.kind for line in told} == {"group", "topic"}
    assert not Activity.objects.filter(group__kind=GroupKind.PRIVATE).exists()


def test_the_command_fills_a_community_once_a_seed(monkeypatch, capsys):
    monkeypatch.setattr(synthetic, "Size", lambda: replace(SMALL, posts=30))
    call_command("seed_synthetic", community=True)
    assert "members: 40 added; groups: 8 added;" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Seed 1 was used already"):
        call_command("seed_synthetic", community=True)
