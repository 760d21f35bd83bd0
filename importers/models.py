"""What imports keep: where a network's data come from, each run, and each row or value not taken as it came."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Network

from .enums import Level, RunStatus, Schedule


def uploads() -> FileSystemStorage:
    """Where files of networks lie: beside the site, at no address."""
    return FileSystemStorage(location=settings.IMPORTS_ROOT)


def upload_name(run: "ImportRun", name: str) -> str:
    """A name that tells nothing and cannot be guessed; the suffix helps to tell the format."""
    return f"{uuid4().hex}{Path(name).suffix[:10].lower()}"


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


class ImportRun(models.Model):
    """One file read into one network: looked at first, perhaps, then written, then perhaps undone."""

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
    source = models.CharField(_("file or address"), max_length=400)
    file = models.FileField(_("file"), storage=uploads, upload_to=upload_name, max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=20, default="auto")
    mapping = models.JSONField(_("column mapping"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
    review = models.BooleanField(_("new ones wait for review"), default=False)
    read = models.PositiveIntegerField(_("rows read so far"), default=0)
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
    # Why it failed, or what it found about the file.
    notes = models.TextField(_("notes"), blank=True)
    shown = models.JSONField(_("places to show"), default=list)
    columns = models.JSONField(_("columns of the file"), default=list)
    context = models.UUIDField(_("context of the history"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

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
