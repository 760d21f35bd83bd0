"""Topic: what a group talks about; its posts with their files, who is named in them, and what readers report."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.functions import TextWords

from ..groups.models import Group
from ..members.models import Member
from ..storage import PrivateStorage
from .enums import FileKind
from .meetings import LONGEST, LONGEST_PLACE, Meeting, clock_in_words, day_in_words
from .querysets import PostQuerySet, PostReportQuerySet, TopicQuerySet

LONGEST_TITLE = 150
LONGEST_TEXT = 20_000
LONGEST_REASON = 1_000
LONGEST_NAME = 120
MOST_FILES = 5
MOST_BYTES = 5 * 1024 * 1024


def attachments() -> PrivateStorage:
    """Where attachments lie."""
    return PrivateStorage()


def attachment_path(attachment: "Attachment", name: str) -> str:
    """A name that tells nothing; what it was called stands in the row."""
    return f"{uuid.uuid4()}.{attachment.kind}"


class Topic(models.Model):
    """One thing that a group talks about; its first post says what. With a date it is a meeting."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="topics", verbose_name=_("group"))
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    author = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="topics",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    last_post_at = models.DateTimeField(_("last post"), default=timezone.now, db_index=True)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=LONGEST_PLACE, blank=True)
    # By this number calendars know that what they keep is old.
    meeting_edits = models.PositiveIntegerField(_("changes of the meeting"), default=0)
    search = models.GeneratedField(
        expression=TextWords("title"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("words for search"),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["group", "-last_post_at"], name="topic_by_last_post"),
            models.Index(fields=["starts_at"], name="topic_by_meeting", condition=Q(starts_at__isnull=False)),
            GinIndex(fields=["search"], name="topic_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None, place="")
                | Q(starts_at__isnull=False)
                & (Q(ends_at=None) | Q(ends_at__gte=F("starts_at"), ends_at__lte=F("starts_at") + LONGEST)),
                name="topic_meeting_period",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Page of the topic."""
        return reverse("topic", args=[self.group.slug, self.pk])

    @property
    def meeting(self) -> Meeting:
        """When and where it is, if it is a meeting."""
        return Meeting(self.starts_at, self.ends_at, self.place)

    @property
    def when(self) -> str:
        """Date and time in words; nothing where it is no meeting."""
        return f"{day_in_words(self.starts_at)}, {self.clock}" if self.starts_at else ""

    @property
    def clock(self) -> str:
        """The same without the day on which it begins."""
        return clock_in_words(self.starts_at, self.ends_at) if self.starts_at else ""


class Post(models.Model):
    """What somebody wrote in a topic, in Markdown; of one that was taken back the text is gone."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts", verbose_name=_("topic"))
    author = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("written by"),
    )
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hidden by"),
    )
    is_announcement = models.BooleanField(_("mailed to everyone"), default=False)
    search = models.GeneratedField(
        expression=TextWords("text"),
        output_field=SearchVectorField(),
        db_persist=True,
        verbose_name=_("words for search"),
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["topic", "created_at"], name="post_by_time"),
            models.Index(fields=["topic"], condition=Q(hidden_at__isnull=False), name="post_hidden"),
            GinIndex(fields=["search"], name="post_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(text=""), name="post_taken_back_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.pk}"

    @property
    def is_readable(self) -> bool:
        """Whether everyone of the group reads it."""
        return self.hidden_at is None and self.taken_back_at is None


class Attachment(models.Model):
    """A file that somebody attached to a post; a page gives it to whoever may read the group."""

    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("post")
    )
    file = models.FileField(_("file"), storage=attachments, upload_to=attachment_path, max_length=100)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    size = models.PositiveIntegerField(_("size in bytes"))
    kind = models.CharField(_("kind"), max_length=5, choices=FileKind)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="attachment_kind_known"),
            models.CheckConstraint(condition=Q(size__lte=MOST_BYTES), name="attachment_size"),
        ]

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A member who is named in a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("post"))
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("member")
    )

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.post}"


class PostReport(models.Model):
    """A reader says what is wrong with a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports", verbose_name=_("post"))
    by = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="post_reports", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), max_length=LONGEST_REASON)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = PostReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on a post")
        verbose_name_plural = _("reports on posts")
        ordering = ["made_at", "pk"]
        constraints = [
            # Who presses twice reports once.
            models.UniqueConstraint(
                fields=["post", "by"], condition=Q(closed_at=None), name="post_report_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.made_at:%Y-%m-%d}"
