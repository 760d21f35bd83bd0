"""Activity: a line of what happened; the thing is named by its room and key, and looked up when the line is read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from ..groups.models import Group
from .kinds import Happening
from .querysets import ActivityQuerySet


class Activity(models.Model):
    """What happened, when, where, to what; no title is kept, so that a new name or an erasure shows at once."""

    kind = models.CharField(_("kind"), max_length=10, choices=Happening)
    at = models.DateTimeField(_("at"), default=timezone.now)
    room = models.CharField(_("room"), max_length=20)
    key = models.CharField(_("key"), max_length=80)
    # How many things one line is about: an import brings many.
    number = models.PositiveIntegerField(_("number"), default=1)
    group = models.ForeignKey(
        Group, on_delete=models.SET_NULL, null=True, related_name="activities", verbose_name=_("group")
    )
    collective = models.ForeignKey(
        Collective,
        on_delete=models.SET_NULL,
        null=True,
        related_name="activities",
        verbose_name=_("collective"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        related_name="activities",
        verbose_name=_("territory"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="activities",
        verbose_name=_("by"),
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at", "-id"], name="activity_newest_first")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "room", "key"], name="activity_once"),
            models.CheckConstraint(condition=Q(kind__in=Happening.values), name="activity_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.room} {self.key}"
