"""Reading links between networks, collectives and initiatives."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from territories.enums import CollectiveStatus

from .enums import LinkKind, Status

ENDS = ("from", "to")
THINGS = ("network", "collective", "initiative")


class LinkQuerySet(models.QuerySet):
    """Links."""

    def current(self) -> "LinkQuerySet":
        """That have not ended."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))

    def public(self) -> "LinkQuerySet":
        """Whose ends are both shown to everyone."""
        for end in ENDS:
            self = self.filter(
                Q(**{f"{end}_network__isnull": False})
                | Q(**{f"{end}_collective__status": CollectiveStatus.PUBLISHED})
                | Q(**{f"{end}_initiative__status": Status.PUBLISHED})
            )
        return self

    def of(self, thing: str, pk: int) -> "LinkQuerySet":
        """Of one network, collective or initiative, with `other_*` of the end beside it and whether it is the `first`.

        By kind and direction, then by name. Outlines and texts stay in the database.
        """
        is_first = Q(**{f"from_{thing}": pk})

        def other(path: str) -> Case:
            return Case(When(is_first, then=F(f"to_{path}")), default=F(f"from_{path}"))

        kinds = [When(kind=kind, then=Value(place)) for place, kind in enumerate(LinkKind.values)]
        named = {
            f"other_{one}_{column}": other(f"{one}__{column}")
            for one in THINGS
            for column in ("name", "slug")
        }
        rows = self.filter(is_first | Q(**{f"to_{thing}": pk}))
        return (
            rows.annotate(is_first=Case(When(is_first, then=Value(True)), default=Value(False)), **named)
            .annotate(other_name=Coalesce(*(f"other_{one}_name" for one in THINGS)))
            .order_by(Case(*kinds, default=Value(len(kinds))), "-is_first", "other_name", "pk")
        )
