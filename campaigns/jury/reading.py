"""What the jury sees of each nomination, and how the selection is balanced."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

from django.db.models import QuerySet

from community.models import Member
from initiatives.models import Initiative
from territories.enums import Scheme

from .. import rules
from ..enums import CHOSEN, NominationState
from ..models import Campaign, CampaignTheme, Conflict, Juror, JuryNote, Nomination
from ..nominating import people

# How places are told in the table of the balance.
PLACES = (Scheme.COUNTRY, Scheme.REGION)


@dataclass
class Line:
    """A nomination for one reader. `mark` is the average of those who have nothing to do with it."""

    nomination: Nomination
    is_own: bool
    notes: list[JuryNote] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    own_note: JuryNote | None = None
    own_conflict: Conflict | None = None

    @property
    def counted(self) -> list[JuryNote]:
        """Notes without those of jurors in conflict."""
        away = {conflict.juror_id for conflict in self.conflicts}
        return [note for note in self.notes if note.juror_id not in away]

    @property
    def mark(self) -> float | None:
        """The average mark; none before anybody gave one."""
        return fmean(note.mark for note in self.counted) if self.counted else None

    @property
    def is_chosen(self) -> bool:
        """Whether it is in the selection."""
        return self.nomination.state in CHOSEN

    @property
    def is_in_conflict(self) -> bool:
        """Whether the reader does not judge it."""
        return self.is_own or self.own_conflict is not None


@dataclass(frozen=True)
class Part:
    """A theme with its nominations, and how many of them are selected."""

    theme: CampaignTheme
    lines: list[Line]

    @property
    def chosen(self) -> int:
        """How many are selected."""
        return sum(line.is_chosen for line in self.lines)

    @property
    def is_short(self) -> bool:
        """Whether fewer are selected than should be."""
        return self.chosen < self.theme.floor

    @property
    def is_full(self) -> bool:
        """Whether no more can be selected."""
        return self.chosen >= self.theme.ceiling


@dataclass(frozen=True)
class Place:
    """A country or region in the table of the balance."""

    name: str
    is_region: bool
    nominated: int
    chosen: int


def judged(campaign: Campaign) -> QuerySet[Nomination]:
    """What the jury looks at: all that were accepted and that everyone sees."""
    rows = Nomination.objects.filter(campaign=campaign).standing().exclude(state=NominationState.PROPOSED)
    return rows.for_cards().order_by("theme__order", "initiative__search_name", "pk")


def parts(campaign: Campaign, reader: Member) -> list[Part]:
    """The themes of a campaign in their order, in each those with the best marks first."""
    rows = list(judged(campaign))
    own = people.own_among(reader, [row.initiative_id for row in rows])
    lines = {row.pk: Line(row, row.initiative_id in own) for row in rows}
    for note in JuryNote.objects.filter(nomination__in=lines).select_related("juror__member"):
        lines[note.nomination_id].notes.append(note)
        if note.juror.member_id == reader.pk:
            lines[note.nomination_id].own_note = note
    for conflict in Conflict.objects.filter(nomination__in=lines).select_related("juror__member"):
        lines[conflict.nomination_id].conflicts.append(conflict)
        if conflict.juror.member_id == reader.pk:
            lines[conflict.nomination_id].own_conflict = conflict
    by_theme = defaultdict(list)
    for line in sorted(lines.values(), key=lambda line: -(line.mark or 0)):
        by_theme[line.nomination.theme_id].append(line)
    themes = campaign.themes.select_related("theme__parent")
    return [Part(theme, by_theme[theme.pk]) for theme in themes]


def places(found: Iterable[Part]) -> list[Place]:
    """How many are nominated and selected in each country, and in its regions."""
    lines = [line for part in found for line in part.lines]
    chosen = {line.nomination.initiative_id for line in lines if line.is_chosen}
    keys = [line.nomination.initiative_id for line in lines]
    within = Initiative.territories.through.objects.filter(
        initiative__in=keys, territory__scheme__in=PLACES
    ).select_related("territory")
    within = within.defer("territory__boundary", "territory__search_names")
    nominated, selected, known = Counter(), Counter(), {}
    for link in within:
        known[link.territory_id] = link.territory
        nominated[link.territory_id] += 1
        selected[link.territory_id] += link.initiative_id in chosen
    rows = sorted(
        known.values(), key=lambda row: (row.country or row.code, row.scheme == Scheme.REGION, row.name)
    )
    return [Place(row.name, row.scheme == Scheme.REGION, nominated[row.pk], selected[row.pk]) for row in rows]


def rights(campaign: Campaign, reader: Member) -> dict[str, bool]:
    """Which buttons the reader gets."""
    judges = Juror.objects.filter(campaign=campaign, member=reader).exists()
    return {
        "judges": judges and rules.is_selecting.test(reader, campaign),
        "selects": rules.may(reader, "select", campaign),
        "runs": rules.may(reader, "run_campaign", campaign),
    }
