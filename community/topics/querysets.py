"""Reading topics, posts and reports."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from geo.functions import Matches, WordQuery

from .meetings import LONGEST

# More would be no search any more.
LONGEST_QUERY = 200


def _matching(words: str) -> Matches:
    return Matches(F("search"), WordQuery(Value(words[:LONGEST_QUERY])))


class TopicQuerySet(models.QuerySet):
    """Topics of groups."""

    def in_order(self) -> "TopicQuerySet":
        """What is pinned first, then by the last post."""
        return self.order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at", "-pk")

    def for_lists(self) -> "TopicQuerySet":
        """With who began it and the number of replies."""
        posts = self.model.posts.rel.related_model.objects.filter(topic=OuterRef("pk")).order_by()
        number = posts.values("topic").annotate(n=Count("pk") - 1).values("n")
        counted = Coalesce(Subquery(number, output_field=IntegerField()), 0)
        return self.select_related("author").defer("search").annotate(replies=counted)

    def opened(self) -> "TopicQuerySet":
        """Whose first post everyone of the group reads: neither hidden nor taken back."""
        posts = self.model.posts.rel.related_model.objects
        first = posts.filter(topic=OuterRef("topic")).in_order().values("pk")[:1]
        return self.filter(Exists(posts.readable().filter(topic=OuterRef("pk"), pk=Subquery(first))))

    def matching(self, words: str) -> "TopicQuerySet":
        """Whose title, or one of whose posts, has all words; the last may be a beginning."""
        posts = self.model.posts.rel.related_model.objects.readable().filter(topic=OuterRef("pk"))
        return self.filter(Q(_matching(words)) | Exists(posts.filter(_matching(words))))

    def meetings(self) -> "TopicQuerySet":
        """Those with a date, with when they were changed last, but for those that are hidden."""
        posts = self.model.posts.rel.related_model.objects
        first = posts.filter(topic=OuterRef("pk")).in_order()[:1]
        rows = self.filter(starts_at__isnull=False).annotate(
            revised_at=Coalesce(Subquery(first.values("edited_at")), F("created_at"))
        )
        # Few are hidden: these are looked up, not the first post of every meeting.
        return rows.exclude(pk__in=posts.hidden_openings().values("topic")).defer("search")

    def coming(self, now: datetime, within: timedelta | None = None) -> "TopicQuerySet":
        """Meetings that are not over, the next one first; `within` a time from now."""
        rows = self.meetings().filter(
            # The first condition says nothing new, and lets the index answer.
            Q(starts_at__gte=now - LONGEST),
            Q(starts_at__gte=now) | Q(ends_at__gte=now),
        )
        if within is not None:
            rows = rows.filter(starts_at__lte=now + within)
        return rows.order_by("starts_at", "pk")

    def past(self, now: datetime) -> "TopicQuerySet":
        """Meetings that are over, the last one first."""
        rows = self.meetings().filter(Q(ends_at=None) | Q(ends_at__lt=now), starts_at__lt=now)
        return rows.order_by("-starts_at", "-pk")


class PostQuerySet(models.QuerySet):
    """Posts by their state."""

    def readable(self) -> "PostQuerySet":
        """Neither hidden nor taken back."""
        return self.filter(hidden_at=None, taken_back_at=None)

    def hidden_openings(self) -> "PostQuerySet":
        """The first of their topics, and hidden."""
        earlier = self.model.objects.before().filter(topic=OuterRef("topic"))
        return self.filter(~Exists(earlier), hidden_at__isnull=False)

    def before(self) -> "PostQuerySet":
        """Written before the post of the query around this one."""
        earlier = Q(created_at__lt=OuterRef("created_at"))
        return self.filter(earlier | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk")))

    def in_order(self) -> "PostQuerySet":
        """As they were written."""
        return self.order_by("created_at", "pk")

    def numbered(self) -> "PostQuerySet":
        """With how many posts of the topic stand before each."""
        posts = self.model.objects.before().filter(topic=OuterRef("topic")).order_by()
        number = posts.values("topic").annotate(n=Count("pk")).values("n")
        return self.annotate(before=Coalesce(Subquery(number, output_field=IntegerField()), 0))

    def to_sum_up(self, group, member, since: datetime, upto: datetime) -> "PostQuerySet":
        """What somebody has not had by mail: of others, and neither announced to all nor naming them."""
        named = self.model.mentions.rel.related_model.objects.filter(post=OuterRef("pk"), member=member)
        rows = self.readable().filter(topic__group=group, created_at__gt=since, created_at__lte=upto)
        rows = rows.filter(~Q(author=member) | Q(author=None), ~Exists(named), is_announcement=False)
        return rows.in_order()


class PostReportQuerySet(models.QuerySet):
    """Reports on posts."""

    def open(self) -> "PostReportQuerySet":
        """Which nobody has closed."""
        return self.filter(closed_at=None)
