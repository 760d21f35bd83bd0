"""Opening hours as people write them in six languages, put into the syntax of OpenStreetMap.

A text counts only if all of it is understood: days, hours from and to, and a few words between them. Days are short in
ways that mean one thing here and another there (“di” is Tuesday or Sunday): a text is read in each language, and where
that gives different hours, only a country that speaks one of them decides.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Of each language the days from Monday on, each in full and short; what means all of them; what means closed; words
# between two days or hours; words between several; words that say nothing.
LANGUAGES = {
    "fr": (
        "lundi|lun|lu|l mardi|mar|ma mercredi|mer|me jeudi|jeu|je|j vendredi|ven|ve|v samedi|sam|sa|s"
        " dimanche|dim|di|d",
        "tlj quotidiennement",
        "ferme fermee",
        "a au",
        "et puis",
        "du de des le les d h ouvert ouverte ouverture horaires horaire tous",
    ),
    "de": (
        "montag|montags|mon|mo dienstag|dienstags|die|di mittwoch|mittwochs|mit|mi donnerstag|donnerstags|don|do"
        " freitag|freitags|fre|fr samstag|samstags|sonnabend|sam|sa sonntag|sonntags|son|so",
        "taglich tgl",
        "geschlossen zu ruhetag",
        "bis",
        "und u sowie",
        "von uhr h geoffnet offen offnungszeiten",
    ),
    "en": (
        "monday|mondays|mon|mo tuesday|tuesdays|tues|tue|tu wednesday|wednesdays|weds|wed|we thursday|thursdays|thurs"
        "|thur|thu|th friday|fridays|fri|fr saturday|saturdays|sat|sa sunday|sundays|sun|su",
        "daily",
        "closed",
        "to until till through thru",
        "and",
        "from open opening hours h",
    ),
    "es": (
        "lunes|lun|lu|l martes|mar|ma miercoles|mie|mier|mi|x jueves|jue|ju|j viernes|vie|vi|v sabado|sabados|sab|sa|s"
        " domingo|domingos|dom|do|d",
        "diario diariamente",
        "cerrado",
        "a hasta",
        "y",
        "de desde las la los el h hs horas horario abierto",
    ),
    "it": (
        "lunedi|lun|lu martedi|mar|ma mercoledi|mer|me giovedi|gio|gi venerdi|ven|ve sabato|sab|sa domenica|dom|do",
        "",
        "chiuso",
        "a al alle",
        "e ed",
        "dal dalle da il la lo h ore orario orari aperto aperti",
    ),
    "nl": (
        "maandag|maa|ma dinsdag|din|di woensdag|woe|wo donderdag|don|do vrijdag|vrij|vr zaterdag|zat|za zondag|zon|zo",
        "dagelijks",
        "gesloten",
        "tot tem",
        "en",
        "van u uur open",
    ),
}
ALL_DAYS = re.compile(
    r"\b(?:tous les jours|jeden tag|every day|7 days|todos los dias|tutti i giorni|elke dag)\b"
)
SPOKEN = {
    "AT": "de", "BE": "fr nl", "CH": "de fr it", "DE": "de", "ES": "es", "FR": "fr", "GB": "en", "IE": "en",
    "IT": "it", "LI": "de", "LU": "de fr", "MC": "fr", "NL": "nl",
}  # fmt: skip
DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))
TIME = (
    r"(?P<hour>[01]?\d|2[0-4])(?:\s?h\s?(?P<h>[0-5]\d)(?!\d|\s?h)|[:.](?P<minutes>[0-5]\d)(?!\d))?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?|\s?(?:h|uhr|hs|uur)\b)?(?!\d)"
)
TOKEN = re.compile(rf"\s*(?:{TIME}|(?P<word>[a-z]+)['’]?\.?|(?P<sign>[-,;/+&:|()]))\s*")
LATEST, EARLIEST_OF_NIGHT, LATEST_OF_NIGHT = 24 * 60, 16 * 60, 6 * 60


class Token(NamedTuple):
    """`kind`: day, days, time, to, and, closed; `value`: of a day from 0 on, or minutes; half: a or p."""

    kind: str
    value: int = 0
    half: str = ""


class UnclearError(Exception):
    """Something in a text is not what the rules know."""


@lru_cache(maxsize=20_000)
def as_osm(text: str, country: str = "") -> str:
    """The hours in the syntax of OpenStreetMap; empty where anything is unclear. `country` knows its languages."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(DASHES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found: dict[str, str] = {}
    for language in LANGUAGES:
        try:
            found[language] = _written(_groups(_tokens(plain, language)))
        except UnclearError:
            continue
    readings = set(found.values())
    if len(readings) > 1:
        readings = {found[language] for language in SPOKEN.get(country, "").split() if language in found}
    return readings.pop() if len(readings) == 1 else ""


