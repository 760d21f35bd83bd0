"""Mail of posts: to whom, once, with what mail programs need; announcements, names, reports."""

import re

import pytest
from django.core import mail
from django.test import Client

from community.groups.enums import Frequency, GroupRole
from community.members.enums import Visibility
from community.topics import actions, letters, links, names
from community.topics.order import actions as order
from tests.initiatives.pages import address

from .conftest import mailed

pytestmark = pytest.mark.django_db


def told(*, clear: bool = True) -> dict[str, mail.EmailMessage]:
    """Letters by who gets them, each one."""
    mailed()
    found = {message.to[0]: message for message in mail.outbox}
    assert len(found) == len(mail.outbox)
    if clear:
        mail.outbox.clear()
    return found


@pytest.fixture
def wanting(circle):
    """One for each frequency, in German where it is each."""
    for frequency in Frequency:
        circle.join(f"wants_{frequency}", frequency=frequency, language="de" if frequency == "each" else "en")
    mail.outbox.clear()
    return circle


def addresses(circle, *people: str) -> set[str]:
    """Of people by what they are."""
    return {circle[name].email for name in people}


# ── Each post ───────────────────────────────────────────────────────────────────────────────────
def test_a_post_goes_to_who_wants_each_and_never_to_its_author(wanting):
    wanting.group.memberships.filter(member=wanting["author"]).update(frequency=Frequency.EACH)
    actions.reply(wanting.topic, by=wanting["author"], text="More *flour*")
    (letter,) = told().values()
    assert letter.to == [wanting["wants_each"].email]
    assert letter.subject == f"[{wanting.group.name}] Re: Flour for March"
    assert "More *flour*" in letter.body
    assert f"http://testserver/de/groups/{wanting.slug}/topics/{wanting.topic.pk}/#post-" in letter.body


def test_mail_programs_thread_sort_and_end_it(wanting):
    begun = actions.begin(wanting.group, by=wanting["author"], title="Yeast", text="Who has some?")
    first = told()[wanting["wants_each"].email].message()
    reply = actions.reply(begun.topic, by=wanting["member"], text="Me")
    second = told()[wanting["wants_each"].email].message()
    assert first["Subject"] == f"[{wanting.group.name}] Yeast"
    assert first["Message-ID"] == f"<post.{begun.pk}@testserver>"
    assert first["In-Reply-To"] is None
    assert second["Message-ID"] == f"<post.{reply.pk}@testserver>"
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]
    for message in (first, second):
        assert message["List-Id"] == f"<{wanting.slug}.groups.testserver>"
        assert re.fullmatch(r"<http://testserver/de/letters/groups/\S+/>", message["List-Unsubscribe"])
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Auto-Submitted"] == "auto-generated"


def test_a_second_task_for_a_post_reaches_who_wants_it_still(wanting):
    post = actions.reply(wanting.topic, by=wanting["author"], text="x")
    wanting.group.memberships.update(frequency=Frequency.NONE)
    assert told() == {}
    wanting.group.memberships.update(frequency=Frequency.EACH)
    order.hide(post, by=wanting["animator"])
    assert not letters.send_post(post.pk, wanting["member"].pk)
    assert letters.fan_out(post.pk, None) == 0
    assert letters.fan_out(10**9, None) == 0


def test_who_left_or_lost_the_account_gets_nothing(wanting):
    wanting.join("gone", frequency=Frequency.EACH)
    wanting["gone"].is_active = False
    wanting["gone"].save()
    wanting.group.memberships.filter(member=wanting["wants_each"]).delete()
    actions.reply(wanting.topic, by=wanting["author"], text="x")
    assert told() == {}


def test_a_title_with_line_breaks_is_one_line(wanting):
    wanting.group.name = "Bread\r\nBcc: x@demo.example"
    wanting.group.save()
    actions.begin(wanting.group, by=wanting["author"], title="A\r\nBcc: b@demo.example", text="x")
    (letter,) = told().values()
    assert letter.subject == "[Bread Bcc: x@demo.example] A Bcc: b@demo.example"


# ── Announcements ───────────────────────────────────────────────────────────────────────────────
def test_an_announcement_tells_the_number_and_reaches_all_but_who_wants_none(client, wanting):
    client.force_login(wanting["animator"])
    page = address("topic_announce", wanting.slug)
    given = {"title": "Meeting", "text": "On **Monday**"}
    assert "This will reach 3 people" in client.get(page).text
    asked = client.post(page, given).text
    assert "Send it to 3 people" in asked
    assert "<strong>Monday</strong>" in asked
    assert told() == {}
    assert not wanting.group.topics.filter(title="Meeting").exists()
    for _press in range(2):
        assert client.post(page, {**given, "sure": "1"}).status_code == 302
    assert set(told()) == addresses(wanting, "wants_each", "wants_daily", "wants_weekly")
    assert wanting.group.topics.filter(title="Meeting").count() == 1


