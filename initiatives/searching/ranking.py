"""What comes first in a list of matches, quickly even where a word is in a tenth of a million rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from django.utils.functional import cached_property

from geo.mapindex.view import View
from geo.statements import prepared

from .. import lists, mapped
from ..enums import Status
from ..models import Initiative
from ..querysets import InitiativeQuerySet

if TYPE_CHECKING:
    from ..selection import Selection

# Up to so many matches are weighed, all of them; of more, so many by age and so many by name are candidates.
CAP = 1_000
NAMES = 200
# A key and its place in lists, in bytes.
KEY_SIZE = 40

BY_RELEVANCE = f"""
WITH asked AS MATERIALIZED (SELECT geo_fold(%(words)s::text) AS folded, geo_search_query(%(words)s::text) AS query)
SELECT i.id FROM initiatives_initiative i CROSS JOIN asked
WHERE i.id = ANY(%(ids)s) AND i.status = '{Status.PUBLISHED}' AND i.search @@ query
ORDER BY CASE WHEN search_name = folded THEN 0 WHEN starts_with(search_name, folded) THEN 1 ELSE 2 END,
  ts_rank(search, query) DESC, search_name, id
"""


class Ranked(Sequence):
    """All matches of a list in the order of relevance, for a paginator; only slices are read.

    `matches` are the rows of a selection with words. Up to CAP of them are weighed, every one. Of more, candidates are
    weighed: the first NAMES that begin with the words, and the CAP oldest. They come first, all others follow by name.
    Candidates are the same for each page: no match is missing or comes twice, and how many there are has nothing to do
    with the cap. The map index knows who is oldest and remembers the order for its version.
    """

    ordered = True

    def __init__(self, selection: "Selection", matches: InitiativeQuerySet, matched: int) -> None:
        self.selection, self.matches, self.matched = selection, matches, matched
        self.words = "".join(selection.get("q"))

    def __len__(self) -> int:
        return self.matched

    @cached_property
    def first(self) -> list[int]:
        """Keys of the candidates in their order."""
        found = mapped.answer(self._remembered)
        if found is None:
            oldest = self.selection.initiatives().order_by("pk").values_list("pk", flat=True)
            found = self._weighed(list(oldest[:CAP]))
        return found

    def _remembered(self, view: View) -> list[int]:
        key = ("first by relevance", self.selection.query)
        found = view.memory.get(key)
        if found is None:
            ids = view.ids(mapped.matches(view, self.selection), self.selection.located)
            oldest = np.partition(ids, CAP)[:CAP] if len(ids) > CAP else ids
            found = self._weighed(oldest.tolist())
            view.memory.keep(key, found, len(found) * KEY_SIZE)
        return found

    def _weighed(self, oldest: list[int]) -> list[int]:
        rows = self.selection.without("q").initiatives()
        named = rows.named_like(self.words).values_list("pk", flat=True)[:NAMES]
        return [pk for (pk,) in prepared(BY_RELEVANCE, words=self.words, ids=[*oldest, *named])]

    def _others(self, start: int, stop: int) -> list[Initiative]:
        """Of the matches that are no candidates those from `start` to before `stop` by name."""
        rows = lists.page(self.selection, start, stop, but=self.first)
        if rows is None:
            rows = list(self.matches.exclude(pk__in=self.first).order_by("search_name", "pk")[start:stop])
        return rows

    def __getitem__(self, part: slice) -> list[Initiative]:
        """The rows of a page."""
        start, stop = part.start or 0, self.matched if part.stop is None else part.stop
        if self.matched <= CAP:
            return list(self.matches.by_relevance(self.words)[start:stop])
        keys = self.first[start:stop]
        found = self.matches.in_bulk(keys)
        shown = [found[key] for key in keys if key in found]
        if stop > len(self.first):
            shown += self._others(max(0, start - len(self.first)), stop - len(self.first))
        return shown
