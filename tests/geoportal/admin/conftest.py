"""Someone who may do all, and a row of every model."""

import copy
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from campaigns.models import Ballot, BallotCode, Campaign, CampaignChange, Juror, LikeFlag, LikeLine
from community.collectives.enums import ClaimWay
from community.members import tokens
from community.models import (
    Activity,
    Block,
    CollectiveClaim,
    ConsentChange,
    Contribution,
    GroupInvitation,
    GroupRequest,
    Invitation,
    Letterbox,
    MemberReport,
    RelayedMessage,
    RetentionRun,
    SpaceInvitation,
)
from importers.models import (
    BoundaryChange,
    BoundaryIssue,
    BoundaryRun,
    ImportIssue,
    ImportRun,
    ImportSource,
)
from initiatives import actions
from initiatives.enums import ContactKind, Visibility
from initiatives.exchange import matching
from initiatives.exchange.matching import indexing
from initiatives.merging import actions as merging
from initiatives.models import (
    Aged,
    DistinctPair,
    ExchangeMatch,
    Export,
    Follow,
    Identity,
    Initiative,
    Link,
    Network,
    PageHit,
    PageViews,
    Photo,
    Proposal,
    Report,
    ReviewClaim,
    ReviewScope,
    SiteCheck,
    Snapshot,
    Submission,
    UpkeepRequest,
    Vouch,
)
from initiatives.searching import lexicon
from territories.models import Collective
from tests.factories import (
    CollectiveFactory,
    ExchangeFactory,
    GroupFactory,
    GroupMembershipFactory,
    InitiativeFactory,
    MemberFactory,
    PlaceFactory,
    PostFactory,
    SpaceMembershipFactory,
)
from vocabulary.models import Licence

# More rows in a list than queries it may make.
MANY = 13


@pytest.fixture(autouse=True)
def lenient(settings):
    """Templates of Django and django-leaflet name variables that they do not give."""
    changed = copy.deepcopy(settings.TEMPLATES)
    changed[0]["OPTIONS"]["string_if_invalid"] = ""
    settings.TEMPLATES = changed


@pytest.fixture
def office(client, cast):
    """The administration, signed in as the one who may do all."""
    client.force_login(cast["admin"])
    return client


def _people(number: int, collective: Collective) -> None:
    """One row of each kind that people leave."""
    CollectiveClaim.objects.create(collective=collective, member=MemberFactory(), way=ClaimWay.REQUEST)
    Invitation.objects.create(collective=collective, email=f"a{number}@demo.example", language="de")
    group = GroupMembershipFactory().group
    GroupRequest.objects.create(group=group, member=MemberFactory())
    GroupInvitation.objects.create(group=group, email=f"g{number}@demo.example", language="de")
    space = SpaceMembershipFactory().space
    SpaceInvitation.objects.create(space=space, email=f"s{number}@demo.example", language="de")
    space.resources.create(title="Charter", url="https://example.org/", position=1)
    tokens.issue(MemberFactory(), f"For site {number}")
    one, two = MemberFactory(is_listed=True), MemberFactory()
    RelayedMessage.objects.create(sender=one, receiver=two, text="x")
    Block.objects.create(by=two, blocked=one)
    MemberReport.objects.create(about=one, by=two, reason="x")
    Contribution.objects.create(
        member=one, kind="reply", room="topics", key=str(number), weight=1, collective=collective
    )
    Activity.objects.create(
        kind="topic", room="topics", key=f"0{number}", group=group, collective=collective, by=one
    )
    ConsentChange.objects.create(member=one, what="is_listed", before="no", after="yes")
    RetentionRun.objects.create(what="messages", deleted=number)
    post = PostFactory()
    post.attachments.create(file="none.pdf", name=f"Plan {number}.pdf", size=3, kind="pdf")
    post.mentions.create(member=MemberFactory())
    post.reports.create(by=MemberFactory(), reason="x")


def _exchanges(initiative, picture) -> None:
    """One row of each kind that offers and needs leave."""
    offer, need = ExchangeFactory(initiative=initiative), ExchangeFactory(kind="need")
    offer.photos.create(image=picture(), alt="A press")
    conversation = offer.conversations.create(member=MemberFactory())
    conversation.messages.create(by=conversation.member, text="Until when?")
    offer.reports.create(by=MemberFactory(), reason="x")
    ExchangeMatch.objects.create(exchange=offer, other=need)


