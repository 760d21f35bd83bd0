"""Offers and needs, conversations on them and reports: which are open, whose they are, who may read them."""

from datetime import datetime, timedelta

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.members.enums import CollectiveRole
from geo.functions import Matches, Metres, WithinMetres, WordQuery, geography
from territories.enums import CollectiveStatus
from territories.models import Territory
from vocabulary.exchange import Kind

from .enums import ExchangeStatus, Status

DAY = timedelta(days=1)


def with_exchanges(initiatives: QuerySet) -> QuerySet:
    """Initiatives with the numbers of what they offer and need now: `offer_count`, `need_count`."""
    exchanges = initiatives.model._meta.get_field("exchanges").related_model.objects

    def number(kind: Kind) -> Coalesce:
        rows = exchanges.on_initiatives(kind).filter(initiative=OuterRef("pk")).order_by()
        return Coalesce(Subquery(rows.values("initiative").annotate(_n=Count("pk")).values("_n")), 0)

    return initiatives.annotate(offer_count=number(Kind.OFFER), need_count=number(Kind.NEED))


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

    def on_initiatives(self, kind: str) -> "ExchangeQuerySet":
        """Open ones of this kind that initiatives have, whether these are published or not."""
        return self.filter(status=ExchangeStatus.OPEN, initiative__isnull=False, kind=kind)

    def in_territory(self, territory: Territory) -> "ExchangeQuerySet":
        """Whose town lies inside."""
        boundary = Territory.objects.filter(pk=territory.pk).values("boundary")
        return self.filter(position__coveredby=Subquery(boundary))

    def with_people(self) -> "ExchangeQuerySet":
        """Adds whose it is, and its theme, in the same query: no more of them than doors tell."""
        own = [field.name for field in self.model._meta.concrete_fields]
        return self.select_related("theme", "initiative", "collective", "author").only(
            *own,
            "theme__slug",
            "initiative__slug",
            "initiative__name",
            "collective__slug",
            "collective__name",
            "author__public_name",
            "author__public_name_seen_by",
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

    def over(self, now: datetime) -> "ExchangeQuerySet":
        """Open, though their time is over."""
        return self.filter(status=ExchangeStatus.OPEN, expires_at__lte=now)

    def ending(self, now: datetime, before: datetime, *, reminded: bool = False) -> "ExchangeQuerySet":
        """Open, and ending until then; those of which nobody was reminded, or the others."""
        found = self.filter(status=ExchangeStatus.OPEN, expires_at__gt=now, expires_at__lte=before)
        return found.filter(reminded_at__isnull=not reminded)

    def near(self, point: Point, metres: float) -> "ExchangeQuerySet":
        """Whose town lies within metres of a point, EPSG:4326, on the spheroid."""
        return self.filter(WithinMetres(geography("position"), _there(point), Value(metres)))

    def nearest_first(self, point: Point) -> "ExchangeQuerySet":
        """Those with a place, by the distance of their town; with `metres`."""
        away = Metres(geography("position"), _there(point))
        return self.filter(position__isnull=False).with_metres(point).order_by(away)

    def with_metres(self, point: Point) -> "ExchangeQuerySet":
        """Adds how far away the town is."""
        return self.annotate(metres=Metres(geography("position"), _there(point)))

    def about(self, words: str) -> "ExchangeQuerySet":
        """Whose title or text holds all the words, whatever their accents and capitals; the last may be a beginning."""
        return self.filter(Matches(self.model.words_searched(), WordQuery(Value(words))))

    def by_state(self) -> "ExchangeQuerySet":
        """The open ones first, those that end soonest before the others; then what ended last."""
        is_open = Case(When(status=ExchangeStatus.OPEN, then=0), default=1)
        return self.order_by(is_open, F("ended_at").desc(nulls_first=True), "expires_at", "pk")

    def for_lists(self) -> "ExchangeQuerySet":
        """With what a card shows of whose it is."""
        return self.select_related("theme__parent", "initiative", "collective", "author").only(
            *("theme", "initiative", "collective", "author"),
            *("kind", "category", "status", "title", "text", "language", "locality", "country", "remote"),
            *("details", "published_at", "expires_at", "ended_at", "dates", "ends", "deadline", "starts"),
            *("theme__names", "theme__slug", "theme__icon", "theme__parent", "theme__parent__icon"),
            *("theme__parent__slug", "theme__parent__names"),
            *("initiative__name", "initiative__slug", "initiative__tags", "initiative__status"),
            *("collective__name", "collective__slug", "collective__status"),
            *("author__public_name", "author__public_name_seen_by", "author__erased_at", "author__uuid"),
        )


def _there(point: Point):
    return geography(Value(point, PointField(srid=4326)))


class ConversationQuerySet(models.QuerySet):
    """Adjectives of conversations."""

    def begun_today(self) -> "ConversationQuerySet":
        """Within the last twenty-four hours."""
        return self.filter(begun_at__gt=timezone.now() - DAY)

    def readable_by(self, member) -> "ConversationQuerySet":
        """Those that the member began, and those on what they answer for: what the rule says of one."""
        exchanges = self.model._meta.get_field("exchange").related_model.objects
        return self.filter(Q(member=member) | Q(exchange__in=exchanges.run_by(member).values("pk")))

    def heard_by(self, member) -> "ConversationQuerySet":
        """Without those whose other side the member blocked; an initiative or a collective is nobody to block."""
        blocked = member.blocks.values("blocked")
        own = Q(exchange__initiative=None, exchange__collective=None, exchange__author__in=blocked)
        return self.exclude(member__in=blocked).exclude(own)

    def for_lists(self) -> "ConversationQuerySet":
        """With what names both sides."""
        return self.select_related(
            "exchange__initiative", "exchange__collective", "exchange__author", "member"
        ).only(
            *("member", "begun_at", "written_at", "settled_at"),
            *(f"exchange__{name}" for name in ("kind", "category", "title", "status", "author")),
            *(f"exchange__{name}" for name in ("initiative", "collective")),
            *(f"exchange__{held}__{name}" for held in ("initiative", "collective") for name in _NAMED),
            *(f"{who}__{name}" for who in ("member", "exchange__author") for name in _CALLED),
        )


# What names an initiative or a collective and leads to its page, and what a member.
_NAMED = ("name", "slug", "status")
_CALLED = ("uuid", "public_name", "public_name_seen_by", "erased_at", "is_active")


class ExchangeReportQuerySet(models.QuerySet):
    """Adjectives of reports."""

    def open(self) -> "ExchangeReportQuerySet":
        """Nobody has closed them."""
        return self.filter(closed_at=None)
