"""Guesses which columns tell the themes: by a word of the theme, or as columns of themes that say yes or no."""

import re
from collections.abc import Collection, Iterable

from ..activity_codes import division, says_codes
from ..themes import ThemeGuesser
from ..yes_no import says
from .asking import MAIN, SECOND
from .headerless import are_numbered, tells_kinds
from .headers import DOUBTFUL, SURE, field_scores, innermost, words_of
from .values import Columns

# Fields that may tell a theme, and the share of values that must be understood for a column to count.
TELL_THEMES = ("themes", "tags", "legal_form")
UNDERSTOOD = 0.05
MOSTLY = 0.5
LONGEST = 400
# So many of the themes must have a column: one that says whether there is a café, or transport, tells no theme.
LEAST_THEMES = 2
# Whether a place can be entered by all says nothing of what it is for.
OF_PLACES = {"disability"}
# What surveys write around the name of a theme: “Énergie (oui/non)”, “themes[Energy]”, “Secteur : énergie”.
AROUND = re.compile(r"\([^()]*\)|^[^\[\]]*\[(?=[^\[\]]+\]$)|\]$|^[^:.]*[:.]\s*(?=\S)")


def telling(columns: Columns, names: Collection[str], themes: ThemeGuesser) -> tuple[str, ...]:
    """Columns that speak of themes or tags, the main ones and best understood first; else of legal forms.

    The columns of the name tell none.
    """
    shares = {}
    for column, values in columns.texts.items():
        tells, bonus = _says_themes(columns, column)
        # What a code means, in words, is called so as well; it is long, and no name of a theme.
        is_code = says_codes(column) and _mostly(bool(division(text, is_said=True)) for text in values)
        if column in names or not (is_code or tells) or all(says(text) is not None for text in values):
            continue
        known = [len(text) <= LONGEST and bool(themes.read(text, is_code).slugs) for text in values]
        # A header that is half understood is made up for by values that are.
        if is_code or tells > DOUBTFUL or _mostly(known):
            shares[column] = sum(known) / columns.rows + bonus
    ranked = sorted(shares, key=lambda column: (-_rank(column), -shares[column]))
    told = [column for column in ranked if shares[column] >= UNDERSTOOD]
    return tuple([column for column in told if not _is_legal_form(column)] or told)[:3]


def _says_themes(columns: Columns, column: str) -> tuple[float, float]:
    """How surely a header says that its column tells themes, nothing where it says something else; and a bonus."""
    if are_numbered(columns.names):
        return (DOUBTFUL, 0.0) if tells_kinds(columns, column) else (0.0, 0.0)
    scores = field_scores(column)
    best = max(scores.values(), default=0.0)
    tells = max((scores.get(name, 0.0) for name in TELL_THEMES), default=0.0)
    # Numbers that a source gives to its own categories are not the codes of ours.
    if tells < best - 0.3 or (tells < SURE and tells < best) or innermost(column) in ("id", "index"):
        return 0.0, 0.0
    return tells, 0.1 if scores.get("themes", 0.0) >= best else 0.0


def _is_legal_form(column: str) -> bool:
    scores = field_scores(column)
    return scores.get("legal_form", 0.0) > max(scores.get("themes", 0.0), scores.get("tags", 0.0))


def _rank(column: str) -> int:
    """What the header says of its place among others: 1 the main one, -1 one that adds to it."""
    found = words_of(column)
    return any(word.startswith(MAIN) for word in found) - any(word.startswith(SECOND) for word in found)


def _mostly(which: Iterable[bool]) -> bool:
    found = list(which)
    return sum(found) > MOSTLY * len(found)


def asked(columns: Columns, themes: ThemeGuesser) -> dict[str, str]:
    """The theme of each column that is called like one and holds nothing but yes and no, where there are several."""
    found = {
        column: slug
        for column, values in columns.texts.items()
        if all(says(text) is not None for text in values) and (slug := _theme_of(column, themes))
    }
    named = {themes.roots[slug] for column, slug in found.items() if columns.texts[column]}
    return found if len(named) >= LEAST_THEMES else {}


def _theme_of(column: str, themes: ThemeGuesser) -> str:
    slug = themes.of_header(column) or themes.of_header(AROUND.sub("", column).strip())
    return "" if slug in OF_PLACES else slug
