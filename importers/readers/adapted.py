"""What readers share: the names of all values of a file, and records put into the words that a mapping knows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext_noop as _

from ..errors import BadFileError
from ..phrases import phrase
from ..records import Raw, Source

Change = Callable[[Raw], Raw | None]
MOST_COLUMNS = 2_000


def names_of(records: Iterable[Raw], path: Path) -> tuple[list[str], int]:
    """The names of all values, and how many records there are; BadFileError where they are too many to be names."""
    columns: dict[str, None] = {}
    number = 0
    for record in records:
        number += 1
        columns.update(dict.fromkeys(record.values))
        if len(columns) > MOST_COLUMNS:
            raise BadFileError(
                path,
                phrase(_("more than %(most)s names of values"), most=MOST_COLUMNS),
                _("records of one kind"),
            )
    return list(columns), number


def adapted(source: Source, format: str, change: Change, *more: str) -> Source:
    """The source with each record changed, or left out where the change gives none; `more` are columns it adds."""
    return replace(
        source,
        format=format,
        preset=format,
        columns=list(dict.fromkeys([*source.columns, *more])),
        records=_changed(source.records, change),
    )


def _changed(records: Iterator[Raw], change: Change) -> Iterator[Raw]:
    for record in records:
        found = record if record.refused else change(record)
        if found is not None:
            yield found
