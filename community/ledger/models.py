"""Contribution: a line of the ledger."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from .kinds import Kind
from .querysets import ContributionQuerySet

# References may be emptied, each by itself; nothing else changes.
UNTOUCHED = " OR ".join(
    [
        # No condition may begin with a bracket: it would be taken for the one around all of it.
        "NEW.id IS DISTINCT FROM OLD.id",
        "(NEW.kind, NEW.at, NEW.room, NEW.key, NEW.weight) IS DISTINCT FROM "
        "(OLD.kind, OLD.at, OLD.room, OLD.key, OLD.weight)",
        *(
            f"(NEW.{name}_id IS NOT NULL AND NEW.{name}_id IS DISTINCT FROM OLD.{name}_id)"
            for name in ("member", "collective", "territory")
        ),
    ]
)


class Contribution(models.Model):
    """What a member did, when, to what; the thing is named by its room and key, as it may go before the line."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="contributions",
        verbose_name=_("member"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"), default=timezone.now)
    room = models.CharField(_("room"), max_length=20)
    key = models.CharField(_("key"), max_length=80)
    weight = models.PositiveSmallIntegerField(_("weight"))
    collective = models.ForeignKey(
        Collective,
        on_delete=models.SET_NULL,
        null=True,
        related_name="contributions",
        verbose_name=_("collective"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.SET_NULL,
        null=True,
        related_name="contributions",
        verbose_name=_("territory"),
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "room", "key", "member"],
                condition=Q(member__isnull=False),
                name="contribution_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="contribution_kind_known"),
        ]
        # What was done was done: a line loses at most whose it was, or a place that is no more.
        triggers = [
            pgtrigger.Protect(
                name="contribution_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(UNTOUCHED),
            ),
            pgtrigger.Protect(name="contribution_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.room} {self.key}"
