"""Who reviews what: what a moderator is limited to, and who has taken on which initiative until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from territories.models import Collective, Territory

from ..querysets import ReviewClaimQuerySet
from .initiative import Initiative
from .network import Network


class ReviewScope(models.Model):
    """A territory, collective or network that a moderator is limited to; a moderator without any reviews all."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="review_scopes",
        verbose_name=_("member"),
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    collective = models.ForeignKey(
        Collective,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("collective"),
    )
    network = models.ForeignKey(
        Network,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner network"),
    )

    class Meta:
        verbose_name = _("limit of a moderator")
        verbose_name_plural = _("limits of moderators")
        constraints = [
            models.CheckConstraint(
                condition=Q(territory__isnull=False, collective=None, network=None)
                | Q(territory=None, collective__isnull=False, network=None)
                | Q(territory=None, collective=None, network__isnull=False),
                name="review_scope_is_one_thing",
                violation_error_message=_("Choose one: a territory, a collective or a network."),
            ),
            models.UniqueConstraint(
                fields=["member", "territory", "collective", "network"],
                nulls_distinct=False,
                name="review_scope_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.territory or self.collective or self.network}"


class ReviewClaim(models.Model):
    """A reviewer has taken on an initiative for a while; its time alone ends it."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.CASCADE, related_name="claim", verbose_name=_("initiative")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("member")
    )
    until = models.DateTimeField(_("until"))

    objects = ReviewClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("review taken on")
        verbose_name_plural = _("reviews taken on")

    def __str__(self) -> str:
        return f"{self.initiative} · {self.member}"
