"""Identity: an initiative as one source knows it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vocabulary.models import Licence

from .initiative import Initiative
from .network import Network
from .tracking import added_in, tracked


@tracked()
class Identity(models.Model):
    """The record of an initiative in a source: its key there, what it said, and when it was last seen."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="identities", verbose_name=_("initiative")
    )
    network = models.ForeignKey(
        Network,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="identities",
        verbose_name=_("partner network"),
    )
    external_id = models.CharField(_("source identifier"), max_length=200)
    url = models.URLField(_("address at the source"), max_length=600, blank=True)
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )
    raw = models.JSONField(_("record as it came"), default=dict)
    checksum = models.CharField(_("checksum of the record"), max_length=64)
    fields = ArrayField(
        models.CharField(max_length=40), verbose_name=_("fields it gave"), default=list, blank=True
    )
    first_seen_at = models.DateTimeField(_("first seen"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    gone_at = models.DateTimeField(_("no longer in the source since"), null=True, blank=True)
    added_in = added_in()

    class Meta:
        verbose_name = _("source record")
        verbose_name_plural = _("source records")
        ordering = ["network", "external_id"]
        indexes = [
            models.Index(fields=["gone_at"], condition=models.Q(gone_at__isnull=False), name="identity_gone"),
            models.Index(
                fields=["added_in"], condition=models.Q(added_in__isnull=False), name="identity_added_in"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "external_id"],
                name="identity_once_a_network",
                violation_error_message=_("This network has a record with this identifier already."),
            ),
            models.CheckConstraint(condition=~models.Q(external_id=""), name="identity_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.network.slug}:{self.external_id}"
