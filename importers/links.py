"""Edge lists: who has to do with whom, from a table or from GraphML, into links of the house."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from initiatives.enums import LinkKind
from initiatives.models import Link
from initiatives.models.link import FROM, THINGS, TO

from .enums import Level
from .errors import BadFileError
from .link_ends import AT_ONCE, EXPECTED, End, find
from .mapping import FileOptions
from .phrases import Phrase, phrase_of
from .readers import check_file, csv, graphml
from .records import Issue, Raw, Source
from .text import as_text, one_line, storable

NEEDED = ("source", "target", "kind")
COLUMNS = (*NEEDED, "since", "until")
KINDS = f"one of {', '.join(LinkKind.values)}"
DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
DAYS = "a day such as 2019-05-01, a month or a year"
LONGEST = 300
# Keys of both ends and the kind: what makes a link.
Key = tuple


@dataclass
class LinkReport:
    """What a run found; read = added + unchanged + refused."""

    notes: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    read: int = 0
    added: int = 0
    unchanged: int = 0

    def summary(self) -> dict[str, int]:
        """Counts of the run."""
        refused = sum(issue.level == Level.REFUSED for issue in self.issues)
        return {"read": self.read, "added": self.added, "unchanged": self.unchanged, "refused": refused}

    def refuse(self, row: int, name: str, value: str, why: str | Phrase) -> None:
        """A row that cannot be taken, and why."""
        self.issues.append(Issue(Level.REFUSED, row, name, value[:LONGEST], phrase_of(why)))


@dataclass(frozen=True)
class _Edge:
    """A row whose kind and dates are right; its ends are texts still."""

    row: int
    source: str
    target: str
    kind: LinkKind
    since: date | None
    until: date | None


@transaction.atomic
def import_links(path: Path, *, source: str = "", write: bool = False) -> LinkReport:
    """Read, resolve, compare and, if told so, write, all or nothing; BadFileError before anything is written."""
    report = LinkReport()
    edges = list(_edges(_opened(path, report), report))
    links = _resolved(edges, source or path.name, report)
    new = _compared(links, report)
    report.added = len(new)
    if write:
        Link.objects.bulk_create(new, batch_size=AT_ONCE)
    report.issues.sort(key=lambda issue: issue.row)
    return report


def _opened(path: Path, report: LinkReport) -> Source:
    """The file by what it begins with; a table has to name its columns."""
    check_file(path)
    with path.open("rb") as file:
        head = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        source = graphml.read(path)
    else:
        source = csv.read(path, FileOptions(header=True))
    report.notes = [f"{path.name}: {source.format}, {'; '.join(map(str, source.notes))}"]
    named = [name.strip().lower() for name in source.columns]
    if missing := [name for name in NEEDED if name not in named]:
        came = f"the columns {', '.join(source.columns)[:200]}, without {', '.join(missing)}"
        raise BadFileError(path, came, f"the columns {', '.join(NEEDED)} and, where known, since and until")
    if others := [name for name in source.columns if name.strip().lower() not in COLUMNS]:
        report.notes.append(f"columns not read: {', '.join(others)[:200]}")
    return source


def _edges(source: Source, report: LinkReport) -> Iterator[_Edge]:
    for raw in source.records:
        report.read += 1
        if report.read > graphml.MOST:
            raise BadFileError(source.path, f"more than {graphml.MOST:,} rows", "fewer")
        if raw.refused:
            report.refuse(raw.number, "", "", raw.refused)
        elif edge := _edge(raw, report):
            yield edge


def _edge(raw: Raw, report: LinkReport) -> _Edge | None:
    values = {
        name.strip().lower(): storable(one_line(as_text(value)))
        for name, value in reversed(raw.values.items())
    }
    kind = values.get("kind", "")
    spelled = kind.lower().replace(" ", "_").replace("-", "_")
    dates = {name: _day(values.get(name, "")) for name in ("since", "until")}
    wrong = [("kind", KINDS)] if spelled not in LinkKind.values else []
    wrong = [(name, EXPECTED) for name in ("source", "target") if not values.get(name)] + wrong
    wrong += [(name, DAYS) for name, day in dates.items() if values.get(name) and day is None]
    if not wrong and dates["since"] and dates["until"] and dates["until"] < dates["since"]:
        wrong = [("until", f"a day that is not before {dates['since']}")]
    if wrong:
        name, expected = wrong[0]
        report.refuse(raw.number, name, values.get(name, ""), f"expected {expected}")
        return None
    return _Edge(raw.number, values["source"], values["target"], LinkKind(spelled), **dates)


def _day(text: str) -> date | None:
    """The first day of a year or month, or the day itself."""
    found = DAY.fullmatch(text)
    try:
        return date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        return None


def _resolved(edges: list[_Edge], source: str, report: LinkReport) -> list[tuple[_Edge, Link]]:
    """A link for each edge whose ends are known."""
    ends = find({text for edge in edges for text in (edge.source, edge.target)})
    made = []
    for edge in edges:
        found = {name: ends.of(getattr(edge, name)) for name in ("source", "target")}
        wrong = next((name for name, end in found.items() if not isinstance(end, End)), "")
        if wrong:
            report.refuse(edge.row, wrong, getattr(edge, wrong), str(found[wrong]))
        elif found["source"] == found["target"]:
            report.refuse(edge.row, "target", edge.target, "the same as the source; expected another one")
        else:
            made.append((edge, _link(edge, found["source"], found["target"], source)))
    return made


def _link(edge: _Edge, first: End, second: End, source: str) -> Link:
    ends = {f"from_{first.thing}_id": first.pk, f"to_{second.thing}_id": second.pk}
    link = Link(kind=edge.kind, since=edge.since, until=edge.until, source=source[:200], **ends)
    link.put_in_order()
    return link


def _compared(links: list[tuple[_Edge, Link]], report: LinkReport) -> list[Link]:
    """Those that are not there; the same with other dates is refused: which of them is right, nobody knows."""
    known, new = _known(link for _edge, link in links), []
    for edge, link in links:
        there = known.setdefault(_key(link), link)
        if there is link:
            new.append(link)
            continue
        other = [
            name for name in ("since", "until") if getattr(edge, name) not in (None, getattr(there, name))
        ]
        if other:
            where = "it is here" if there.pk else "another row has it"
            message = f"{where} with {getattr(there, other[0]) or 'no date'}; expected the same, or none"
            report.refuse(edge.row, other[0], str(getattr(edge, other[0])), message)
        else:
            report.unchanged += 1
    return new


def _key(link: Link) -> Key:
    return (*(getattr(link, f"{name}_id") for name in (*FROM, *TO)), str(link.kind))


def _known(links: Iterable[Link]) -> dict[Key, Link]:
    """Links that are here already and begin where one of these begins."""
    firsts: dict[str, set[int]] = {thing: set() for thing in THINGS}
    for link in links:
        place, pk = link.rank(FROM)
        firsts[THINGS[place]].add(pk)
    wanted = Q(pk__in=[])
    for thing, pks in firsts.items():
        if pks:
            wanted |= Q(**{f"from_{thing}__in": pks})
    return {_key(link): link for link in Link.objects.filter(wanted)}
