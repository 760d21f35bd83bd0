"""Reading groups, and who is in them."""

import rules
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from territories.models import Territory

from ..inviting.querysets import PeopleQuerySet
from .enums import GroupKind, GroupRole


class GroupQuerySet(models.QuerySet):
    """Groups by who may know of them."""

    def active(self) -> "GroupQuerySet":
        """Where something goes on; archived ones are read only."""
        return self.filter(archived_at=None)

    def shown(self) -> "GroupQuerySet":
        """That anyone may know of: lists, feeds, tiles, exports and counts take these."""
        return self.exclude(kind=GroupKind.PRIVATE)

    def shown_or_of(self, reader) -> "GroupQuerySet":
        """For what stands beside each other of many groups: private ones of one's own alone, moderators too."""
        return self.filter(~Q(kind=GroupKind.PRIVATE) | Q(pk__in=self.model.objects.of(reader).values("pk")))

    def of(self, member) -> "GroupQuerySet":
        """That the member belongs to; none for a visitor."""
        if not member.is_authenticated:
            return self.none()
        return self.filter(
            Exists(
                self.model.memberships.rel.related_model.objects.filter(group=OuterRef("pk"), member=member)
            )
        )

    def read_by(self, reader) -> "GroupQuerySet":
        """With what the reader is in each, for a page that asks for several rights; not to be kept beyond it."""
        if not reader.is_authenticated:
            return self
        own = self.model.memberships.rel.related_model.objects.filter(member=reader)
        rows = self.annotate(read_by=Value(reader.pk))
        return rows.prefetch_related(Prefetch("memberships", own, to_attr="memberships_of_reader"))

    def about(self, words: str) -> "GroupQuerySet":
        """Those whose name or purpose holds all the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word))
        return found

    def rooted_in(self, territory) -> "GroupQuerySet":
        """Anchored in a territory or in a part of it, themselves or by their collective."""
        inside = Territory.objects.inside([territory.pk]).values("pk")
        return self.filter(Q(territory__in=inside) | Q(collective__territory__in=inside))

    def own_first(self, reader) -> "GroupQuerySet":
        """Those of the reader, then the others, by name; with the number of their members."""
        members = self.model.memberships.rel.related_model.objects.filter(group=OuterRef("pk"))
        number = members.order_by().values("group").annotate(n=Count("pk")).values("n")
        own = Exists(members.filter(member=reader.pk)) if reader.is_authenticated else Value(False)
        rows = self.annotate(is_own=own, member_count=Coalesce(Subquery(number), 0))
        return rows.order_by("-is_own", "name", "pk")

    def visible_to(self, reader) -> "GroupQuerySet":
        """That the reader may know of: those that are shown, and their own private ones; moderators know all.

        A private group that is not among them answers like one that is not there.
        """
        # The rules alone, not the tables of permissions behind them: every page of a group asks this.
        if reader.is_authenticated and rules.has_perm("community.oversee_groups", reader):
            return self
        if not reader.is_authenticated:
            return self.shown()
        return self.shown_or_of(reader)


class GroupMembershipQuerySet(PeopleQuerySet):
    """Who is in a group."""

    def animating(self) -> "GroupMembershipQuerySet":
        """Those who run it and still have an account."""
        return self.filter(role=GroupRole.ANIMATOR, member__is_active=True)

    def animated_alone(self, member) -> "GroupMembershipQuerySet":
        """A member's memberships of groups that nobody else runs, while others are in them."""
        others = self.model.objects.filter(group=OuterRef("group")).exclude(member=member)
        return self.filter(
            Exists(others), ~Exists(others.animating()), member=member, role=GroupRole.ANIMATOR
        )
