"""Records of a file on their way to the staging table, chunk by chunk: keyed, cleaned, located, copied."""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_noop as _

from geo.beside import Beside
from initiatives import bulk
from initiatives.bulk import Intake
from initiatives.layers import MADE_UP_KEY
from initiatives.models import Network

from . import words
from .ahead import Ahead
from .cleaning import Cleaner
from .enums import Level
from .errors import BadFileError
from .keys import has_certain_key, set_key
from .licences import Licences
from .phrases import Phrase, phrase
from .places.locating import Locator
from .records import Draft, Issue, Raw, Source
from .reports import Report

CHUNK = 2_000
TWICE = _("the same identifier stands in an earlier row")
TWICE_MADE_UP = _("the same name and place stand in an earlier row")


@dataclass(frozen=True)
class Chunk:
    """Some records that follow one another; `fresh` are those that may be taken and are not as they were."""

    drafts: list[Draft]
    fresh: list[Draft]


def stage(
    records: Iterator[Raw],
    source: Source,
    report: Report,
    progress: Callable[[int], None],
    intake: Intake,
) -> list[str]:
    """Prepare the records and stage them, but for those that are as they were: their keys."""
    mapping, seen = report.mapping, set()
    kept: list[str] = []
    known = words.words(mapping.defaults.get("read_as", ""))
    cleaner = Cleaner(mapping, known, _licence(source, intake.network, report))
    locator = Locator(mapping, source)
    digest = f"{source.crs}{mapping.digest}".encode()
    with _little_to_collect(), Ahead(cleaner, source.path.stat().st_size) as ahead, Beside() as beside:
        for chunk in _cleaned(_compared(_keyed(records, cleaner, digest), intake, beside), ahead):
            locator.locate(chunk.fresh)
            first = [draft for draft in chunk.drafts if _is_first(draft, seen, report)]
            new = [draft for draft in first if not (draft.is_known or draft.refused)]
            refused = [draft.external_id for draft in first if draft.refused and draft.external_id]
            kept += [draft.external_id for draft in first if draft.is_known]
            beside.wait()
            intake.stage(new)
            intake.stage_keys(refused, refused=True)
            if new:
                # What is here already is looked for while the next ones are read.
                beside.do(bulk.seek(intake.network, new[0].number, new[-1].number))
            report.read += len(chunk.drafts)
            progress(report.read)
    return kept


@contextmanager
def _little_to_collect() -> Iterator[None]:
    """Within, what was there before is not looked through for garbage again and again: a sixth of reading a file."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _licence(source: Source, network: Network | None, report: Report) -> int | None:
    """The key of the licence that the file states, else of the network's data; BadFileError if it forbids our use."""
    if not source.licence:
        return network.licence_id if network else None
    licence, forbids = Licences(words.licences()).read(source.licence)
    if forbids:
        came = phrase(
            _("data under “%(licence)s” (%(forbids)s)"), licence=source.licence[:80], forbids=Phrase(forbids)
        )
        raise BadFileError(source.path, came, _("a licence under which data may be used again"))
    if licence is None:
        why = phrase(_("not recognised: no licence is kept with its records"))
        report.note([Issue(Level.WARNING, 0, "licence", source.licence[:200], why)])
    return licence


def _keyed(records: Iterator[Raw], cleaner: Cleaner, digest: bytes) -> Iterator[list[Draft]]:
    """The records with their keys."""
    mapping = cleaner.mapping
    while found := list(islice(records, CHUNK)):
        drafts = [_draft(record) for record in found]
        for draft in drafts:
            if not mapping.external_id:
                # The key is made of them.
                draft.texts = cleaner.texts.of(draft.raw.values)
            set_key(draft, mapping, digest)
        yield drafts


def _compared(lists: Iterator[list[Draft]], intake: Intake, beside: Beside) -> Iterator[Chunk]:
    """The same, with what is new or changed among them; what the network knows is asked while the next are read."""
    if not intake.knows:
        yield from (Chunk(drafts, _fresh(drafts, {})) for drafts in lists)
        return
    former: tuple[list[Draft], Future[list]] | None = None
    for drafts in lists:
        if former:
            yield _answered(*former)
        former = drafts, beside.do(intake.checksums([draft.external_id for draft in drafts]))
    if former:
        yield _answered(*former)


def _answered(drafts: list[Draft], answer: Future[list]) -> Chunk:
    return Chunk(drafts, _fresh(drafts, dict(answer.result())))


def _cleaned(chunks: Iterator[Chunk], ahead: Ahead) -> Iterator[Chunk]:
    """The same, cleaned, in their order; of a large file each while the one before it is staged."""
    given: Chunk | None = None
    for chunk in chunks:
        former, given = given, None
        if former:
            ahead.take(former.fresh)
        if ahead.is_ready():
            ahead.give(chunk.fresh)
            given = chunk
        if former:
            yield former
        if not given:
            ahead.clean(chunk.fresh)
            yield chunk
    if given:
        ahead.take(given.fresh)
        yield given


def _draft(record: Raw) -> Draft:
    draft = Draft(record)
    for warning in record.warnings:
        draft.warn("", "", warning)
    if record.refused:
        draft.refuse("", "", record.refused)
    return draft


def _fresh(drafts: Sequence[Draft], known: dict[str, str]) -> list[Draft]:
    """Those that may be taken and are not what the network's record was already, by its checksums."""
    for draft in drafts:
        draft.is_known = not draft.refused and known.get(draft.external_id) == draft.checksum
    return [draft for draft in drafts if not (draft.refused or draft.is_known)]


def _is_first(draft: Draft, seen: set[str], report: Report) -> bool:
    """Whether no earlier row has the key, else it counts as a duplicate; notes what was wrong with it."""
    key = draft.external_id
    if key and key in seen:
        why = TWICE_MADE_UP if key.startswith(MADE_UP_KEY) else TWICE
        report.note([Issue(Level.DUPLICATE, draft.number, "external_id", key, phrase(why))])
        report.duplicates += 1
        return False
    seen.add(key)
    if draft.issues:
        report.note(draft.issues)
    if draft.refused:
        report.refused += 1
        report.unknown += not has_certain_key(draft, report.mapping)
    return True
