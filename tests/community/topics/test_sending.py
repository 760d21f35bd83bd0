"""Sending: forms, buttons, limits, and what their pages say when something is wrong."""

import pytest
from django.core.cache import caches
from django.test import Client

from community.topics.order import actions as order
from tests.initiatives.pages import address, page

from .test_pages import replied, titles

pytestmark = pytest.mark.django_db


def test_everything_needs_its_token_and_its_method(circle):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(circle["animator"])
    both = (circle.slug, circle.topic.pk)
    for name, args in {
        "topic_new": (circle.slug,),
        "topic_reply": both,
        "topic_keep": both,
        "post_keep": (*both, circle.post.pk),
        "post_report": (*both, circle.post.pk),
        "account_posts": (),
    }.items():
        assert browser.post(address(name, *args), {"text": "x"}).status_code == 403, name
    for name, args in {"topic_keep": both, "post_keep": (*both, circle.post.pk)}.items():
        assert browser.get(address(name, *args)).status_code == 405, name
    # The pager of a form that came back leads to the pages of the topic.
    answer = browser.get(address("topic_reply", *both), {"page": 2})
    assert answer.url == address("topic", *both) + "?page=2"


def test_a_closed_topic_says_so_and_keeps_what_was_written(client, circle):
    order.close(circle.topic, by=circle["animator"])
    client.force_login(circle["member"])
    assert "This topic is closed" in page(client, "topic", circle.slug, circle.topic.pk)
    answer = replied(client, circle, text="Too late, alas")
    assert answer.status_code == 409
    assert "This topic is closed" in answer.text
    assert "Too late, alas" in answer.text


def test_sixty_posts_an_hour_are_enough(client, circle):
    client.force_login(circle["member"])
    for _time in range(60):
        replied(client, circle, text="x")
    answer = replied(client, circle, text="y")
    assert answer.status_code == 429
    assert "a lot in a short time" in answer.text
    caches["default"].clear()
    assert replied(client, circle, text="y").status_code == 302


def test_buttons_of_animators_work_and_are_for_them_alone(client, circle):
    topic, path = circle.topic, address("topic_keep", circle.slug, circle.topic.pk)
    client.force_login(circle["member"])
    assert client.post(path, {"verb": "pin"}).status_code == 403
    assert "Pin</button>" not in page(client, "topic", circle.slug, topic.pk)
    client.force_login(circle["animator"])
    assert "Pin</button>" in page(client, "topic", circle.slug, topic.pk)
    for verb, field, is_set in (
        ("pin", "pinned_at", True),
        ("unpin", "pinned_at", False),
        ("close", "closed_at", True),
        ("reopen", "closed_at", False),
    ):
        assert client.post(path, {"verb": verb}).status_code == 302
        topic.refresh_from_db()
        assert bool(getattr(topic, field)) == is_set
    assert client.post(path, {"verb": "explode"}).status_code == 404
    client.post(address("topic_change", circle.slug, topic.pk), {"title": "Flour for April"})
    assert titles(page(client, "topics", circle.slug)) == ["Flour for April"]


def test_ones_own_post_is_edited_and_taken_back(client, circle):
    args = (circle.slug, circle.topic.pk, circle.post.pk)
    client.force_login(circle["author"])
    assert "Who joins?" in page(client, "post_edit", *args)
    client.post(address("post_edit", *args), {"text": "Who joins us?"})
    body = page(client, "topic", *args[:2])
    assert "Who joins us?" in body
    assert "edited on" in body
    assert "Remove your post?" in page(client, "post_take_back", *args)
    client.post(address("post_take_back", *args))
    assert "Removed by its author" in page(client, "topic", *args[:2])
    assert client.get(address("post_edit", *args)).status_code == 200
    assert client.post(address("post_edit", *args), {"text": "x"}).status_code == 409
    client.force_login(circle["admin"])
    for name in ("post_edit", "post_take_back"):
        assert client.get(address(name, *args)).status_code == 403


def test_a_report_is_made_listed_and_closed(client, circle):
    args = (circle.slug, circle.topic.pk, circle.post.pk)
    client.force_login(circle["outsider"])
    assert client.post(address("post_report", *args), {"reason": ""}).status_code == 400
    assert client.post(address("post_report", *args), {"reason": "Spam of <b>x"}).status_code == 302
    assert client.get(address("topic_reports", circle.slug)).status_code == 403
    client.force_login(circle["animator"])
    assert "Spam of &lt;b&gt;x" in page(client, "topic_reports", circle.slug)
    report = circle.post.reports.get()
    client.post(address("topic_report_close", circle.slug, report.pk))
    assert "Nothing is reported" in page(client, "topic_reports", circle.slug)


def test_a_topic_moves_to_another_of_ones_groups(client, circle, private):
    client.force_login(circle["animator"])
    path = address("topic_move", circle.slug, circle.topic.pk)
    assert client.post(path, {"to": private.slug}).status_code == 400
    private.group.memberships.create(member=circle["animator"], role="animator")
    assert private.group.name in client.get(path).text
    assert client.post(path, {"to": private.slug}).status_code == 302
    assert private.group.topics.filter(pk=circle.topic.pk).exists()
