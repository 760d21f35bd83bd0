"""Reading initiatives: adjectives that chain."""

from datetime import datetime
from typing import Any

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from community.members.enums import Role
from geo.bbox import BBox
from geo.functions import Fold, Matches, WithinMetres, WordQuery, geography
from geo.search import bytewise, place_of_name, weight

from .badges import with_badges
from .enums import TELLING, ProposalState, ReportKind, ReportState, Status, Verb, Visibility, VouchKind
from .querysets_exchange import with_exchanges


class InitiativeQuerySet(models.QuerySet):
    """Initiatives; every filter on place reads the public position only."""

    def held(self) -> "InitiativeQuerySet":
        """Locked to the end of the transaction: nobody else changes or decides on them before."""
        return self.select_for_update(of=("self",))

    def published(self) -> "InitiativeQuerySet":
        """Shown to everyone."""
        return self.filter(status=Status.PUBLISHED)

    def located(self) -> "InitiativeQuerySet":
        """With a public position that the map can show."""
        return self.filter(cell__isnull=False)

    def unlocated(self) -> "InitiativeQuerySet":
        """Without one."""
        return self.filter(cell__isnull=True)

    def matching(self, words: str) -> "InitiativeQuerySet":
        """With all the words in name, town, tags or summary; the last word may be a beginning."""
        return self.filter(Matches(F("search"), WordQuery(Value(words))))

    def named_like(self, words: str) -> "InitiativeQuerySet":
        """Whose name is the words or begins with them, those that are the words first, then by name."""
        return (
            self.annotate(_name=bytewise("search_name"))
            .filter(_name__startswith=Fold(Value(words)))
            .order_by("_name", "pk")
        )

    def by_relevance(self, words: str) -> "InitiativeQuerySet":
        """Names that are the words, names that begin with them, then by weight of the words; ties by name."""
        return self.order_by(
            place_of_name("search_name", words), weight("search", words).desc(), "search_name", "pk"
        )

    def themed(self, theme_ids: list[int]) -> "InitiativeQuerySet":
        """With any of these themes."""
        links = self.model.themes.through.objects.filter(initiative=OuterRef("pk"), theme__in=theme_ids)
        return self.filter(Exists(links))

    def in_territories(self, territory_ids: list[int]) -> "InitiativeQuerySet":
        """Whose public position lies in any of these territories."""
        links = self.model.territories.through.objects.filter(
            initiative=OuterRef("pk"), territory__in=territory_ids
        )
        return self.filter(Exists(links))

    def of_networks(self, network_ids: list[int]) -> "InitiativeQuerySet":
        """That belong to any of these networks now."""
        links = self.model.networks.through.objects.filter(
            initiative=OuterRef("pk"), network__in=network_ids, until=None
        )
        return self.filter(Exists(links))

    def of_groups(self, group_ids: list[int]) -> "InitiativeQuerySet":
        """That name any of these groups; whoever asks sees to it that they may be known."""
        links = self.model._meta.get_field("group_links").related_model.objects
        return self.filter(Exists(links.filter(initiative=OuterRef("pk"), group__in=group_ids)))

    def in_scopes_of(self, member) -> "InitiativeQuerySet":
        """That lie in, are carried by or belong to one of the things a moderator is limited to; all without any."""
        scopes = list(member.review_scopes.values_list("territory_id", "collective_id", "network_id"))
        if not scopes:
            return self
        territories, collectives, networks = ([pk for pk in kind if pk] for kind in zip(*scopes))
        allowed = Q()
        if territories:
            links = self.model.territories.through.objects.filter(territory__in=territories)
            allowed |= Exists(links.filter(initiative=OuterRef("pk")))
        if collectives:
            allowed |= Q(collective__in=collectives)
        if networks:
            links = self.model.networks.through.objects.filter(network__in=networks, until=None)
            allowed |= Exists(links.filter(initiative=OuterRef("pk")))
        return self.filter(allowed)

    def reviewable_by(self, member) -> "InitiativeQuerySet":
        """That a member may review, whatever their status; says the same as the rule `initiatives.review`."""
        if not (member.is_authenticated and member.is_active):
            return self.none()
        if member.is_superuser:
            return self
        return self.in_scopes_of(member) if member.has_role(Role.MODERATOR) else self.none()

    def with_since(self) -> "InitiativeQuerySet":
        """Adds `since`: when they came to where they stand in the workflow."""
        steps = self.model._meta.get_field("status_changes").related_model.objects
        steps = steps.filter(initiative=OuterRef("pk"), to_status=OuterRef("status"))
        steps = steps.exclude(from_status=F("to_status")).order_by("-at", "-pk")
        return self.annotate(since=Coalesce(Subquery(steps.values("at")[:1]), "created_at"))

    def unconfirmed_since(self, instant: datetime) -> "InitiativeQuerySet":
        """Neither made, published, confirmed nor edited by people since then; what a source changed is no sign."""
        steps = self.model._meta.get_field("status_changes").related_model.objects
        signs = steps.signs_of_people().filter(initiative=OuterRef("pk"), at__gte=instant)
        # As the index `initiative_by_age` has it; PostgreSQL leaves out what is NULL.
        early = self.alias(_own_sign=Greatest("created_at", "confirmed_at")).filter(_own_sign__lt=instant)
        return early.filter(~Exists(signs))

    def in_box(self, box: BBox) -> "InitiativeQuerySet":
        """Whose public position lies in the box, edges included."""
        return self.filter(public_position__intersects=box.area())

    def near(self, point: Point, metres: float) -> "InitiativeQuerySet":
        """Whose public position lies within metres of a point, EPSG:4326, on the spheroid."""
        centre = geography(Value(point, PointField(srid=4326)))
        return self.filter(WithinMetres(geography("public_position"), centre, Value(metres)))

    def with_root_theme(self) -> "InitiativeQuerySet":
        """Adds the theme that gives colour and icon in the same query."""
        return self.select_related("primary_theme__parent")

    def for_lists(self) -> "InitiativeQuerySet":
        """Only what a row of a list shows, themes joined."""
        return with_badges(with_exchanges(self.with_root_theme())).only(
            *("uuid", "slug", "name", "summary", "public_locality", "country"),
            "precision",
            "has_no_position",
            "primary_theme__slug",
            "primary_theme__names",
            "primary_theme__icon",
            "primary_theme__parent__slug",
            "primary_theme__parent__names",
            "primary_theme__parent__icon",
        )

    def for_page(self) -> "InitiativeQuerySet":
        """Everything that the page of an initiative shows, in a fixed number of queries."""
        contacts = self.model._meta.get_field("contacts").related_model
        return (
            with_badges(self.with_root_theme())
            .select_related("collective", "legal_form", "licence", "territory", "parent", "aged")
            .defer("search", "search_name", "position")
            .prefetch_related(
                "themes__parent",
                "translations",
                "photos__licence",
                "identities__network",
                "identities__licence",
                Prefetch(
                    "contacts", contacts.objects.filter(visibility=Visibility.EVERYONE), "public_contacts"
                ),
                Prefetch(
                    "contacts", contacts.objects.exclude(visibility=Visibility.NOBODY), "member_contacts"
                ),
            )
        )


