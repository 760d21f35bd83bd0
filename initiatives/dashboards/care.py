"""What needs care: each kind narrows initiatives to those that it concerns."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import Status
from ..models import Initiative, Photo, Proposal
from ..models.upkeep import FAILURES, SILENCE
from ..querysets import InitiativeQuerySet
from ..upkeep import ageing

Narrowing = Callable[[InitiativeQuerySet], InitiativeQuerySet]


@dataclass(frozen=True)
class Care:
    """A kind of care: its words, and whom it concerns."""

    label: Promise
    of: Narrowing


def _unconfirmed(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    return rows.published().unconfirmed_since(ageing.threshold())


def _silent(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    """As SiteCheck.is_silent says it of one."""
    return rows.published().filter(
        site_check__website=F("website"),
        site_check__failures__gte=FAILURES,
        site_check__checked_at__gte=F("site_check__failing_since") + SILENCE,
    )


def _without_photo(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    return rows.published().filter(~Exists(Photo.objects.filter(initiative=OuterRef("pk"))))


def _with_proposals(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    return rows.published().filter(Exists(Proposal.objects.open().filter(initiative=OuterRef("pk"))))


KINDS = {
    "changes": Care(
        _("Changes asked by the moderation"), lambda rows: rows.filter(status=Status.CHANGES_ASKED)
    ),
    "unconfirmed": Care(_("Not confirmed for long"), _unconfirmed),
    "website": Care(_("Website does not answer"), _silent),
    "suggestions": Care(_("Suggestions wait"), _with_proposals),
    "description": Care(_("No description"), lambda rows: rows.published().filter(description="")),
    "photo": Care(_("No photo"), _without_photo),
}


def with_kinds(rows: InitiativeQuerySet) -> InitiativeQuerySet:
    """Adds `needs_…` for each kind; asked of the rows of one page, not of all."""
    same = Initiative.objects.order_by().filter(pk=OuterRef("pk"))
    return rows.annotate(**{f"needs_{name}": Exists(kind.of(same)) for name, kind in KINDS.items()})


def labels(initiative: Initiative) -> list[Promise]:
    """What a row of with_kinds() needs, in words."""
    return [kind.label for name, kind in KINDS.items() if getattr(initiative, f"needs_{name}")]
