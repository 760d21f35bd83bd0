"""The way of a newcomer on a phone, by keyboard: from a mark on the map into its group, a post, its mails, and out."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from community.groups.enums import Frequency, GroupRole
from community.members.enums import Visibility
from community.tasks import send_group_digests
from community.topics import actions as topics
from initiatives.groups import actions
from initiatives.models import Initiative
from tests.factories import GroupFactory, GroupMembershipFactory, MemberFactory
from tests.worker import work

from .keys import pressed, signed_in, typed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def size() -> str:
    """A phone alone."""
    return "phone"


@pytest.fixture
def mails(settings, tmp_path, live_server):
    """Mail waits in files, as while developing."""
    settings.ROOT_URLCONF = "tests.geoportal.dev_urls"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.SITE_URL = live_server.url


@pytest.fixture
def group(europe):
    """An open group with a topic, named by an initiative; Bo wants a summary a day."""
    group = GroupFactory(name="Shared ovens", slug="shared-ovens")
    people = {}
    for name, role, frequency in (
        ("Ada", GroupRole.ANIMATOR, Frequency.NONE),
        ("Bo", GroupRole.MEMBER, Frequency.DAILY),
    ):
        people[name] = MemberFactory(
            public_name=name,
            public_name_seen_by=Visibility.MEMBERS,
            language="en",
            email=f"{name}@demo.example",
        )
        GroupMembershipFactory(group=group, member=people[name], role=role, frequency=frequency)
    actions.name_group(Initiative.objects.get(slug="radio-passerelle"), group=group, by=None)
    topics.begin(group, by=people["Ada"], title="Flour for March", text="Who joins?")
    work()
    return group


def calm(page, axe) -> None:
    """Nothing stands in the way of anybody, and nothing goes over the edge."""
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def read_mail(page, live_server, subject: str):
    """A mail to Bo, as a developer reads it."""
    page.goto(f"{live_server.url}/dev/mail/")
    row = page.locator("main .row", has_text="bo@demo.example").filter(has_text=subject)
    expect(row).to_have_count(1)
    row.get_by_role("link").click()
    return page.locator("main .letter")


def mails_come(page, axe, live_server) -> None:
    """Who is named is told at once, of the rest once a day; both lead back to the topic."""
    work()
    letter = read_mail(page, live_server, "Re: Flour for March")
    expect(letter).to_contain_text("Cleo names you in Shared ovens:")
    calm(page, axe)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        send_group_digests.func(0)
        work()
    letter = read_mail(page, live_server, "new posts")
    expect(letter).to_contain_text("Cleo: I bring ten sacks")
    expect(letter).not_to_contain_text("Perhaps")
    calm(page, axe)
    letter.locator("a[href*='/topics/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Flour for March")
    # Chromium takes the focus away once more when a page with a place in its address has loaded.
    page.wait_for_load_state()


def test_a_newcomer_goes_from_a_mark_to_a_mail_and_out(mails, group, show, axe, client, page, live_server):
    newcomer = MemberFactory(public_name="Cleo", public_name_seen_by=Visibility.MEMBERS, language="en")
    signed_in(page, client, live_server, newcomer, "/en/about/")
    show("/en/#9/45.2/5.7")
    calm(page, axe)
    page.locator(".marker[data-slug='radio-passerelle']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-card h2")).to_be_focused()
    calm(page, axe)

    # Its group is one step from the mark.
    pressed(page, "Shared ovens")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared ovens")
    calm(page, axe)
    pressed(page, "Join the group")
    expect(page.get_by_role("heading", level=1)).to_have_text("Join Shared ovens")
    calm(page, axe)
    pressed(page, "Join the group")
    expect(page.locator(".notice--ok")).to_contain_text("You belong to Shared ovens now.")
    calm(page, axe)

    pressed(page, "Flour for March")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flour for March")
    typed(page, "text", "Perhaps @b")
    expect(page.get_by_role("option")).to_have_text(["Bo"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("has some")
    pressed(page, "Reply")
    expect(page.locator("article").nth(1)).to_contain_text("Perhaps @Bo has some")
    expect(page.locator("article").nth(1).get_by_role("link", name="@Bo")).to_be_visible()
    calm(page, axe)
    typed(page, "text", "I bring ten sacks")
    pressed(page, "Reply")
    expect(page.locator("article")).to_have_count(3)

    mails_come(page, axe, live_server)

    # The crumbs stand above the post that the mail led to.
    page.locator("main").get_by_role("link", name="Shared ovens").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Shared ovens")
    pressed(page, "Leave…")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leave Shared ovens?")
    calm(page, axe)
    pressed(page, "Leave")
    expect(page.locator(".notice--ok")).to_contain_text("You have left Shared ovens.")
    calm(page, axe)
    assert not group.memberships.filter(member=newcomer).exists()
