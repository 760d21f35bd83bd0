"""What imports keep: where a network's data come from, each run, and each row or value not taken as it came."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models import Network

from .boundaries.models import BoundaryChange, BoundaryIssue, BoundaryRun
from .enums import Schedule
from .kept import KeptIssue, KeptRun, upload_name, uploads
from .pictures.models import AwaitedPicture

__all__ = [
    "AwaitedPicture",
    "BoundaryChange",
    "BoundaryIssue",
    "BoundaryRun",
    "ImportIssue",
    "ImportRun",
    "ImportSource",
    "upload_name",
    "uploads",
]


class ImportSource(models.Model):
    """An address that a network's data come from, again and again, and how they are read."""

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="import_sources", verbose_name=_("partner network")
    )
    address = models.URLField(_("address"), max_length=400)
    format = models.CharField(_("format"), max_length=20, default="auto")
    mapping = models.TextField(
        _("column mapping"), blank=True, help_text=_("In TOML; empty where it is guessed.")
    )
    schedule = models.CharField(_("how often"), max_length=10, choices=Schedule, default=Schedule.NEVER)
    review = models.BooleanField(_("new ones wait for review"), default=False)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("told when it fails")
    )
    etag = models.CharField(_("version at the address"), max_length=400, blank=True, editable=False)
    modified = models.CharField(_("changed at the address"), max_length=60, blank=True, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("source of imports")
        verbose_name_plural = _("sources of imports")
        ordering = ["network", "address"]
        constraints = [
            models.UniqueConstraint(fields=["network", "address"], name="import_source_once_a_network")
        ]

    def __str__(self) -> str:
        return f"{self.network.slug}: {self.address}"


class ImportRun(KeptRun):
    """One file read into one network."""

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("partner network")
    )
    regular = models.ForeignKey(
        ImportSource,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("source of imports"),
    )
    format = models.CharField(_("format"), max_length=20, default="auto")
    mapping = models.JSONField(_("column mapping"), default=dict)
    review = models.BooleanField(_("new ones wait for review"), default=False)
    columns = models.JSONField(_("columns of the file"), default=list)
    context = models.UUIDField(_("context of the history"), null=True, blank=True, editable=False)

    class Meta(KeptRun.Meta):
        verbose_name = _("run of an import")
        verbose_name_plural = _("runs of imports")

    def __str__(self) -> str:
        return f"{self.network.slug} {self.started_at:%Y-%m-%d %H:%M}"


class ImportIssue(KeptIssue):
    """What was wrong with a row of a network's file."""

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="issues", verbose_name=_("run of an import")
    )

    class Meta(KeptIssue.Meta):
        verbose_name = _("issue of an import")
        verbose_name_plural = _("issues of imports")
