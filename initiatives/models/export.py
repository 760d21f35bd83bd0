"""Files of large selections, made by the worker and kept for a while."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import ExportStatus
from ..querysets_groups import ExportQuerySet

UNFINISHED = (ExportStatus.WAITING, ExportStatus.RUNNING)


class Export(models.Model):
    """One file of one selection; nobody's name is kept with it."""

    uuid = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    format = models.CharField(_("format"), max_length=12)
    query = models.TextField(_("selection"), blank=True)
    # Of the data, as it was when the file was asked for.
    version = models.CharField(_("version"), max_length=80)
    status = models.CharField(_("status"), max_length=10, choices=ExportStatus, default=ExportStatus.WAITING)
    rows = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("rows written so far"), default=0)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    heard_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    # Once one of them is private, or gone, nobody gets the file any more.
    groups = ArrayField(models.BigIntegerField(), default=list, verbose_name=_("groups that may stand in it"))

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a selection")
        verbose_name_plural = _("files of selections")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["format", "query", "version"],
                condition=~Q(status=ExportStatus.FAILED),
                name="export_once_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.query}"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("export_page", args=[self.uuid])

    @property
    def path(self) -> Path:
        """Where the file lies once it is whole."""
        return Path(settings.EXPORTS_ROOT) / f"{self.uuid}.{self.format}"

    @property
    def is_busy(self) -> bool:
        """Whether it is still being made."""
        return self.status in UNFINISHED
