"""Campaigns and nominations: which everyone sees, and which may be liked."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from initiatives.enums import Status

from .enums import CHOSEN, SHOWN, STEPS, NominationState, Phase


class CampaignQuerySet(models.QuerySet):
    """Adjectives of campaigns."""

    def public(self) -> "CampaignQuerySet":
        """Past their preparation."""
        return self.exclude(phase=Phase.DRAFT)

    def due(self, now: datetime) -> "CampaignQuerySet":
        """Whose next phase has come by its date; results wait for more than that."""
        told = Q()
        for phase, (_next, date) in STEPS.items():
            told |= Q(phase=phase, **{f"{date}__lte": now})
        return self.filter(told)

    def calling_for(self, initiative) -> "CampaignQuerySet":
        """That take nominations, and in which an initiative does not stand yet."""
        there = self.model.nominations.rel.related_model.objects.filter(
            campaign=OuterRef("pk"), initiative=initiative
        )
        there = there.exclude(state=NominationState.WITHDRAWN)
        return self.filter(~Exists(there), phase=Phase.CALL)


class NominationQuerySet(models.QuerySet):
    """Adjectives of nominations."""

    def standing(self) -> "NominationQuerySet":
        """Neither declined nor withdrawn, of an initiative that everyone sees."""
        gone = (NominationState.DECLINED, NominationState.WITHDRAWN)
        return self.exclude(state__in=gone).filter(initiative__status=Status.PUBLISHED)

    def chosen(self) -> "NominationQuerySet":
        """Selected by the jury, laureates among them."""
        return self.filter(state__in=CHOSEN)

    def shown_in(self, phase: str) -> "NominationQuerySet":
        """What everyone sees in a phase: those accepted, whatever the jury says, and then the selection alone."""
        return self.standing().filter(state__in=SHOWN.get(phase, ()))

    def shown(self) -> "NominationQuerySet":
        """The same, each by the phase of its own campaign."""
        told = Q()
        for phase, states in SHOWN.items():
            told |= Q(campaign__phase=phase, state__in=states)
        return self.standing().filter(told)

    def for_cards(self) -> "NominationQuerySet":
        """With what a card shows, in the same query; what is long stays in the database."""
        rows = self.select_related("theme__theme__parent", "initiative__primary_theme__parent")
        return rows.defer(
            "initiative__description",
            "initiative__search",
            "initiative__search_name",
            "initiative__position",
            "initiative__public_position",
        )
