"""Offers and needs, conversations on them and reports: which are open, whose they are, who may read them."""

from django.db import models
from django.db.models import Q

from community.members.enums import CollectiveRole
from territories.enums import CollectiveStatus

from .enums import ExchangeStatus, Status


class ExchangeQuerySet(models.QuerySet):
    """Adjectives of offers and needs."""

    def shown(self) -> "ExchangeQuerySet":
        """Open, of somebody who is there: what everyone sees. The worker ends those whose time is over."""
        return self.filter(status=ExchangeStatus.OPEN).of_shown()

    def of_shown(self) -> "ExchangeQuerySet":
        """Of published initiatives and collectives, and of members whose account is active."""
        return self.filter(
            Q(initiative__status=Status.PUBLISHED)
            | Q(collective__status=CollectiveStatus.PUBLISHED)
            | Q(initiative=None, collective=None, author__is_active=True)
        )

    def run_by(self, member) -> "ExchangeQuerySet":
        """Those that the member answers for: their own, and those of initiatives and collectives that they speak for.

        The same as the rules say of one initiative (`speak_for_initiative`) and one collective (`facilitates`).
        """
        run = member.collective_memberships.current().filter(role=CollectiveRole.FACILITATOR)
        run = run.values("collective")
        stewarded = Q(
            initiative__memberships__network__in=member.stewarded_networks.values("pk"),
            initiative__memberships__until=None,
        )
        of_networks = self.model.objects.filter(stewarded).values("pk")
        return self.filter(
            Q(author=member, initiative=None, collective=None)
            | Q(collective__in=run)
            | Q(initiative__collective__in=run)
            | Q(pk__in=of_networks)
        )


class ConversationQuerySet(models.QuerySet):
    """Adjectives of conversations."""


class ExchangeReportQuerySet(models.QuerySet):
    """Adjectives of reports."""

    def open(self) -> "ExchangeReportQuerySet":
        """Nobody has closed them."""
        return self.filter(closed_at=None)
