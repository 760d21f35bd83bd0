"""`/api/campaigns/`: campaigns past their preparation, and how many stand in each as far as its phase tells."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from rest_framework.request import Request

from community.groups.enums import GroupKind
from geo.errors import InvalidParameterError
from geo.lists import Item, Listing, Rows
from geo.parameters import page_cursor

from ..enums import Phase
from ..models import Campaign, CampaignTheme
from ..models.campaign import DATES
from . import showing

PUBLIC = tuple(phase for phase in Phase if phase != Phase.DRAFT)
SELECTED_IN = (Phase.LIKES, Phase.COUNTING, Phase.RESULTS)


def _numbers(phase: str, standing: int, laureates: int) -> dict[str, int | None]:
    """Null is what a phase does not tell: who stood there before the selection, and what is still to come."""
    is_selected = phase in SELECTED_IN
    return {
        "candidates": None if is_selected else standing,
        "selected": standing if is_selected else None,
        "laureates": laureates if phase == Phase.RESULTS else None,
    }


class Campaigns(Rows):
    """Campaigns as JSON."""

    def rows(self) -> QuerySet:
        """All that everyone may see, each with its themes and what it names."""
        themes = CampaignTheme.objects.select_related("theme")
        rows = Campaign.objects.public().select_related("territory", "group", "previous")
        rows = rows.defer("territory__boundary", "territory__search_names", "rules")
        return rows.prefetch_related(Prefetch("themes", themes))

    def told(self, rows: Collection[Campaign]) -> list[dict[str, Any]]:
        """Rows as JSON, what stands in them counted together."""
        counted = showing.numbers([row.pk for row in rows])
        return [{**self.shown(row), **_numbers(row.phase, *counted.get(row.pk, (0, 0)))} for row in rows]

    def shown(self, row: Campaign) -> dict[str, Any]:
        """What its page says of it; neither a private group nor an edition in preparation is named."""
        return {
            "slug": row.slug,
            "url": f"{settings.SITE_URL}/campaigns/{row.slug}/",
            "titles": row.titles,
            "stories": row.stories,
            "phase": row.phase,
            "time_zone": row.time_zone,
            **{name: getattr(row, name) for name in DATES},
            "territory": row.territory.code if row.territory else None,
            "languages": row.languages,
            "themes": [
                {"theme": one.theme.slug, "floor": one.floor, "ceiling": one.ceiling}
                for one in row.themes.all()
            ],
            "group": row.group.slug if row.group and row.group.kind != GroupKind.PRIVATE else None,
            "previous": row.previous.slug if row.previous and row.previous.is_public else None,
        }


class CampaignList(Campaigns, Listing):
    """All of them, in pages."""

    filters = ("phase",)

    def following(self, request: Request, number: int) -> list:
        """The next ones after the cursor, in any of the phases asked for."""
        rows = self.rows().filter(pk__gt=page_cursor(request.query_params))
        if "phase" in request.query_params:
            phases = request.query_params["phase"].split(",")
            if not set(phases) <= set(PUBLIC):
                raise InvalidParameterError("phase", f"Expected any of {', '.join(PUBLIC)}.")
            rows = rows.filter(phase__in=phases)
        return list(rows.order_by("pk")[:number])


class CampaignItem(Campaigns, Item):
    """One campaign by its slug."""
