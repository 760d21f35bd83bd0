"""A private group and a private space are nowhere: every route of the site is asked, also with words for them."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone

from community.groups import actions as groups
from community.members.enums import Visibility
from community.models import Group
from community.spaces.resources import actions as resources
from community.topics import actions as topics
from community.topics.enums import FileKind
from community.topics.files import Checked
from community.topics.meetings import Meeting
from initiatives import actions as initiatives
from initiatives.following import actions as following
from initiatives.following import digests
from initiatives.groups import actions as naming
from initiatives.sitemaps import SITEMAPS
from tests.community.spaces import space_of
from tests.factories import MemberFactory
from tests.house.test_doors import ROUTES, sample
from tests.initiatives.pages import address

pytestmark = pytest.mark.django_db
# Part of every name that is given below; of addresses in small letters.
SECRET = "Zyzzyva"
SLUG = re.compile(r"zyzzyva-[\w-]+")
# What somebody may ask for who has heard of them.
QUESTIONS = ("", "?q=zyzzyva", "?group={group}", "?territory=FR-69")


@pytest.fixture
def hidden(cast, bakery, settings, tmp_path):
    """Two private groups, one of them in a private space, with all that they may hold."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    bakery.refresh_from_db()
    ana = MemberFactory(public_name="Ana", public_name_seen_by=Visibility.EVERYONE, is_listed=True)
    bea = MemberFactory(public_name="Bea")
    space = space_of("private", ana, bea, name="Zyzzyva house", slug="zyzzyva-house-5d1e", purpose="Zyzzyva")
    resources.add(space, by=ana, title="Zyzzyva charter", url="https://zyzzyva.example/Zyzzyva")
    file = Checked(FileKind.TXT, "Zyzzyva.txt", ContentFile(b"Zyzzyva"))
    resources.add(space, by=ana, title="Zyzzyva plan", file=file)
    made = [
        _group(ana, bakery, name="Zyzzyva bakers", space=None),
        _group(ana, bakery, name="Zyzzyva inside", space=space),
    ]
    return SimpleNamespace(space=space, groups=made, ana=ana, bea=bea, bakery=bakery)


def _group(by, bakery, **more) -> Group:
    """One that an initiative belongs to, with a topic, a file and a meeting."""
    values = {"purpose": "Zyzzyva", "language": "en", "kind": "private", **more}
    made = groups.create(by=by, values=values | {"territory": bakery.collective.territory})
    naming.name_group(bakery, group=made, by=None)
    file = Checked(FileKind.TXT, "Zyzzyva.txt", ContentFile(b"Zyzzyva"))
    topics.begin(made, by=by, title="Zyzzyva topic", text="Zyzzyva, who is in?", files=[file])
    supper = Meeting(timezone.now() + timedelta(days=2), place="Zyzzyva street")
    topics.begin(made, by=by, title="Zyzzyva supper", text="Zyzzyva", meeting=supper)
    groups.invite(made, by=by, email="zyzzyva@demo.example", role="member", language="en")
    return made


def doors(hidden) -> dict[str, str]:
    """An address of every route, of what is there where it names something."""
    bakery, group = hidden.bakery, hidden.groups[0]
    topic = group.topics.first()
    collective = bakery.collective
    known = {
        r"topics/<int:(topic_)?pk>": f"topics/{topic.pk}",
        r"posts/<int:pk>": f"posts/{topic.posts.first().pk}",
        r"attachments/<int:pk>": f"attachments/{topic.group.topics.last().posts.first().pk}",
        r"resources/<int:pk>": f"resources/{hidden.space.resources.last().pk}",
        r"groups/<(slug:slug|str:name)>": f"groups/{group.slug}",
        r"spaces/<slug:slug>": f"spaces/{hidden.space.slug}",
        r"initiatives/<uuid:uuid>": f"initiatives/{bakery.uuid}",
        r"initiatives/<str:slug>": f"initiatives/{bakery.slug}",
        r"collections/<\w+:\w+>": "collections/initiatives",
        r"items/<\w+:\w+>": f"items/{bakery.uuid}",
        r"networks/<(slug:slug|str:name)>": f"networks/{bakery.memberships.first().network.slug}",
        r"collectives/<(slug:slug|str:name)>": f"collectives/{collective.slug}",
        r"territories/<str:code>": f"territories/{collective.territory.code}",
        r"members/<uuid:\w+>": f"members/{hidden.ana.uuid}",
        r"<str:(z|x|y|west|east|north|south)>": "0",
    }
    found = {}
    for path, route in ROUTES:
        for pattern, filled in known.items():
            path = re.sub(pattern, filled, path)
        if "<section>" in path:
            found |= {f"sitemap {name}": f"/sitemap-{name}.xml" for name in SITEMAPS}
        else:
            found[route.name or path] = re.sub("^/fr/", "/en/", sample(path))
    return found


