"""Snapshot: all that was public at one moment, in files that never change."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import SnapshotStatus


class SnapshotQuerySet(models.QuerySet):
    """Snapshots."""

    def ready(self) -> "SnapshotQuerySet":
        """Whose files are there."""
        return self.filter(status=SnapshotStatus.READY)


class Snapshot(models.Model):
    """The files of a date; what lies in its folder is named in `files`, with size and SHA-256."""

    date = models.DateField(_("date"), unique=True)
    made_at = models.DateTimeField(_("made"))
    version = models.CharField(_("version of the data"), max_length=40, blank=True)
    counts = models.JSONField(_("numbers"), default=dict)
    files = models.JSONField(_("files"), default=list)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    status = models.CharField(
        _("status"), max_length=10, choices=SnapshotStatus, default=SnapshotStatus.READY
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=SnapshotStatus.values), name="snapshot_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The date as it stands in addresses."""
        return self.date.isoformat() if isinstance(self.date, date) else str(self.date)

    @property
    def is_ready(self) -> bool:
        """Whether its files are there."""
        return self.status == SnapshotStatus.READY

    def file(self, name: str) -> dict | None:
        """Name, size, media type and SHA-256 of one of its files, None if it has none of that name."""
        return next((file for file in self.files if file["name"] == name), None)
