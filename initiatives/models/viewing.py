"""How often public pages were seen: a number for each day, and nothing of those who saw them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import ViewKind


class PageHit(models.Model):
    """One view that is not counted yet; the table is unlogged and only ever appended to and emptied."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=ViewKind)
    object = models.BigIntegerField(_("number of what was seen"))

    class Meta:
        verbose_name = _("view to be counted")
        verbose_name_plural = _("views to be counted")

    def __str__(self) -> str:
        return f"{self.day} · {self.kind} {self.object}"


class PageViews(models.Model):
    """How often one thing was seen on one day."""

    day = models.DateField(_("day"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ViewKind)
    object = models.BigIntegerField(_("number of what was seen"))
    n = models.PositiveIntegerField(_("views"))

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views by day")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object", "day"], name="page_views_once"),
            models.CheckConstraint(condition=Q(kind__in=ViewKind.values), name="page_views_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} · {self.kind} {self.object}: {self.n}"
