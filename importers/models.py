"""ImportRun: one file read into one network; ImportIssue: a row or value not taken as it came."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Network

from .enums import Level, RunStatus


class ImportRun(models.Model):
    """One run of the importer that wrote: what it read, and what came of it."""

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("partner network")
    )
    source = models.CharField(_("file or address"), max_length=400)
    format = models.CharField(_("format"), max_length=20)
    mapping = models.JSONField(_("column mapping"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    summary = models.JSONField(_("summary"), default=dict)

    class Meta:
        verbose_name = _("run of an import")
        verbose_name_plural = _("runs of imports")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.network.slug} {self.started_at:%Y-%m-%d %H:%M}"


class ImportIssue(models.Model):
    """What was wrong with a row: its number, the field, what came and what was expected."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="issues", verbose_name=_("run of an import")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    row = models.PositiveIntegerField(_("row"), help_text=_("Counted from 1 after the header."))
    field = models.CharField(_("field"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    message = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("issue of an import")
        verbose_name_plural = _("issues of imports")
        ordering = ["run", "row", "pk"]

    def __str__(self) -> str:
        return f"{self.row} {self.field}: {self.message}"