# ── Names ───────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Ana Blum, look", {"long"}),
        ("@ana blum", {"long"}),
        ("@Ana look", {"short"}),
        ("@[Ana Blum]look", {"long"}),
        ("(@Ana) and @Ana Blum", {"short", "long"}),
        ("mail@Ana", set()),
        ("@Anabel", set()),
        ("@Shy", set()),
        ("@Outside", set()),
        ("@", set()),
        ("@[", set()),
        ("@" * 20_000, set()),
        ("Ana", set()),
    ],
)
def test_a_text_names_members_who_show_their_name(circle, text, expected):
    circle.join("short", public_name="Ana")
    circle.join("long", public_name="Ana Blum", public_name_seen_by=Visibility.EVERYONE)
    circle.join("shy", public_name="Shy", public_name_seen_by=Visibility.NOBODY)
    circle["outsider"].public_name = "Outside"
    circle["outsider"].public_name_seen_by = Visibility.EVERYONE
    circle["outsider"].save()
    found = names.named_in(text, circle.group)
    assert set(found) == {circle[name] for name in expected}


def test_who_is_named_gets_it_at_once_unless_they_want_no_mail(wanting):
    text = "@Wants_None @Wants_Weekly @Wants_Each @Author"
    for frequency in Frequency:
        wanting[f"wants_{frequency}"].public_name = f"Wants_{frequency.title()}"
        wanting[f"wants_{frequency}"].save()
    post = actions.reply(wanting.topic, by=wanting["author"], text=text)
    letters_sent = told()
    assert set(letters_sent) == addresses(wanting, "wants_each", "wants_weekly")
    assert "names you" in letters_sent[wanting["wants_weekly"].email].body
    actions.edit(post, by=wanting["author"], text=f"{text} @Wants_Daily")
    # Who was told before is not told again.
    assert set(told()) == addresses(wanting, "wants_daily")


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────
def test_a_report_goes_to_those_who_decide(circle):
    circle.join("other", GroupRole.ANIMATOR)
    order.report(circle.post, by=circle["outsider"], reason="Spam")
    found = told()
    assert set(found) == addresses(circle, "animator", "other")
    assert f"/en/groups/{circle.slug}/topics/reports/" in found[circle["other"].email].body
    post = actions.reply(circle.topic, by=circle["animator"], text="Rude")
    order.report(post, by=circle["member"], reason="Rude")
    assert set(told()) == addresses(circle, "other", "moderator")
    circle.group.memberships.update(role=GroupRole.MEMBER)
    report = order.report(post, by=circle["author"], reason="Rude")
    assert set(told()) == addresses(circle, "moderator")
    order.close_report(report, by=circle["moderator"])
    assert letters.fan_out_report(report.pk) == 0
    assert not letters.send_report(report.pk, circle["moderator"].pk)


# ── The way out ─────────────────────────────────────────────────────────────────────────────────
def way_out(membership) -> str:
    """The path of the link."""
    return links.way_out(membership).removeprefix("http://testserver")


def test_a_mail_program_ends_the_mail_of_one_group_by_one_click(wanting, circle):
    membership = wanting.group.memberships.get(member=wanting["wants_each"])
    link = way_out(membership)
    program = Client(enforce_csrf_checks=True)
    assert "You get mail of this group" in program.get(link.replace("/fr/", "/en/")).text
    membership.refresh_from_db()
    assert membership.frequency == Frequency.EACH
    for _time in range(2):
        answer = program.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    membership.refresh_from_db()
    assert membership.frequency == Frequency.NONE
    assert wanting.group.memberships.exclude(frequency=Frequency.NONE).count() == 2


def test_a_person_ends_it_by_a_button(client, wanting):
    membership = wanting.group.memberships.get(member=wanting["wants_daily"])
    link = way_out(membership)
    assert client.post(link).url == link
    assert "no mail of this group any more" in client.get(link.replace("/fr/", "/en/")).text


def test_forged_links_end_nothing(client, wanting):
    token = way_out(wanting.group.memberships.get(member=wanting["wants_each"])).split("/")[-2]
    for wrong in (token[:-1], "x", token.split(".")[0], f"1-1.{token.split('.')[1]}"):
        assert client.post(address("group_letters", wrong)).status_code == 404
    assert wanting.group.memberships.filter(frequency=Frequency.EACH).exists()
