"""Ideas: what people exchange and what the social economy is made of, each with its words in five languages.

Read from `fixtures/vocabulary/ideas.csv`: a line an idea, a column a language, words parted by bars. The line named
`-` holds words that say nothing of what is exchanged.
"""

import csv
from dataclasses import dataclass

from django.conf import settings

from .names import LANGUAGES

SILENT_LINE = "-"


@dataclass(frozen=True)
class Idea:
    """One idea; the first word of a language is its name there."""

    slug: str
    words: dict[str, tuple[str, ...]]

    @property
    def names(self) -> dict[str, str]:
        """What it is called, by language."""
        return {language: words[0] for language, words in self.words.items() if words}


def _read() -> dict[str, Idea]:
    path = settings.BASE_DIR / "fixtures" / "vocabulary" / "ideas.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [
            Idea(row["slug"], {language: tuple(row[language].split("|")) for language in LANGUAGES})
            for row in csv.DictReader(lines)
        ]
    return {row.slug: row for row in rows}


_all = _read()
SILENT = _all[SILENT_LINE].words
IDEAS = {slug: idea for slug, idea in _all.items() if slug != SILENT_LINE}
