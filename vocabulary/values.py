"""What sources write in a column of themes, beside the names and synonyms of the vocabulary.

Read from `fixtures/vocabulary/values.csv`: a line a theme, a column a language, words parted by bars. They hold where
they are the whole of what is written; the line named `-` holds words that say nothing inside the name of somebody.
They are no synonyms: nobody is shown them, and they take no part in the search or the matching of offers.
"""

import csv

from django.conf import settings

SILENT_LINE = "-"


def _read() -> dict[str, tuple[str, ...]]:
    path = settings.BASE_DIR / "fixtures" / "vocabulary" / "values.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row.pop("theme"): tuple(word for words in row.values() for word in words.split("|") if word)
            for row in csv.DictReader(lines)
        }


_all = _read()
SILENT = _all[SILENT_LINE]
VALUES = {slug: words for slug, words in _all.items() if slug != SILENT_LINE}