@lru_cache(maxsize=16)
def _words(language: str) -> dict[str, Token | None]:
    days, every, closed, between, several, silent = LANGUAGES[language]
    words: dict[str, Token | None] = dict.fromkeys(silent.split())
    words |= dict.fromkeys(several.split(), Token("and")) | dict.fromkeys(between.split(), Token("to"))
    words |= dict.fromkeys(closed.split(), Token("closed")) | dict.fromkeys(every.split(), Token("days"))
    for number, names in enumerate(days.split()):
        words |= dict.fromkeys(names.split("|"), Token("day", number))
    return words


def _tokens(text: str, language: str) -> list[Token]:
    words, tokens, at = _words(language), [], 0
    text = ALL_DAYS.sub(" everyday ", text).strip(" .")
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise UnclearError
        at = found.end()
        word, sign = found["word"], found["sign"]
        if found["hour"]:
            minutes = 60 * int(found["hour"]) + int(found["h"] or found["minutes"] or 0)
            tokens.append(Token("time", minutes, found["half"] or ""))
        elif word == "everyday":
            tokens.append(Token("days"))
        elif word:
            if word not in words:
                raise UnclearError
            tokens += [token] if (token := words[word]) else []
        elif sign not in ":()":
            tokens.append(Token("to" if sign == "-" else "and"))
    return tokens


class _Reader:
    """Takes tokens one after the other."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0

    def kind(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def take(self, kind: str) -> Token:
        if self.kind() != kind:
            raise UnclearError
        self._at += 1
        return self._tokens[self._at - 1]

    def several(self, kinds: tuple[str, ...]) -> bool:
        """Whether one more of these follows, after a word between several or at once."""
        if self.kind() == "and" and self.kind(1) in kinds:
            self.take("and")
        return self.kind() in kinds

    def _is_after(self, kind: str) -> bool:
        return self._tokens[self._at - 1].kind == kind

    def days(self) -> list[tuple[int, int]]:
        found = []
        while self.several(("day", "days")):
            if found and not self._is_after("and"):
                # “Mon Fri” may be both or all between them.
                raise UnclearError
            if self.kind() == "days":
                self.take("days")
                found.append((0, 6))
                continue
            first = last = self.take("day").value
            if self.kind() == "to":
                self.take("to")
                last = self.take("day").value
                if last == first:
                    raise UnclearError
            found.append((first, last))
        return found

    def hours(self) -> list[tuple[int, int]]:
        """Spans in minutes; none where it is closed."""
        if self.kind() == "closed":
            self.take("closed")
            return []
        found = []
        while self.several(("time",)):
            first = self.take("time")
            self.take("to")
            found.append(_span(first, self.take("time")))
        if not found:
            raise UnclearError
        return found


Group = tuple[tuple[tuple[int, int], ...], list[tuple[int, int]]]


def _groups(tokens: list[Token]) -> list[Group]:
    """Days and their hours; all through a text one of them stands first."""
    reader = _Reader(tokens)
    groups: list[Group] = []
    hours_first = reader.kind() == "time"
    while reader.kind():
        hours = reader.hours() if hours_first else []
        days = reader.days()
        if not days:
            raise UnclearError
        groups.append((tuple(days), hours or reader.hours()))
        # Between days and hours of others a dash parts them as well.
        if reader.kind() in ("and", "to"):
            reader.take(reader.kind())
    return groups


def _span(first: Token, last: Token) -> tuple[int, int]:
    """From and to in minutes: within a day, or one evening; anything else was meant in another way."""
    start, end = first.value, last.value
    if last.half:
        end = _of_half(end, last.half)
        # “2-5pm” begins in the afternoon, “9-5pm” does not.
        same = _of_half(start, last.half) if start <= 12 * 60 + 59 else start
        start = _of_half(start, first.half) if first.half else (same if same < end else _of_half(start, "a"))
    elif first.half:
        raise UnclearError
    is_night = start >= EARLIEST_OF_NIGHT and end <= LATEST_OF_NIGHT
    if end > LATEST or not (start < end or is_night):
        raise UnclearError
    return start, end


def _of_half(minutes: int, half: str) -> int:
    if not 60 <= minutes < 13 * 60:
        raise UnclearError
    return minutes % (12 * 60) + (12 * 60 if half == "p" else 0)


def _written(groups: list[Group]) -> str:
    """The groups in the syntax of OpenStreetMap, in which a later one would outdo an earlier one of the same day."""
    merged: dict[tuple[tuple[int, int], ...], list[tuple[int, int]]] = {}
    for days, hours in groups:
        if days in merged and not (hours and merged[days]):
            raise UnclearError
        merged.setdefault(days, []).extend(hours)
    listed = [day for days in merged for first, last in days for day in _between(first, last)]
    follow = all(one[1] <= next_one[0] for hours in merged.values() for one, next_one in pairwise(hours))
    if not merged or not follow or len(listed) != len(set(listed)):
        raise UnclearError
    return "; ".join(f"{_days(days)} {_hours(hours)}" for days, hours in merged.items())


def _between(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _days(days: tuple[tuple[int, int], ...]) -> str:
    return ",".join(DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}" for first, last in days)


def _hours(hours: list[tuple[int, int]]) -> str:
    return ",".join("-".join(f"{at // 60:02}:{at % 60:02}" for at in span) for span in hours) or "off"