def _campaign(number: int, initiative: Initiative) -> None:
    """One row of each kind that a campaign leaves, its results published."""
    dates = ("call_from", "selection_from", "likes_from", "likes_until", "results_from")
    made = Campaign.objects.create(
        slug=f"edition-{number}",
        titles={"en": f"Edition {number}"},
        phase="results",
        **{name: initiative.created_at + timedelta(days=place) for place, name in enumerate(dates)},
    )
    CampaignChange.objects.create(campaign=made, field="likes_until", reason="x")
    theme = made.themes.create(theme=initiative.primary_theme.root)
    nomination = made.nominations.create(theme=theme, initiative=initiative, pitch="x", language="en")
    juror = Juror.objects.create(campaign=made, member=MemberFactory())
    juror.notes.create(nomination=nomination, mark=4)
    juror.conflicts.create(nomination=nomination, reason="x")
    ballot = Ballot.objects.create(campaign=made, member=MemberFactory(), voter=uuid.uuid4())
    BallotCode.objects.create(campaign=made, address=f"{number}", code="x")
    ballot.likes.create(nomination=nomination, theme=theme)
    LikeLine.objects.create(campaign=made, voter=ballot.voter, nomination=nomination, act="like")
    made.visits.create(nomination=nomination, source="poster", day=initiative.created_at, visits=3)
    LikeFlag.objects.create(campaign=made, kind="network", key=f"{number}").ballots.add(ballot)


@pytest.fixture
def full(bakery, cast, picture, settings, tmp_path):
    """Rows of every model of ours."""
    settings.MEDIA_ROOT = tmp_path
    others = [InitiativeFactory(published=True) for _ in range(MANY)]
    PlaceFactory()
    Group.objects.create(name="Readers")
    network = Network.objects.first()
    licence = Licence.objects.first()
    for number, other in enumerate(others):
        Identity.objects.create(initiative=other, network=network, external_id=str(number))
        Photo.objects.create(initiative=other, image=picture(), alt="An oven", licence=licence)
        ImportSource.objects.create(network=network, address=f"https://example.org/{number}.csv")
        run = ImportRun.objects.create(network=network, source="a.csv")
        ImportIssue.objects.create(run=run, row=1, message="x")
        run.pictures.create(
            initiative=other, row=1, order=0, address="/x.png", alt="An oven", licence=licence
        )
        boundaries = BoundaryRun.objects.create(scheme="region", source="a.geojson")
        BoundaryIssue.objects.create(run=boundaries, row=1, message="x")
        BoundaryChange.objects.create(run=boundaries, code="FR-69", state="changed", fields=["name"])
        other.contacts.create(kind=ContactKind.EMAIL, value="all@demo.example")
        other.translations.create(language="de", name="Anders")
        other.old_slugs.create(slug=f"once-{number}")
        Submission.objects.create(initiative=other, email=f"away{number}@demo.example", language="de")
        Letterbox.objects.filter(pk=other.submission.letterbox_id).update(silent_since=other.updated_at)
        Proposal.objects.create(initiative=other, of=other.updated_at, message="x", language="de")
        Report.objects.create(initiative=other, kind="wrong", message="x", language="de")
        UpkeepRequest.objects.create(initiative=other, submission=other.submission)
        SiteCheck.objects.create(initiative=other, website="https://a.example/", checked_at=other.updated_at)
        Aged.objects.create(initiative=other, since=other.updated_at)
        Export.objects.create(format="gpkg", version=str(number), rows=3)
        Snapshot.objects.create(date=f"2026-02-{number + 1:02}", made_at=other.created_at, size=1)
        Follow.objects.create(member=MemberFactory(), initiative=other)
        PageHit.objects.create(day=other.created_at, kind="initiative", object=other.pk)
        PageViews.objects.create(day=other.created_at, kind="initiative", object=other.pk, n=3)
        other.memberships.create(network=network)
        other.group_links.create(group=GroupFactory(), by=cast["moderator"])
        collective = CollectiveFactory(territory__parent=None)
        _people(number, collective)
        _exchanges(other, picture)
        _campaign(number, other)
        ReviewScope.objects.create(member=MemberFactory(), network=network)
        ReviewClaim.objects.create(initiative=other, member=cast["moderator"], until=other.updated_at)
        DistinctPair.objects.create(lower=bakery, higher=other, by=cast["moderator"])
        Link.objects.create(from_network=network, kind="supports", to_initiative=other)
        Vouch.objects.create(
            initiative=other, member=MemberFactory(), kind="objection", of=other.updated_at, reason="x"
        )
        merging.merge(InitiativeFactory(name=f"Twin {number}", published=True), into=other, by=None)
    values = {
        "name": "Le Fournil d'en face",
        "contacts": {ContactKind.EMAIL: ("bread@demo.example", Visibility.EVERYONE)},
        "translations": [{"language": "de", "name": "Die Bäckerei"}],
        "photos": [{"image": picture(), "alt": "A garden", "licence": licence}],
    }
    matching.index([ExchangeFactory().pk for _number in range(MANY)])
    indexing.count()
    lexicon.rebuild()
    return actions.revise(bakery, by=None, values=values)
