"""What is given of one's words in groups, and what stays when an account is deleted."""

import pytest
from django.utils import translation

from community.members import actions as members
from community.members import belongings
from community.models import Mention, PostReport
from community.topics import actions
from community.topics.order import actions as order

pytestmark = pytest.mark.django_db


def test_posts_are_given_with_their_group_and_date(circle):
    order.report(circle.post, by=circle["member"], reason="Spam")
    given = belongings.given(circle["author"])
    (post,) = given["posts"]
    assert (post["topic__group__slug"], post["text"]) == (circle.slug, "Who joins?")
    assert post["created_at"] == circle.post.created_at
    (report,) = belongings.given(circle["member"])["post_reports"]
    assert report["reason"] == "Spam"


def test_texts_stay_without_their_author(circle):
    author, member = circle["author"], circle["member"]
    circle.group.memberships.filter(member=author).update(role="member")
    named = actions.reply(circle.topic, by=member, text="@Author look")
    assert Mention.objects.filter(post=named, member=author).exists()
    order.report(named, by=author, reason="Spam")
    with translation.override("en"):
        assert any("1 post in groups" in told for told in belongings.warnings(author))
    members.erase(author, by=None)
    circle.post.refresh_from_db()
    circle.topic.refresh_from_db()
    assert (circle.post.author, circle.topic.author, circle.post.text) == (None, None, "Who joins?")
    assert not Mention.objects.filter(member=author).exists()
    assert not PostReport.objects.exists()


def test_who_takes_all_back_before_leaves_nothing(circle):
    actions.take_back_all(by=circle["author"])
    with translation.override("en"):
        assert not any("in groups" in told for told in belongings.warnings(circle["author"]))
    members.erase(circle["author"], by=None)
    circle.post.refresh_from_db()
    assert circle.post.text == ""
