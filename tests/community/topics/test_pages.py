"""Pages of topics: what readers see, in how many questions, and what they may send."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from community.members.enums import Visibility
from community.models import Post, Topic
from community.topics import actions, names, showing
from community.topics.order import actions as order
from tests.factories import PostFactory, TopicFactory
from tests.geoportal.test_prose import HARMFUL, TAGS, Seen, scheme_of
from tests.initiatives.pages import address, page

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(body: str) -> list[str]:
    """Of a list, in order."""
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', body)


def replied(client, circle, **form):
    """The answer to a reply."""
    return client.post(address("topic_reply", circle.slug, circle.topic.pk), form)


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────
def test_the_list_has_what_is_pinned_first_then_by_the_last_post(client, circle):
    old = TopicFactory(group=circle.group, title="Old", last_post_at=timezone.now() - timedelta(days=3))
    TopicFactory(group=circle.group, title="Newer", last_post_at=timezone.now() + timedelta(hours=1))
    assert titles(page(client, "topics", circle.slug)) == ["Newer", "Flour for March", "Old"]
    order.pin(old, by=circle["animator"])
    order.close(old, by=circle["animator"])
    body = page(client, "topics", circle.slug)
    assert titles(body) == ["Old", "Newer", "Flour for March"]
    assert "Pinned" in body
    assert "Closed" in body
    actions.reply(circle.topic, by=circle["member"], text="Me")
    body = page(client, "topics", circle.slug)
    assert "1 reply" in body
    assert "0 replies" in body


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("flour", True),
        ("FLOÙR mar", True),
        ("joi", True),
        ("who joins", True),
        ("flour joins", False),
        ("yeast", False),
        ("!!!", False),
        ("' OR 1=1 --", False),
        ("a" * 5_000, False),
        ("& | ! : * ( )", False),
    ],
)
def test_words_are_looked_for_in_titles_and_posts(client, circle, words, found):
    answer = client.get(address("topics", circle.slug), {"q": words})
    assert answer.status_code == 200
    assert (titles(answer.text) == ["Flour for March"]) == found
    assert ("No topic has these words" in answer.text) != found


def test_what_is_hidden_is_not_found_by_its_words(client, circle):
    order.hide(circle.post, by=circle["animator"])
    assert titles(client.get(address("topics", circle.slug), {"q": "joins"}).text) == []


def test_an_empty_group_says_what_to_do(client, circle):
    Topic.objects.all().delete()
    assert "Members of the group begin topics" in page(client, "topics", circle.slug)
    client.force_login(circle["member"])
    assert "Ask something" in page(client, "topics", circle.slug)


@pytest.mark.parametrize("role", [None, "member", "animator", "moderator"])
def test_lists_and_long_topics_ask_little(client, circle, role, django_assert_max_num_queries):
    for number in range(300):
        topic = TopicFactory(group=circle.group, author=circle["author"], title=f"T{number}")
        PostFactory(topic=topic)
    many = [Post(topic=circle.topic, author=circle["member"], text=f"p{n}") for n in range(300)]
    Post.objects.bulk_create(many)
    for post in many[:60]:
        post.attachments.create(file="none.pdf", name="a.pdf", size=1, kind="pdf")
    if role:
        client.force_login(circle[role])
    # What moderators are told in the menu takes three more.
    most = 12 if role == "moderator" else 9
    with django_assert_max_num_queries(most):
        assert len(titles(page(client, "topics", circle.slug))) == 30
    with django_assert_max_num_queries(most):
        client.get(address("topics", circle.slug), {"q": "flour"})
    with django_assert_max_num_queries(most):
        body = client.get(address("topic", circle.slug, circle.topic.pk), {"page": 2}).text
    assert body.count("<article") == 50
    with django_assert_max_num_queries(5):
        client.get(address("topics_feed", circle.slug))


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "\u0663"])
def test_an_odd_page_number_shows_a_page(client, circle, number):
    for name, args in (("topics", (circle.slug,)), ("topic", (circle.slug, circle.topic.pk))):
        assert client.get(address(name, *args), {"page": number}).status_code == 200


def test_a_reply_leads_to_the_page_on_which_it_stands(client, circle):
    Post.objects.bulk_create(Post(topic=circle.topic, text=f"p{n}") for n in range(49))
    client.force_login(circle["member"])
    answer = replied(client, circle, text="The last")
    post = Post.objects.get(text="The last")
    assert answer.url == f"{address('topic', circle.slug, circle.topic.pk)}?page=2#post-{post.pk}"
    assert f'id="post-{post.pk}"' in client.get(answer.url).text


def test_names_are_shown_to_whom_their_owners_chose(client, circle):
    author, path = circle["author"], ("topic", circle.slug, circle.topic.pk)
    for seen_by, outside, inside in (
        (Visibility.EVERYONE, True, True),
        (Visibility.MEMBERS, False, True),
        (Visibility.NOBODY, False, False),
    ):
        author.public_name, author.public_name_seen_by = "Zelda Q", seen_by
        author.save()
        client.logout()
        assert ("Zelda Q" in page(client, *path)) == outside
        assert ("Zelda Q" in client.get(address("topics_feed", circle.slug)).text) == outside
        client.force_login(circle["member"])
        assert ("Zelda Q" in page(client, *path)) == inside
        # A feed is for all, whoever asks for it.
        assert ("Zelda Q" in client.get(address("topics_feed", circle.slug)).text) == outside
    Post.objects.update(author=None)
    assert "former member" in page(client, *path)


def test_hidden_and_removed_posts_leave_a_word(client, circle):
    path = ("topic", circle.slug, circle.topic.pk)
    order.hide(circle.post, by=circle["animator"])
    for role, reads in ((None, False), ("member", False), ("author", True), ("animator", True)):
        if role:
            client.force_login(circle[role])
        body = page(client, *path)
        assert ("Who joins?" in body) == reads, role
        assert ("Hidden by those who keep order" in body) != reads
    order.show(circle.post, by=circle["animator"])
    client.logout()
    assert "Who joins?" in page(client, *path)
    actions.take_back(circle.post, by=circle["author"])
    assert "Removed by its author" in page(client, *path)


# ── Hostile words ───────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("text", HARMFUL)
def test_what_people_write_does_no_harm(client, circle, text):
    circle.topic.posts.update(text=text)
    body = page(client, "topic", circle.slug, circle.topic.pk)
    prose = body[body.index('<div class="prose post__text">') : body.index("</article>")]
    for tag, attributes in Seen(prose[: prose.index("</div>")]).tags:
        assert tag in TAGS | {"div"}
        assert set(attributes) <= {"href", "rel", "title", "class"}
        assert scheme_of(attributes.get("href") or "") in ("", "http", "https", "mailto", "tel")


def test_links_are_not_followed_by_machines(client, circle):
    circle.topic.posts.update(text="[go](https://a.example)")
    assert 'rel="noopener nofollow ugc"' in page(client, "topic", circle.slug, circle.topic.pk)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"title": "", "text": "x"}, "title"),
        ({"title": "x" * 151, "text": "x"}, "title"),
        ({"title": "x", "text": ""}, "text"),
        ({"title": "x", "text": " \n\t "}, "text"),
        ({"title": "x", "text": "x" * 20_001}, "text"),
        ({"title": "\u202e\u200b", "text": "x"}, "title"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(client, circle, form, field):
    client.force_login(circle["member"])
    answer = client.post(address("topic_new", circle.slug), form)
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.text
    assert circle.group.topics.count() == 1


@pytest.mark.parametrize("name", ["topic_new", "topic_announce"])
def test_a_null_byte_is_refused(client, circle, name):
    client.force_login(circle["animator"])
    answer = client.post(address(name, circle.slug), {"title": "a\x00b", "text": "x", "sure": "1"})
    assert answer.status_code == 400


# ── Elsewhere ───────────────────────────────────────────────────────────────────────────────────
def test_the_feed_is_atom_of_what_all_read(client, circle):
    hidden = actions.reply(circle.topic, by=circle["member"], text="Secret")
    order.hide(hidden, by=circle["animator"])
    Post.objects.filter(pk=circle.post.pk).update(text="<script>\x0b&amp; *flour*")
    answer = client.get(address("topics_feed", circle.slug))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    (entry,) = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Flour for March"
    assert entry.find(f"{ATOM}id").text == f"tag:testserver,2026:post/{circle.post.pk}"
    assert "<script>" not in entry.find(f"{ATOM}summary").text
    assert "&lt;script&gt;" in entry.find(f"{ATOM}summary").text
    again = client.get(address("topics_feed", circle.slug), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_page_of_the_group_gets_five_topics(circle, django_assert_max_num_queries):
    for number in range(6):
        TopicFactory(group=circle.group, title=f"T{number}")
    with django_assert_max_num_queries(3):
        shown = showing.latest(circle.group, circle["member"])
    assert len(shown["topics"]) == 5
    assert shown["has_more"]
    assert shown["may_begin"]
    assert not showing.latest(circle.group, circle["outsider"])["may_begin"]


def test_the_feed_leads_to_the_page_of_a_post(client, circle):
    Post.objects.bulk_create(Post(topic=circle.topic, text=f"p{n}") for n in range(50))
    last = actions.reply(circle.topic, by=circle["member"], text="The last")
    answer = client.get(address("topics_feed", circle.slug))
    first = ElementTree.fromstring(answer.content).find(f"{ATOM}entry/{ATOM}link").get("href")
    assert first.endswith(f"/topics/{circle.topic.pk}/?page=2#post-{last.pk}")


def test_the_part_of_the_groups_page_has_its_buttons_by_right(circle):
    for role, may in (("member", True), ("outsider", False)):
        with translation.override("en"):
            latest = showing.latest(circle.group, circle[role])
            body = render_to_string("community/topics/_latest.html", {"latest": latest})
        assert "Flour for March" in body
        assert ("New topic" in body) == may


def test_ones_posts_are_given_counted_and_taken_back(client, circle):
    client.force_login(circle["author"])
    assert "You wrote 1 post in groups" in page(client, "account_posts")
    client.post(address("account_posts"))
    assert "You wrote 0 posts" in page(client, "account_posts")
    assert Post.objects.get().text == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana", "A"), ("Ana Maria Silva", "AS"), ("Visitor (demo)", "V"), ("(demo)", ""), ("élan vital", "ÉV")],
)
def test_the_mark_beside_a_name_has_letters_alone(name, letters):
    assert names.initials(name) == letters
