"""Reading spaces, and who is in them."""

import rules
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from ..inviting.querysets import PeopleQuerySet
from .enums import SpaceRole


class SpaceQuerySet(models.QuerySet):
    """Spaces by who may know of them."""

    def active(self) -> "SpaceQuerySet":
        """Where something goes on; archived ones are read only."""
        return self.filter(archived_at=None)

    def shown(self) -> "SpaceQuerySet":
        """That anyone may know of."""
        return self.filter(is_private=False)

    def of(self, member) -> "SpaceQuerySet":
        """That the member belongs to; none for a visitor."""
        if not member.is_authenticated:
            return self.none()
        people = self.model.memberships.rel.related_model.objects
        return self.filter(Exists(people.filter(space=OuterRef("pk"), member=member)))

    def visible_to(self, reader) -> "SpaceQuerySet":
        """That the reader may know of: public ones, and their own; who looks after all of them knows all.

        A private space that is not among them answers like one that is not there.
        """
        if not reader.is_authenticated:
            return self.shown()
        # The rules alone, not the tables of permissions behind them: every page of a space asks this.
        if rules.has_perm("community.oversee_spaces", reader):
            return self
        return self.filter(Q(is_private=False) | Q(pk__in=self.model.objects.of(reader).values("pk")))

    def own_first(self, reader) -> "SpaceQuerySet":
        """Those of the reader, then the others, by name; with the number of their members."""
        members = self.model.memberships.rel.related_model.objects.filter(space=OuterRef("pk"))
        number = members.order_by().values("space").annotate(n=Count("pk")).values("n")
        own = Exists(members.filter(member=reader.pk)) if reader.is_authenticated else Value(False)
        rows = self.annotate(is_own=own, member_count=Coalesce(Subquery(number), 0))
        return rows.order_by("-is_own", "name", "pk")


class SpaceMembershipQuerySet(PeopleQuerySet):
    """Who is in a space."""

    def facilitating(self) -> "SpaceMembershipQuerySet":
        """Those who run it and still have an account."""
        return self.filter(role=SpaceRole.FACILITATOR, member__is_active=True)

    def held(self, space, member):
        """What somebody is in a space, which stays so until the transaction ends; None where they are not in it."""
        return self.select_for_update(no_key=True, of=("self",)).filter(space=space, member=member).first()

    def facilitated_alone(self, member) -> "SpaceMembershipQuerySet":
        """A member's memberships of spaces that nobody else runs, while others are in them."""
        others = self.model.objects.filter(space=OuterRef("space")).exclude(member=member)
        return self.filter(
            Exists(others), ~Exists(others.facilitating()), member=member, role=SpaceRole.FACILITATOR
        )
