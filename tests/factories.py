"""Rows for tests; `published=True` takes an initiative along the workflow."""

from datetime import timedelta

import factory
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone
from factory.django import DjangoModelFactory

from community.groups.enums import GroupKind, GroupRole
from community.models import Group, GroupMembership, Member, Post, Space, SpaceMembership, Topic
from initiatives import actions
from initiatives.models import Exchange, Initiative, Network
from initiatives.placement import place
from territories.enums import CollectiveStatus, Scheme
from territories.models import Collective, Place, Territory
from vocabulary.exchange import Kind
from vocabulary.models import Theme


class MemberFactory(DjangoModelFactory):
    """A member."""

    class Meta:
        model = Member

    email = factory.Sequence(lambda number: f"member{number}@demo.example")
    public_name = factory.Sequence(lambda number: f"Member {number}")


class TerritoryFactory(DjangoModelFactory):
    """A territory: a box around Lyon unless told otherwise."""

    class Meta:
        model = Territory

    code = factory.Sequence(lambda number: f"XX-{number}")
    scheme = Scheme.REGION
    names = factory.LazyAttribute(lambda row: {"fr": row.code})
    boundary = factory.LazyFunction(lambda: MultiPolygon(Polygon.from_bbox((4, 45, 6, 47)), srid=4326))


class PlaceFactory(DjangoModelFactory):
    """A town."""

    class Meta:
        model = Place

    geonameid = factory.Sequence(lambda number: 1000 + number)
    name = "Lyon"
    country = "FR"
    population = 500_000
    position = factory.LazyFunction(lambda: Point(4.8357, 45.764, srid=4326))
    search_names = factory.LazyAttribute(lambda row: f"|{row.name.lower()}")


class CollectiveFactory(DjangoModelFactory):
    """A published collective."""

    class Meta:
        model = Collective

    name = factory.Sequence(lambda number: f"Collective {number}")
    slug = factory.Sequence(lambda number: f"collective-{number}")
    territory = factory.SubFactory(TerritoryFactory)
    status = CollectiveStatus.PUBLISHED


class GroupFactory(DjangoModelFactory):
    """An open group; `animators` and `members` are in it."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Group {number}")
    slug = factory.Sequence(lambda number: f"group-{number}")
    purpose = "What we do together."
    language = "en"
    kind = GroupKind.OPEN

    @factory.post_generation
    def members(self, create, people, **more):
        """Who belongs to it."""
        for one in people or ():
            GroupMembership.objects.create(group=self, member=one)

    @factory.post_generation
    def animators(self, create, people, **more):
        """Who runs it."""
        for one in people or ():
            GroupMembership.objects.create(group=self, member=one, role=GroupRole.ANIMATOR)


class GroupMembershipFactory(DjangoModelFactory):
    """A member of a group."""

    class Meta:
        model = GroupMembership

    group = factory.SubFactory(GroupFactory)
    member = factory.SubFactory(MemberFactory)


class SpaceFactory(DjangoModelFactory):
    """A private space."""

    class Meta:
        model = Space

    name = factory.Sequence(lambda number: f"Space {number}")
    slug = factory.Sequence(lambda number: f"space-{number}")
    purpose = "Our place."
    language = "en"


class SpaceMembershipFactory(DjangoModelFactory):
    """A member of a space."""

    class Meta:
        model = SpaceMembership

    space = factory.SubFactory(SpaceFactory)
    member = factory.SubFactory(MemberFactory)


class NetworkFactory(DjangoModelFactory):
    """A partner network."""

    class Meta:
        model = Network

    name = factory.Sequence(lambda number: f"Network {number}")
    slug = factory.Sequence(lambda number: f"network-{number}")


class InitiativeFactory(DjangoModelFactory):
    """A draft initiative through the action that makes one; `published=True` publishes it too."""

    class Meta:
        model = Initiative

    name = factory.Sequence(lambda number: f"Initiative {number}")
    position = factory.LazyFunction(lambda: Point(4.8357, 45.764, srid=4326))

    @classmethod
    def _create(cls, model_class, *args, **values) -> Initiative:
        published = values.pop("published", False)
        values.setdefault("primary_theme", Theme.objects.get(slug=values.pop("theme", "co-housing")))
        made = actions.create(by=None, values=values)
        return actions.publish(made, by=None) if published else made


class ExchangeFactory(DjangoModelFactory):
    """An open offer of a skill in Lyon by a member of their own, past the actions: nobody is told."""

    class Meta:
        model = Exchange

    kind = Kind.OFFER
    category = "skill"
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda number: f"Offer {number}")
    text = "We graft old apple trees."
    language = "en"
    theme = factory.LazyFunction(lambda: Theme.objects.get(slug="community-gardens"))
    locality = "Lyon"
    country = "FR"
    position = factory.LazyFunction(lambda: Point(4.8357, 45.764, srid=4326))
    details = factory.LazyFunction(lambda: {"price_terms": "free"})
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=180))


class TopicFactory(DjangoModelFactory):
    """A topic without any post."""

    class Meta:
        model = Topic

    group = factory.SubFactory(GroupFactory)
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda number: f"Topic {number}")


class PostFactory(DjangoModelFactory):
    """A post, past the actions: nobody is told."""

    class Meta:
        model = Post

    topic = factory.SubFactory(TopicFactory)
    author = factory.SelfAttribute("topic.author")
    text = "Flour, water, salt."


def placed(initiative: Initiative) -> Initiative:
    """The same after its territories were computed anew."""
    place(initiatives=[initiative.pk])
    initiative.refresh_from_db()
    return initiative
