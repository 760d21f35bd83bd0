"""What comes first in a list of matches, quickly even where a word is in a tenth of a million rows."""

from collections.abc import Sequence

from django.utils.functional import cached_property

from ..models import Initiative
from ..querysets import InitiativeQuerySet, root_theme
from .compiled import Compiled

# Up to so many matches are weighed, all of them; of more, so many by age and so many by name are candidates.
CAP = 1_000
NAMES = 200
# For suggestions, which are asked for at every letter.
QUICK_CAP = 500
SUGGESTED = 5


def _named(rows: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    """The first of the rows whose names begin with the words; who begins with them has them all."""
    return rows.named_like(words).values("pk")[:NAMES]


def _oldest(words: str, cap: int) -> InitiativeQuerySet:
    """The oldest published records with the words, whatever the other filters: their cost must not come on top."""
    return Initiative.objects.published().matching(words).order_by("pk").values("pk")[:cap]


class Ranked(Sequence):
    """All matches of a list in the order of relevance, for a paginator; only slices are read.

    `rows` are the rows of all filters but the words, `matches` those of all filters. Up to CAP matches are weighed,
    every one. Of more, candidates are weighed: the first NAMES that begin with the words, and those that the filters
    leave of the CAP oldest records with the words. They come first, all others follow by name. Both kinds come from
    an index in its order, so they are the same for each page: no match is missing or comes twice, and how many there
    are has nothing to do with the cap. A rare word has no more than CAP records, a frequent one fills them soon.
    """

    ordered = True

    def __init__(
        self, rows: InitiativeQuerySet, matches: InitiativeQuerySet, words: str, matched: int
    ) -> None:
        self.rows, self.matches, self.words, self.matched = rows, matches, words, matched

    def __len__(self) -> int:
        return self.matched

    @cached_property
    def first(self) -> list[int]:
        """Keys of the candidates in their order."""
        chosen = _named(self.rows, self.words).union(_oldest(self.words, CAP), all=True)
        found = self.matches.filter(pk__in=chosen).by_relevance(self.words)
        return list(found.values_list("pk", flat=True))

    def __getitem__(self, part: slice) -> list[Initiative]:
        """The rows of a page."""
        start, stop = part.start or 0, self.matched if part.stop is None else part.stop
        if self.matched <= CAP:
            return list(self.matches.by_relevance(self.words)[start:stop])
        keys = self.first[start:stop]
        found = self.matches.in_bulk(keys)
        shown = [found[key] for key in keys if key in found]
        if stop > len(self.first):
            rest = self.matches.exclude(pk__in=self.first).order_by("search_name", "pk")
            shown += rest[max(0, start - len(self.first)) : stop - len(self.first)]
        return shown


def _shown(chosen: InitiativeQuerySet, words: str) -> InitiativeQuerySet:
    rows = Initiative.objects.filter(pk__in=chosen).matching(words).by_relevance(words)
    return rows.values_list("name", "slug", "public_locality", root_theme())[:SUGGESTED]


def _published_names(words: str) -> InitiativeQuerySet:
    return _named(Initiative.objects.published(), words)


FIRST_NAMES = Compiled(lambda words: _shown(_published_names(words), words))
FIRST = Compiled(
    lambda words: _shown(_published_names(words).union(_oldest(words, QUICK_CAP), all=True), words)
)


def best(words: str) -> list[tuple[str, str, str, str]]:
    """Name, slug, town and root theme of the first few published matches.

    Names that begin with the words come first, so where there are enough of them nobody looks further.
    """
    named = FIRST_NAMES.rows(words)
    return named if len(named) == SUGGESTED else FIRST.rows(words)
