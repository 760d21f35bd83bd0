"""What the runs of all imports have in common, and where their files lie."""

from collections.abc import Sequence
from pathlib import Path
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .enums import Level, RunStatus
from .phrases import Phrase, kept, said
from .records import Issue
from .text import storable


def uploads() -> FileSystemStorage:
    """Where files that were handed in lie: beside the site, at no address."""
    return FileSystemStorage(location=settings.IMPORTS_ROOT)


def upload_name(run: "KeptRun", name: str) -> str:
    """A name that tells nothing and cannot be guessed; the suffix helps to tell the format."""
    return f"{uuid4().hex}{Path(name).suffix[:10].lower()}"


class KeptRun(models.Model):
    """One file: looked at first, perhaps, then written, then perhaps undone."""

    source = models.CharField(_("file or address"), max_length=400)
    file = models.FileField(_("file"), storage=uploads, upload_to=upload_name, max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
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
    # Why it failed, or what it found about the file: in English, and as phrases.
    notes = models.TextField(_("notes"), blank=True)
    phrases = models.JSONField(_("notes"), default=list, blank=True, editable=False)
    shown = models.JSONField(_("places to show"), default=list)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-started_at"]

    def note(self, phrases: Sequence[Phrase]) -> None:
        """Take notes, which are to be saved."""
        self.notes, self.phrases = "\n".join(map(str, phrases)), [kept(phrase) for phrase in phrases]

    @property
    def said(self) -> str:
        """The notes in the language that is active."""
        return "\n".join(map(said, self.phrases)) if self.phrases else self.notes


class KeptIssue(models.Model):
    """What was wrong with a row: its number, the field, what came and what was expected."""

    level = models.CharField(_("level"), max_length=10, choices=Level)
    row = models.PositiveIntegerField(_("row"), help_text=_("Counted from 1 after the header."))
    field = models.CharField(_("field"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    # In English; and as a phrase, where a translation needs more than that.
    message = models.CharField(_("reason"), max_length=300)
    phrase = models.JSONField(_("reason"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["run", "row", "pk"]

    def __str__(self) -> str:
        return f"{self.row} {self.field}: {self.message}"

    @classmethod
    def of(cls, issue: Issue, run: KeptRun) -> Self:
        """An issue of a run as a row, as long as it may be."""
        return cls(
            run=run,
            level=issue.level,
            row=issue.row,
            field=issue.field[:60],
            value=storable(issue.value)[:200],
            message=storable(issue.message)[:300],
            phrase=kept(issue.phrase) if issue.phrase.values else None,
        )

    @property
    def said(self) -> str:
        """The reason in the language that is active."""
        return said(self.phrase or self.message)