def said(client, where: str) -> str:
    """All that an answer says, its headers included, but for the words of the question."""
    answer = client.get(where)
    assert answer.status_code != 500, where
    text = (answer.getvalue() if answer.streaming else answer.content).decode(errors="replace")
    for asked in SLUG.findall(where):
        text = text.replace(asked, "")
    return (
        text + re.sub(SLUG, "", str(answer.headers.get("Location", ""))) + str(answer.headers.get("Link", ""))
    )


def telling(client, hidden, question: str) -> set[str]:
    """Routes that tell of them."""
    asked = question.format(group=hidden.groups[0].slug)
    found = set()
    for name, where in doors(hidden).items():
        text = said(client, where + asked)
        if SECRET in text or SLUG.search(text) or any(str(one.uuid) in text for one in hidden.groups):
            found.add(name)
    return found


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("role", ["nobody", "stranger"])
def test_no_route_tells_of_private_ones(client, hidden, role, question):
    if role == "stranger":
        client.force_login(MemberFactory())
    assert telling(client, hidden, question) == set()


def test_these_routes_would_tell_of_what_is_public(client, hidden):
    Group.objects.update(space=None)
    Group.objects.update(kind="open")
    space_of("public", hidden.ana, name="Zyzzyva place", slug="zyzzyva-place")
    expected = {
        *("groups", "group", "group_members", "topics", "topics_feed", "topic", "group_agenda", "meeting"),
        *(
            "api_groups",
            "api_group",
            "api_initiatives",
            "api_initiative",
            "api_changes",
            "ogc_items",
            "ogc_item",
        ),
        *("agenda", "agenda_feed", "activity", "activity_feed", "spaces", "sitemap groups", "sitemap spaces"),
        *("initiative", "initiative_card", "territory", "collective"),
        *("export_csv", "export_geojson", "export_geojsonl"),
    }
    assert sorted(expected - telling(client, hidden, "")) == []


def test_news_of_what_they_work_on_do_not_name_them(hidden):
    stranger = MemberFactory(language="en")
    for what in ({"query": ""}, {"initiative": hidden.bakery}):
        follow = following.follow(by=stranger, **what)
        initiatives.revise(hidden.bakery, by=None, values={"summary": f"Bread {follow.pk}"})
        hidden.bakery.refresh_from_db()
        digests.tell(follow.pk, timezone.now() + timedelta(days=8))
    assert SECRET not in "".join(message.body for message in mail.outbox)


@pytest.mark.parametrize("role", ["bea", "moderator"])
def test_who_knows_the_one_does_not_know_the_other(client, hidden, cast, role):
    client.force_login({"bea": hidden.bea, "moderator": cast["moderator"]}[role])
    group = hidden.groups[1]
    if role == "bea":
        # In the space, and not in its group.
        assert group.name not in said(client, address("space", hidden.space.slug))
        assert client.get(address("group", group.slug)).status_code == 404
    else:
        # Reports lead to all groups, and not to the space around one.
        body = said(client, address("group", group.slug))
        assert group.name in body
        assert hidden.space.name not in body
