"""Nomination: an initiative that somebody puts forward in a campaign, and what its people say to that."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative

from ..enums import NominationState
from ..querysets import NominationQuerySet
from .campaign import Campaign, CampaignTheme

LONGEST_PITCH = 1_000


class Nomination(models.Model):
    """One initiative in one theme of a campaign; it may still wait for publication when it is put forward."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="nominations", verbose_name=_("campaign")
    )
    # The theme that it stands in, one of the campaign's.
    theme = models.ForeignKey(
        CampaignTheme, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("theme")
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="nominations", verbose_name=_("initiative")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=NominationState, default=NominationState.PROPOSED
    )
    pitch = models.TextField(_("why this one"), max_length=LONGEST_PITCH)
    language = models.CharField(_("language of the text"), max_length=2, choices=settings.LANGUAGES)
    image = models.ImageField(
        _("picture"), upload_to="nominations/", width_field="width", height_field="height", blank=True
    )
    width = models.PositiveIntegerField(_("width"), editable=False, null=True)
    height = models.PositiveIntegerField(_("height"), editable=False, null=True)
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    film = models.URLField(_("address of a film"), max_length=400, blank=True)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered by its people"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    # Written with the results: valid likes, and the place within its theme.
    likes_counted = models.PositiveIntegerField(_("likes"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place in its theme"), null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "initiative"], name="nomination_once"),
            models.CheckConstraint(condition=Q(image="") | ~Q(alt=""), name="nomination_picture_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.campaign}"