class VouchQuerySet(models.QuerySet):
    """Words of neighbours."""

    def objections(self) -> "VouchQuerySet":
        """That leave an initiative to the moderators."""
        return self.filter(kind=VouchKind.OBJECTION)

    def standing(self) -> "VouchQuerySet":
        """Vouches for what would be published now; `of` says for which version each was given."""
        return self.filter(kind=VouchKind.VOUCH, member__isnull=False, of=F("initiative__updated_at"))


class OnDeskQuerySet(models.QuerySet):
    """What readers send about initiatives."""

    def reviewable_by(self, member) -> "OnDeskQuerySet":
        """Of initiatives that a member may review."""
        initiatives = self.model._meta.get_field("initiative").related_model
        return self.filter(initiative__in=initiatives.objects.reviewable_by(member).values("pk"))


class ProposalQuerySet(OnDeskQuerySet):
    """Proposed changes."""

    def open(self) -> "ProposalQuerySet":
        """That nobody has decided on."""
        return self.filter(state=ProposalState.OPEN)

    def untold(self) -> "ProposalQuerySet":
        """Decided, with an address that is known to be theirs, which has not been told."""
        theirs = Q(by__isnull=False) | Q(letterbox__confirmed_at__isnull=False)
        return self.exclude(email="").exclude(decided_at=None).filter(theirs, told_at=None)


