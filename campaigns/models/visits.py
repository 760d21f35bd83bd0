"""CampaignVisit: how often a link with a source led to a campaign on a day, and nothing of who followed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .campaign import Campaign
from .nomination import Nomination

LONGEST_SOURCE = 24


class CampaignVisit(models.Model):
    """A sum: of the page of a campaign, or of one that stands in it, by where the link was."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="visits", verbose_name=_("campaign")
    )
    # Of the page of the campaign itself: none.
    nomination = models.ForeignKey(
        Nomination,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("nomination"),
    )
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE)
    # By the clocks of the campaign.
    day = models.DateField(_("day"))
    visits = models.PositiveIntegerField(_("visits"))

    class Meta:
        verbose_name = _("visits by a link")
        verbose_name_plural = _("visits by links")
        ordering = ["-day", "source", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "nomination", "source", "day"],
                nulls_distinct=False,
                name="campaign_visit_once",
            )
        ]
        indexes = [models.Index(fields=["campaign", "source"], name="campaign_visit_source")]

    def __str__(self) -> str:
        return f"{self.campaign} · {self.source} · {self.day}"
