"""Fields that stand in several columns: a street and its number, telephones, names."""

from collections.abc import Sequence

from ..mapping import Rule
from .asking import GIVEN_NAMES, PERSONS
from .headers import field_of, field_scores, innermost, words_of
from .values import Columns
from .words import GOES_ON, set_of

# A bare one of these is a number of houses where it stands beside a street.
NUMBERS = set_of("n no nr num numero nummer number")
KINDS, WAYS = frozenset(("type", "tipo", "tipus")), frozenset(("voie", "via", "calle", "carrer"))
MOBILE = ("mobil", "movil", "portable", "handy", "cell", "celular", "gsm", "whatsapp")
FIXED = set_of("fixe fijo fisso festnetz landline standard")
AREA_CODES = set_of("vorwahl prefijo prefisso indicatif")
LONGEST_AREA_CODE = 6
# Two columns may feed a name where both are clear about it.
CLEAR = 1.3


def house_numbers(columns: Columns) -> list[str]:
    """Columns with the numbers of houses: by their headers, or bare numbers beside a street that has none."""
    return [name for place, name in enumerate(columns.names) if _is_house_number(columns, place)]


def _is_house_number(columns: Columns, place: int) -> bool:
    name = columns.names[place]
    words = {*words_of(innermost(name))}
    if not words or not columns.are_house_numbers(name):
        return False
    if words <= NUMBERS:
        return any(
            _is_street(other) and not columns.have_numbers(other) for other in _beside(columns.names, place)
        )
    return _is_street(name)


def _is_street(name: str) -> bool:
    return field_of(name) == "street"


def _beside(names: Sequence[str], place: int) -> list[str]:
    """The columns before and after; nested ones have those that are nested in the same."""
    if (last := innermost(names[place])) != names[place]:
        outer = names[place].removesuffix(last)
        return [name for name in names if name == outer + innermost(name) and name != names[place]]
    return [*names[max(0, place - 1) : place], *names[place + 1 : place + 2]]


def street_rule(columns: Columns, streets: Sequence[str], numbers: Sequence[str]) -> Rule | None:
    """A street with its kind and number, where these have columns of their own."""
    named = [name for name in streets if not _is_kind(name)]
    named.sort(key=lambda name: bool(GOES_ON & set(words_of(name))))
    if not named:
        return None
    street, place = named[0], columns.names.index(named[0])
    before = columns.names[max(0, place - 1) : place]
    parts = [name for name in before if _is_kind(name)] + [street]
    near = {other for part in parts for other in _beside(columns.names, columns.names.index(part))}
    number = [name for name in numbers if name in near or not {*words_of(name)} <= NUMBERS][:1]
    # As the table has them; most languages write the number behind, and exports sort their columns.
    is_before = number and columns.names.index(number[0]) < place and columns.number_comes_first(parts)
    found = [*number, *parts] if is_before else [*parts, *number]
    return Rule(tuple(found), join=" " if len(found) > 1 else "")


def _is_kind(name: str) -> bool:
    words = {*words_of(name)}
    return bool(words & KINDS and words & WAYS)


def area_codes(columns: Columns) -> list[str]:
    """Columns with what is dialled before a number."""
    return [
        name
        for name in columns.names
        if AREA_CODES.intersection(words_of(name))
        and columns.most(name, lambda text: sum(map(str.isdigit, text)) <= LONGEST_AREA_CODE)
    ]


def phone_rule(columns: Columns, phones: Sequence[str], codes: Sequence[str]) -> Rule | None:
    """The fixed line, else the fullest; a mobile one only where it is alone and no person is named."""
    fixed = [name for name in phones if not _is_mobile(name)]
    if not fixed:
        return None if names_persons(columns.names) else Rule(tuple(phones[:1]))
    fixed.sort(key=lambda name: (not FIXED.intersection(words_of(name)), -columns.filled(name)))
    if codes and not columns.most(fixed[0], lambda text: text.startswith("+")):
        return Rule((codes[0], fixed[0]), join=" ")
    return Rule(tuple(fixed[:2]))


def _is_mobile(name: str) -> bool:
    words = words_of(name)
    return any(word.startswith(MOBILE) for word in words) and not FIXED.intersection(words)


def names_persons(names: Sequence[str]) -> bool:
    """Whether a table names persons."""
    return any(word in GIVEN_NAMES or word.startswith(PERSONS) for name in names for word in words_of(name))


def name_rule(columns: Columns, names: Sequence[str]) -> Rule:
    """The name; another column that is as clear about it where the first is empty."""
    first, *others = names
    more = [
        name
        for name in others
        if min(field_scores(first)["name"], field_scores(name)["name"]) >= CLEAR
        and columns.has_gaps(first, name)
    ]
    return Rule((first, *more[:1]))
