"""A private group is there for its members, for nobody who has left, and at no address of another group."""

import pytest
from django.core.files.base import ContentFile

from community.models import GroupMembership
from community.topics import links
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def attached(private):
    """A file in the private group."""
    kept = private.post.attachments.create(name="Plan.txt", size=3, kind="txt")
    kept.file.save("Plan.txt", ContentFile(b"abc"))
    return kept


def test_members_and_moderators_find_it(client, private, attached):
    every = paths_after(private, attached)
    for role in ("member", "moderator"):
        client.force_login(private[role])
        for name in ("topics", "topic", "file"):
            answer = client.get(every[name])
            assert answer.status_code == 200
            answer.getvalue()
        # Not even for them: a feed reader keeps no secret.
        assert client.get(every["feed"]).status_code == 404


def test_who_has_left_finds_nothing_any_more(client, private, attached):
    token = links.way_out(private.group.memberships.get(member=private["member"])).split("/")[-2]
    assert client.get(address("group_letters", token)).status_code == 200
    private.group.memberships.filter(member=private["member"]).delete()
    client.force_login(private["member"])
    for name, path in paths_after(private, attached).items():
        assert client.get(path).status_code in (404, 405), name
    for method in ("get", "post"):
        assert getattr(client, method)(address("group_letters", token)).status_code == 404
    assert not GroupMembership.objects.filter(member=private["member"]).exists()


def paths_after(circle, attached) -> dict[str, str]:
    """Those of pages that are only read."""
    return {
        "topics": address("topics", circle.slug),
        "topic": address("topic", circle.slug, circle.topic.pk),
        "feed": address("topics_feed", circle.slug),
        "file": address("topic_attachment", circle.slug, attached.pk),
        "new": address("topic_new", circle.slug),
    }


def test_what_is_of_another_group_is_not_at_the_address_of_this_one(client, circle, private, attached):
    client.force_login(private["admin"])
    slug = circle.slug
    for path in (
        address("topic", slug, private.topic.pk),
        address("topic_attachment", slug, attached.pk),
        address("post_edit", slug, circle.topic.pk, private.post.pk),
        address("topic", slug, 10**30),
    ):
        assert client.get(path).status_code == 404


def test_words_for_search_find_nothing_of_another_group(client, circle, private):
    body = client.get(address("topics", circle.slug), {"q": "flour"}).text
    assert f"/topics/{circle.topic.pk}/" in body
    assert f"/topics/{private.topic.pk}/" not in body
