"""Topics by keyboard alone: begin one, name somebody, reply; no barrier that axe knows, in both looks."""

import pytest
from playwright.sync_api import expect

from community.groups.enums import GroupRole
from community.members.enums import Visibility
from community.models import Mention, Post
from community.topics import actions
from tests.factories import GroupFactory, GroupMembershipFactory, MemberFactory

from .keys import pressed, signed_in, typed
from .looks import both_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scheme(request) -> str:
    """Light or dark."""
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args, request):
    """In the scheme that a test asks for."""
    if "scheme" not in request.fixturenames:
        return browser_context_args
    return {**browser_context_args, "color_scheme": request.getfixturevalue("scheme")}


@pytest.fixture
def group(words):
    """An open group of two."""
    group = GroupFactory(name="Shared ovens", slug="shared-ovens")
    for name, role in (("Ada", GroupRole.ANIMATOR), ("Bo", GroupRole.MEMBER)):
        member = MemberFactory(public_name=name, public_name_seen_by=Visibility.MEMBERS, language="en")
        GroupMembershipFactory(group=group, member=member, role=role)
    return group


@both_looks
def test_a_topic_is_begun_and_answered_by_keyboard(group, axe, size, scheme, page, client, live_server):
    ada, bo = (row.member for row in group.memberships.order_by("pk"))
    signed_in(page, client, live_server, ada, "/en/groups/shared-ovens/topics/")
    expect(page.get_by_role("heading", name="Nobody has begun a topic yet")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Tab")
    pressed(page, "New topic")
    expect(page.get_by_role("heading", level=1, name="New topic")).to_be_visible()
    assert axe(page) == []
    typed(page, "title", "Flour for March")
    typed(page, "text", "Who joins? @Bo perhaps")
    pressed(page, "Begin the topic")
    expect(page.get_by_role("heading", level=1, name="Flour for March")).to_be_visible()
    assert Mention.objects.get().member == bo
    typed(page, "text", "I take *ten* sacks")
    pressed(page, "Reply")
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator(f"#post-{Post.objects.latest('pk').pk} em")).to_have_text("ten")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@both_looks
def test_other_pages_of_topics_have_no_barrier(group, axe, size, scheme, page, client, live_server):
    ada, bo = (row.member for row in group.memberships.order_by("pk"))
    post = actions.begin(group, by=bo, title="Flour", text="# Big\n\n- a\n- b\n\n> c\n\n`d`")
    own = actions.reply(post.topic, by=ada, text="x" * 500)
    topic = f"/en/groups/shared-ovens/topics/{post.topic.pk}/"
    signed_in(page, client, live_server, ada, topic)
    for path in (
        topic,
        "/en/groups/shared-ovens/topics/?q=nothing",
        "/en/groups/shared-ovens/topics/?q=flour",
        "/en/groups/shared-ovens/topics/announce/",
        "/en/groups/shared-ovens/topics/reports/",
        f"{topic}rename/",
        f"{topic}move/",
        f"{topic}posts/{own.pk}/edit/",
        f"{topic}posts/{own.pk}/take-back/",
        f"{topic}posts/{post.pk}/report/",
        "/en/accounts/posts/",
    ):
        page.goto(live_server.url + path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_name_is_chosen_from_a_list_by_keyboard(group, axe, size, page, client, live_server):
    for name in ("Ana Blum", "Anton"):
        member = MemberFactory(public_name=name, public_name_seen_by=Visibility.MEMBERS)
        GroupMembershipFactory(group=group, member=member)
    ada, bo = (row.member for row in group.memberships.order_by("pk")[:2])
    post = actions.begin(group, by=bo, title="Flour", text="Who joins?")
    signed_in(page, client, live_server, ada, post.topic.get_absolute_url().replace("/fr/", "/en/"))
    options = page.get_by_role("listbox", name="Members of the group").get_by_role("option")
    typed(page, "text", "Ask @an")
    expect(options).to_have_text(["Ana Blum", "Anton"])
    expect(page.locator(".naming [role=status]")).to_have_text("2 suggestions")
    page.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    at_hand = page.locator("textarea").get_attribute("aria-activedescendant")
    expect(page.locator(f"#{at_hand}")).to_have_text("Ana Blum")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_value("Ask @[Ana Blum] ")
    expect(options).to_have_count(0)
    page.keyboard.type("or me@a.example, or @b")
    expect(options).to_have_text(["Ana Blum", "Bo"])
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_value("Ask @[Ana Blum] or me@a.example, or @b\n")
    pressed(page, "Reply")
    expect(page.locator("article a", has_text="@Ana Blum")).to_have_count(1)
    assert Mention.objects.get().member.public_name == "Ana Blum"


def test_a_name_is_chosen_by_pointer_and_none_is_asked_for_twice(group, page, client, live_server):
    ada = group.memberships.order_by("pk").first().member
    signed_in(page, client, live_server, ada, "/en/groups/shared-ovens/topics/new/")
    asked = []
    page.on("request", lambda request: "/names/" in request.url and asked.append(request.url))
    area = page.locator("textarea")
    # "n" finds nobody, so no longer word is asked for, once that is known.
    for letter, name in (("@", ""), ("n", "n")):
        with page.expect_response(lambda answer, name=name: answer.url.endswith(f"/names/?q={name}")):
            area.press_sequentially(letter)
        page.wait_for_timeout(300)
    area.press_sequentially("obody here", delay=50)
    page.wait_for_load_state("networkidle")
    assert [one.partition("?q=")[2] for one in asked] == ["", "n"]
    area.fill("")
    area.press_sequentially("Hello @")
    page.get_by_role("option", name="Bo").click()
    expect(area).to_have_value("Hello @Bo ")
    expect(area).to_be_focused()
