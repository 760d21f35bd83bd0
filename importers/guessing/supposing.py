"""A theme for the rows of a file that tell none, from what the file says as a whole; the rule is simple.

1. Its title: the name of the file, sheet, layer or document. A theme of the vocabulary that is named there, in the
   singular or plural, in one word or several, holds for the file; a subtheme before a theme, a longer name before a
   shorter one. Words that speak of files and collectors (“open data”, “network”) are passed over.
2. Else its other rows: where a tenth of them or more tell a theme, and four in five of those the same subtheme, or
   else subthemes of one theme, the others are taken for the same.

Each row that is placed so is warned, and the run shows the theme. With a mapping that a person wrote nothing is
supposed, nor for a format whose columns name every theme there is (`strict`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_noop as _

from ..cells import Texts
from ..mapping import Mapping
from ..themes import ThemeGuesser
from ..theming import ThemeFinder
from ..words import themes

AGREE = 0.8
# So many rows, and such a share of all, must tell a theme before they speak for others.
LEAST_ROWS = 4
LEAST_SHARE = 0.1


def with_supposed(mapping: Mapping, records: list[dict], titles: Iterable[str]) -> Mapping:
    """The mapping with a theme for rows that tell none, where one can be supposed."""
    if mapping.themes.strict:
        return mapping
    guesser = ThemeGuesser(themes(), mapping.themes.values)
    named = next((slug for title in titles if (slug := guesser.of_title(title))), "")
    if named:
        return _supposing(mapping, named, _("the name of the file"))
    agreed = _agreed(mapping, records, guesser)
    return _supposing(mapping, agreed, _("most other rows")) if agreed else mapping


def _supposing(mapping: Mapping, slug: str, because: str) -> Mapping:
    return replace(mapping, themes=replace(mapping.themes, supposed=slug, because=because))


def _agreed(mapping: Mapping, records: list[dict], guesser: ThemeGuesser) -> str:
    """The theme on which nearly all rows agree that tell one; empty where there is none."""
    finder = ThemeFinder(mapping, guesser)
    texts = Texts(mapping)
    told = [(values, texts.of(values)) for values in records]
    found = [finder.find(values, words, words.get("name", "")).slugs for values, words in told]
    told = Counter(slugs[0] for slugs in found if slugs)
    number = told.total()
    if number < max(LEAST_ROWS, LEAST_SHARE * len(records)):
        return ""
    wider: Counter[str] = Counter()
    for slug, times in told.items():
        wider[guesser.roots[slug]] += times
    for counter in (told, wider):
        slug, times = counter.most_common(1)[0]
        if times >= AGREE * number:
            return slug
    return ""
