"""Names after an @: links to pages in what is shown, proposed to those who write, and to nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.members.enums import Visibility
from community.models import Post
from community.topics import actions
from tests.factories import MemberFactory
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db


def shown(client, circle, post, reader: str | None = "member") -> str:
    """The page of a post's topic as somebody reads it."""
    if reader:
        client.force_login(circle[reader])
    return client.get(address("topic", circle.slug, post.topic_id)).text


def link(member, words: str = "") -> str:
    """A name as the link that it becomes."""
    place = address("member", member.uuid)
    return f'<a href="{place}" rel="noopener nofollow ugc">@{words or member.public_name}</a>'


def proposed(client, circle, words: str = "", reader: str = "member"):
    """What is proposed to one of them who types."""
    client.force_login(circle[reader])
    return client.get(address("group_names", circle.slug), {"q": words})


# ── As links ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text", ["@Ana Blum?", "Is *@[Ana Blum]* there", "- @ana blum", "@Ana Blum @Ana Blum"]
)
def test_a_name_leads_to_the_page_of_who_is_named(client, circle, text):
    circle.join("ana", public_name="Ana Blum")
    post = actions.reply(circle.topic, by=circle["author"], text=text)
    assert shown(client, circle, post).count(link(circle["ana"])) == text.lower().count("blum")


@pytest.mark.parametrize(
    "text", ["`@Ana`", "[@Ana](https://a.example)", "me@Ana", "So:\n\n    @Ana", "@Anabel"]
)
def test_what_names_nobody_there_is_no_link(client, circle, text):
    circle.join("ana", public_name="Ana")
    post = actions.reply(circle.topic, by=circle["author"], text=f"{text}\n")
    assert link(circle["ana"]) not in shown(client, circle, post)


def test_a_name_cannot_do_harm(client, circle):
    circle.join("odd", public_name="<b>x</b> & *y*")
    post = actions.reply(circle.topic, by=circle["author"], text="@<b>x</b> & \\*y\\* and @[<b>x</b> & *y*]")
    body = shown(client, circle, post)
    assert "<b>x</b>" not in body.partition('class="posts"')[2]


def test_only_readers_of_a_page_get_a_link_to_it(client, circle):
    circle.join("all", public_name="Ana", public_name_seen_by=Visibility.EVERYONE)
    circle.join("some", public_name="Bo", public_name_seen_by=Visibility.MEMBERS)
    post = actions.reply(circle.topic, by=circle["author"], text="@Ana and @Bo")
    visitor = shown(client, circle, post, reader=None)
    assert link(circle["all"]) in visitor
    assert link(circle["some"]) not in visitor
    assert link(circle["some"]) in shown(client, circle, post)


def test_who_has_left_or_shares_a_name_is_no_link(client, circle):
    circle.join("ana", public_name="Ana")
    circle.join("bo", public_name="Bo")
    circle.join("other", public_name="bo")
    post = actions.reply(circle.topic, by=circle["author"], text="@Ana and @Bo")
    circle.group.memberships.filter(member=circle["ana"]).delete()
    body = shown(client, circle, post)
    assert link(circle["ana"]) not in body
    assert link(circle["bo"]) not in body
    assert link(circle["other"]) not in body


def test_names_of_a_page_cost_one_query(client, circle):
    for number in range(20):
        circle.join(f"m{number}", public_name=f"Name{number}")
    client.force_login(circle["member"])
    place = address("topic", circle.slug, circle.topic.pk)
    Post.objects.bulk_create(Post(topic=circle.topic, text="Nobody") for _ in range(20))

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(place)
        return len(found)

    before = asked()
    for number in range(20):
        actions.reply(circle.topic, by=circle["author"], text=f"@Name{number} and @Name{19 - number}")
    assert asked() == before + 1


# ── While typing ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("an", ["Ana Blum", "Animator", "Éva Angell"]),
        ("ANA b", ["Ana Blum"]),
        ("eva", ["Éva Angell"]),
        ("lum", []),
        ("shy", []),
        ("memb", []),
        ("out", []),
        ("%", []),
        ("x" * 5000, []),
    ],
)
def test_members_are_proposed_whose_name_begins_so(client, circle, words, expected):
    circle.join("ana", public_name="Ana Blum")
    circle.join("eva", public_name="Éva Angell")
    circle.join("shy", public_name="Shy", public_name_seen_by=Visibility.NOBODY)
    circle.people["outsider"] = MemberFactory(public_name="Out", public_name_seen_by=Visibility.EVERYONE)
    assert proposed(client, circle, words).json() == {"names": expected}


def test_few_are_proposed_and_one_name_once(client, circle, django_assert_max_num_queries):
    circle.join("one", public_name="Aa")
    circle.join("two", public_name="Aa")
    for number in range(30):
        circle.join(f"m{number}", public_name=f"Ab{number:02}")
    assert proposed(client, circle).json()["names"] == ["Aa", *[f"Ab{number:02}" for number in range(7)]]
    with django_assert_max_num_queries(6):
        client.get(address("group_names", circle.slug), {"q": "a"})


@pytest.mark.parametrize(
    ("kind", "reader", "status"),
    [
        ("circle", "member", 200),
        ("circle", "animator", 200),
        ("circle", "outsider", 403),
        ("circle", "moderator", 200),
        ("circle", None, 302),
        ("private", "member", 200),
        ("private", "outsider", 404),
        ("private", None, 302),
    ],
)
def test_names_are_for_those_who_write_there(client, request, kind, reader, status):
    circle = request.getfixturevalue(kind)
    if reader:
        client.force_login(circle[reader])
    answer = client.get(address("group_names", circle.slug), {"q": "a"})
    assert answer.status_code == status
    assert "Animator" not in answer.text or status == 200


def test_an_archived_group_proposes_nobody(client, circle):
    circle.group.archived_at = circle.group.created_at
    circle.group.save()
    assert proposed(client, circle).status_code == 403


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b"])
def test_a_nul_byte_is_refused(client, circle, query):
    client.force_login(circle["member"])
    assert client.get(f"{address('group_names', circle.slug)}?{query}").status_code == 400


@pytest.mark.parametrize(("reader", "is_there"), [("member", True), ("outsider", False), (None, False)])
def test_the_script_comes_only_with_a_form(client, circle, reader, is_there):
    assert ("js/pages/writing.js" in shown(client, circle, circle.post, reader)) is is_there
