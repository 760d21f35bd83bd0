"""Campaigns and nominations: which everyone sees, and which may be liked."""

from django.db import models

from initiatives.enums import Status

from .enums import CHOSEN, NominationState, Phase


class CampaignQuerySet(models.QuerySet):
    """Adjectives of campaigns."""

    def public(self) -> "CampaignQuerySet":
        """Past their preparation."""
        return self.exclude(phase=Phase.DRAFT)


class NominationQuerySet(models.QuerySet):
    """Adjectives of nominations."""

    def standing(self) -> "NominationQuerySet":
        """Neither declined nor withdrawn, of an initiative that everyone sees."""
        gone = (NominationState.DECLINED, NominationState.WITHDRAWN)
        return self.exclude(state__in=gone).filter(initiative__status=Status.PUBLISHED)

    def chosen(self) -> "NominationQuerySet":
        """Selected by the jury, laureates among them."""
        return self.filter(state__in=CHOSEN)
