"""What imports of boundaries keep: each run, what it did to each territory, and each row that was not used."""

from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from territories.enums import Scheme

from ..kept import KeptIssue, KeptRun
from .enums import State


class BoundaryRun(KeptRun):
    """One file of boundaries of one scheme."""

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    # Columns, origin and the like, as they were asked for.
    how = models.JSONField(_("how it is read"), default=dict)
    checksum = models.CharField(_("checksum of the file (SHA-256)"), max_length=64, blank=True)

    class Meta(KeptRun.Meta):
        verbose_name = _("import of boundaries")
        verbose_name_plural = _("imports of boundaries")

    def __str__(self) -> str:
        return f"{self.scheme} {self.started_at:%Y-%m-%d %H:%M}"


class BoundaryIssue(KeptIssue):
    """What was wrong with a row of a file of boundaries."""

    run = models.ForeignKey(
        BoundaryRun, on_delete=models.CASCADE, related_name="issues", verbose_name=_("import of boundaries")
    )

    class Meta(KeptIssue.Meta):
        verbose_name = _("issue of an import of boundaries")
        verbose_name_plural = _("issues of imports of boundaries")


class BoundaryChange(models.Model):
    """What a run did to one territory, by code: enough to put it back, and to see whether somebody came after."""

    run = models.ForeignKey(
        BoundaryRun, on_delete=models.CASCADE, related_name="changes", verbose_name=_("import of boundaries")
    )
    code = models.CharField(_("code"), max_length=40, db_index=True)
    state = models.CharField(_("result"), max_length=10, choices=State)
    language = models.CharField(_("language of the name"), max_length=3)
    fields = ArrayField(models.CharField(max_length=10), verbose_name=_("what changed"), default=list)
    before = models.JSONField(_("as it was"), default=dict)
    after = models.JSONField(_("as it came"), default=dict)
    # Where it changed: the former one as a whole, and of the new one the digest.
    boundary = MultiPolygonField(_("former boundary"), srid=4326, null=True, blank=True, spatial_index=False)
    digest = models.CharField(_("digest of the new boundary"), max_length=32)

    class Meta:
        verbose_name = _("territory changed by an import")
        verbose_name_plural = _("territories changed by imports")
        ordering = ["run", "code"]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="boundary_change_once_a_run"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="boundary_change_state"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.state}"