class ReportQuerySet(OnDeskQuerySet):
    """Reports of readers."""

    def open(self) -> "ReportQuerySet":
        """That nobody has settled."""
        return self.filter(state=ReportState.OPEN)

    def by_turn(self) -> "ReportQuerySet":
        """Abuse first, then the oldest."""
        return self.order_by(Case(When(kind=ReportKind.ABUSE, then=0), default=1), "made_at", "pk")


class SubmissionQuerySet(models.QuerySet):
    """What was handed in."""

    def answerable(self) -> "SubmissionQuerySet":
        """With an address that is known to be theirs, and still kept."""
        return self.exclude(confirmed_at=None).exclude(email="")

    def untold(self, **when: Any) -> "SubmissionQuerySet":
        """Of which something has happened since the last letter, `told_at` being the last step that was told.

        `when` narrows the steps that count.
        """
        initiative = self.model._meta.get_field("initiative").related_model
        steps = initiative._meta.get_field("status_changes").related_model.objects.telling().filter(**when)
        rows = self.answerable().annotate(since=Coalesce("told_at", "handed_in_at"))
        return rows.filter(Exists(steps.filter(initiative=OuterRef("initiative"), at__gt=OuterRef("since"))))


class MergeQuerySet(models.QuerySet):
    """Merges of two initiatives."""

    def open(self) -> "MergeQuerySet":
        """That nobody has undone."""
        return self.filter(undone_at=None)


class DistinctPairQuerySet(models.QuerySet):
    """Pairs that are not the same."""

    def of(self, pk: int) -> "DistinctPairQuerySet":
        """In which an initiative stands, with `other`, the key of the one beside it."""
        other = Case(When(lower=pk, then=F("higher")), default=F("lower"))
        return self.filter(Q(lower=pk) | Q(higher=pk)).annotate(other=other)


class StatusChangeQuerySet(models.QuerySet):
    """Steps of the workflow."""

    def telling(self) -> "StatusChangeQuerySet":
        """That whoever handed it in is told."""
        return self.filter(verb__in=TELLING)

    def brought(self) -> "StatusChangeQuerySet":
        """By which an import put something new on the map."""
        return self.filter(verb=Verb.IMPORT, from_status="")

    def signs_of_people(self) -> "StatusChangeQuerySet":
        """In which somebody looked at what is published and found it right, or made it so."""
        return self.filter(
            Q(verb__in=(Verb.PUBLISH, Verb.RESTORE, Verb.CONFIRM)) | Q(verb=Verb.REVISE, by__isnull=False)
        )


class ReviewClaimQuerySet(models.QuerySet):
    """Reviews taken on."""

    def current(self) -> "ReviewClaimQuerySet":
        """Whose time is not over."""
        return self.filter(until__gt=timezone.now())


def root_theme(path: str = "primary_theme") -> Coalesce:
    """Slug of the one of the ten themes that a theme belongs to, by the path of that theme."""
    return Coalesce(f"{path}__parent__slug", f"{path}__slug")


class NetworkQuerySet(models.QuerySet):
    """Partner networks."""

    def with_counts(self) -> "NetworkQuerySet":
        """Adds `initiative_count`: published initiatives that belong to it now."""
        return self.annotate(
            initiative_count=models.Count(
                "memberships",
                filter=Q(memberships__until=None, memberships__initiative__status=Status.PUBLISHED),
            )
        )
