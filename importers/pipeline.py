"""The way of a file into the house: read, map, clean, locate, match, compare, apply, report."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path, PurePosixPath

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from community.ledger.actions import record
from community.ledger.kinds import Kind
from initiatives import bulk
from initiatives.bulk import Intake
from initiatives.models import Network

from .enums import Level, RunStatus
from .errors import BadFileError, UnmappedError
from .fetching import is_address
from .following import fetch_whole
from .guessing.confirming import with_system
from .guessing.headerless import are_numbered
from .guessing.supposing import with_supposed
from .guessing.supposing_country import with_country
from .guessing.table import guess
from .mapping import FileOptions, Mapping
from .models import ImportIssue, ImportRun
from .naming import STANDS
from .phrases import ONE_OF, Phrase, enumerated, phrase
from .pictures.awaiting import await_pictures
from .presets import with_preset
from .previews import columns_of
from .readers import open_source
from .records import Issue, Raw, Source
from .reports import Report, rows_of
from .shares import check_share
from .staging import stage

SAMPLES = 200
NO_NAME = _("no column that looks like a name (%(columns)s)")
NO_HEADER = _("no header row, and no column that looks like a name (%(columns)s)")
SUPPOSED = _("theme of rows that tell none: %(slug)s, from %(because)s")
READ_AS = _("country by which rows that name none are read: %(country)s, from where most are")
JOINED = _("is initiative %(pk)s, which is here already (%(signs)s: %(score)s)")
MAYBE = _("may be initiative %(pk)s, which is here already (%(signs)s: %(score)s)")
# What speaks for or against a pair being one.
SIGNS = {
    "name": _("name"),
    "place": _("place"),
    "near": _("near"),
    "town": _("town"),
    "far": _("far"),
    "site": _("site"),
    "page": _("page"),
    "phone": _("phone"),
    "email": _("email"),
    "register": _("register"),
}
NO_SITE = _("no record has this identifier, or it is the record itself: no site of it")
EDITED, GIVEN = _("edited here, kept: %(ours)s"), _("given by another source, kept: %(ours)s")
NOT_FOUND = _("%(gone)s not found, and kept: %(unknown)s refused rows have no certain key")
LEFT_ALONE = _("the initiative is %(status)s here: record kept, initiative not changed")
# Any number: it sets the locks on networks apart from others.
NETWORKS = 7_365_846_104


def run_import(
    name: str,
    *,
    network_slug: str,
    format: str = "auto",
    mapping: Mapping | None = None,
    write: bool = False,
    review: bool = False,
    even_so: bool = False,
    run: ImportRun | None = None,
    label: str = "",
    progress: Callable[[int], None] = lambda read: None,
) -> Report:
    """Read a file for a network; without `write` nothing stays. BadFileError, BadMappingError.

    With `review` new initiatives wait for somebody to publish them. TooMuchError where more than the usual share of
    what the network has would go or change, unless `even_so`. What is written goes by the given run, else by a new one.
    `label` is what the source is called, where its file has another name.
    """
    started = time.monotonic()
    # Where a file lies is nobody's business: history and pages name it.
    label = label or (name if is_address(name) else Path(name).name)
    report = Report(source=label)
    with tempfile.TemporaryDirectory(prefix="import-") as place:
        folder = Path(place)
        path = fetch_whole(name, folder).path if is_address(name) else Path(name)
        source = open_source(path, format, mapping.file if mapping else FileOptions(), folder)
        report.format, report.notes = source.format, source.notes
        records, report.mapping = _mapped(source, mapping, report)
        if (rule := report.mapping.themes).supposed:
            report.notes.append(phrase(SUPPOSED, slug=rule.supposed, because=Phrase(rule.because)))
        if report.mapping.guessed and (country := report.mapping.defaults.get("read_as")):
            report.notes.append(phrase(READ_AS, country=country))
        with transaction.atomic():
            network = _network(network_slug, create=write)
            if write:
                run = run or _begun(label, network, report, review=review)
                with bulk.importing(network, by=run.started_by, run=run.pk, reason=label[:200]) as intake:
                    _compare(intake, stage(records, source, report, progress, intake), report)
                    if not even_so:
                        check_share(report.known, report.changed, report.gone)
                    _apply(intake, report, run, started)
            else:
                intake = bulk.looking(network)
                _compare(intake, stage(records, source, report, progress, intake), report)
                transaction.set_rollback(True)
    report.issues.sort(key=lambda issue: issue.row)
    report.seconds = time.monotonic() - started
    return report


def _mapped(source: Source, mapping: Mapping | None, report: Report) -> tuple[Iterator[Raw], Mapping]:
    """The records, and the mapping to read them by; a guess looks at the first of them and at titles."""
    first = list(islice(source.records, SAMPLES))
    if not first:
        raise BadFileError(source.path, _("a header without rows"), _("at least one row"))
    if mapping is None:
        has_points = any(record.point for record in first)
        samples = [record.values for record in first if not record.refused]
        mapping = guess(source.columns, samples, has_points=has_points, file=FileOptions())
        if source.preset:
            mapping = with_preset(source.preset, mapping, source.columns)
        mapping = with_system(mapping, [record for record in first if not record.refused], source.crs)
        if "name" not in mapping.fields:
            template = NO_HEADER if are_numbered(source.columns) else NO_NAME
            raise UnmappedError(
                source.path,
                phrase(template, columns=enumerated(source.columns)),
                _("a name, or --mapping"),
                columns_of(source.columns, first, mapping),
                mapping.as_dict(),
            )
        titles = (source.title, source.path.stem, PurePosixPath(report.source).stem)
        mapping = with_country(with_supposed(mapping, samples, titles), source, first)
    missing = sorted(mapping.columns() - set(source.columns))
    if missing and source.format == "csv":
        came = phrase(_("no column %(columns)s as the mapping asks"), columns=enumerated(missing))
        raise BadFileError(source.path, came, phrase(ONE_OF, known=enumerated(source.columns)))
    report.columns = columns_of(source.columns, first, mapping)
    return _chain(first, source.records), mapping


def _chain(first: list[Raw], rest: Iterator[Raw]) -> Iterator[Raw]:
    yield from first
    first.clear()
    yield from rest


def _network(slug: str, *, create: bool) -> Network | None:
    """The network, locked so that imports into it follow one another; a new one is to be completed."""
    stored = Network.objects.select_for_update().filter(slug=slug)
    network = stored.first()
    if network is None and create:
        # A row that is not there yet cannot be locked; its slug can, to the end of the transaction.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [slug, NETWORKS])
        network = stored.first()
    if network is None and create:
        network = Network(slug=slug, name=slug.replace("-", " ").title(), is_complete=False)
        network.full_clean()
        network.save()
    return network


def _begun(label: str, network: Network, report: Report, *, review: bool) -> ImportRun:
    """A new run, by which all that follows goes."""
    return ImportRun.objects.create(
        network=network, source=label[:400], format=report.format, status=RunStatus.RUNNING, review=review
    )


def _compare(intake: Intake, kept: list[str], report: Report) -> None:
    """Count what would happen, and note what a person should know."""
    difference = bulk.compare(intake, kept)
    for one in difference.matches:
        level, template = (Level.DUPLICATE, JOINED) if one.is_joined else (Level.WARNING, MAYBE)
        why = phrase(
            template,
            pk=str(one.initiative),
            signs=[SIGNS[sign] for sign in ("name", *one.signs)],
            score=f"{one.score:.2f}",
        )
        report.note([Issue(level, one.number, "name", one.name, why)])
    for number, key in difference.without_parent:
        report.note([Issue(Level.WARNING, number, "parent", key, phrase(NO_SITE))])
    for one in difference.kept:
        why = phrase(EDITED if one.by_people else GIVEN, ours=one.ours)
        report.note([Issue(Level.KEPT, one.number, one.field, one.theirs, why)])
    report.duplicates += difference.joined
    report.shown = [asdict(place) for place in bulk.places()] if difference.moves else []
    report.known, report.added, report.changed = difference.known, difference.added, difference.changed
    report.unchanged, report.gone = difference.unchanged, difference.gone
    if report.unknown and report.gone:
        why = phrase(NOT_FOUND, gone=report.gone, unknown=report.unknown)
        report.note([Issue(Level.WARNING, 0, "", "", why)])
        report.gone = 0


def _apply(intake: Intake, report: Report, run: ImportRun, started: float) -> None:
    """Write: what changed, the issues, and the run, in the transaction of the caller."""
    report.run = run.pk
    outcome = bulk.apply(intake, keep_missing=report.unknown > 0, review=run.review)
    await_pictures(run, report.mapping)
    for number, name, status in outcome.left_alone:
        report.note(
            [Issue(Level.WARNING, number, "", name, phrase(LEFT_ALONE, status=[STANDS.get(status, status)]))]
        )
    run.issues.all().delete()
    ImportIssue.objects.bulk_create(rows_of(report, run), batch_size=2_000)
    report.seconds = time.monotonic() - started
    run.network, run.format, run.mapping = intake.network, report.format, report.mapping.as_dict()
    run.note(report.notes)
    run.shown, run.columns = report.shown, report.columns
    run.status, run.finished_at, run.summary = RunStatus.DONE, timezone.now(), report.summary()
    run.context = intake.context
    run.save()
    record(Kind.IMPORTED, by=run.started_by, room="imports", key=run.pk)
