"""From the tree of a filter to a condition on rows: only what is named here, only of the queryables that are given."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, Value
from django.db.models.expressions import Combinable

from ..crs import CRS84, Crs
from ..errors import InvalidParameterError
from ..queryables import Kind, Queryable, Queryables
from ..search import bytewise
from . import literals
from .functions import Compared, Intersects, IsNull, Lowered, Unaccented

# Each comparison, and the same read from its other side.
SIDES = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
FOLDS: dict[str, Callable[[Combinable], Combinable]] = {"casei": Lowered, "accenti": Unaccented}
# Rows of a few values are compared one by one.
MOST_VALUES = 500
ENDS_ESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\\$")
NOTHING = Q(pk__in=[])


def condition(tree: Any, queryables: Queryables, crs: Crs = CRS84, parameter: str = "filter") -> Q:
    """What rows must be; InvalidParameterError names what came and what was expected."""
    try:
        return _Translation({one.name: one for one in queryables}, crs).of(tree)
    except ValueError as error:
        raise InvalidParameterError(parameter, str(error)) from error


class _Translation:
    """One filter against one set of queryables; every error is a ValueError."""

    def __init__(self, queryables: Mapping[str, Queryable], crs: Crs) -> None:
        self.queryables, self.crs = queryables, crs
        self.made: dict[str, Callable[[list], Q]] = {
            "and": lambda args: self._joined(args, Q.AND),
            "or": lambda args: self._joined(args, Q.OR),
            "not": self._not,
            "like": self._like,
            "between": self._between,
            "in": self._in,
            "isNull": self._is_null,
            "s_intersects": self._intersects,
            **{sign: lambda args, sign=sign: self._compared(sign, args) for sign in SIDES},
        }

    # ── Conditions ─────────────────────────────────────────────────────────────────────────────
    def of(self, tree: Any) -> Q:
        if isinstance(tree, bool):
            return ~NOTHING if tree else NOTHING
        operator, args = _call(tree)
        if operator not in self.made:
            known = ", ".join(self.made)
            raise ValueError(f"Came {_short(tree)}, expected one of: {known}.")
        return self.made[operator](args)

    def _joined(self, args: list, connector: str) -> Q:
        if not args:
            raise ValueError("Expected conditions to join.")
        return Q(*map(self.of, args), _connector=connector)

    def _not(self, args: list) -> Q:
        return ~self.of(*_exactly(args, 1))

    def _compared(self, sign: str, args: list) -> Q:
        left, right = _exactly(args, 2)
        if not self._is_property(left):
            left, right, sign = right, left, SIDES[sign]
        queryable, folds = self._property(left)
        value = self._value(queryable, right, folds)
        own = _folded(queryable.expression, folds)
        if queryable.kind == Kind.TEXT and sign not in ("=", "<>"):
            own, value = bytewise(own), bytewise(value)
        return Q(Compared(own, sign, value))

    def _like(self, args: list) -> Q:
        left, pattern = _exactly(args, 2)
        queryable, folds = self._property(left, Kind.TEXT)
        plain = _unfolded(pattern)[0]
        if isinstance(plain, str) and ENDS_ESCAPED.search(plain):
            raise ValueError("A pattern of LIKE cannot end with a single backslash.")
        value = self._value(queryable, pattern, folds)
        return Q(Compared(_folded(queryable.expression, folds), "LIKE", value))

    def _between(self, args: list) -> Q:
        left, low, high = _exactly(args, 3)
        queryable, folds = self._property(left, Kind.NUMBER, Kind.INSTANT)
        if folds:
            raise ValueError("BETWEEN is for numbers and instants.")
        low, high = self._value(queryable, low, ()), self._value(queryable, high, ())
        return Q(Compared(queryable.expression, ">=", low)) & Q(Compared(queryable.expression, "<=", high))

    def _in(self, args: list) -> Q:
        left, values = _exactly(args, 2)
        if not isinstance(values, list) or not 0 < len(values) <= MOST_VALUES:
            raise ValueError(f"IN takes a list of 1 to {MOST_VALUES} values.")
        queryable, folds = self._property(left)
        own = _folded(queryable.expression, folds)
        each = [Q(Compared(own, "=", self._value(queryable, value, folds))) for value in values]
        return Q(*each, _connector=Q.OR)

    def _is_null(self, args: list) -> Q:
        queryable, _folds = self._property(*_exactly(args, 1), *Kind)
        return Q(IsNull(queryable.expression))

    def _intersects(self, args: list) -> Q:
        left, right = _exactly(args, 2)
        if not self._is_property(left):
            left, right = right, left
        queryable, _folds = self._property(left, Kind.GEOMETRY)
        return Q(Intersects(queryable.expression, literals.geometry(right, self.crs)))

    # ── Properties and values ──────────────────────────────────────────────────────────────────
    @staticmethod
    def _is_property(part: Any) -> bool:
        return isinstance(_unfolded(part)[0], dict) and "property" in _unfolded(part)[0]

    def _property(self, part: Any, *kinds: Kind) -> tuple[Queryable, tuple[str, ...]]:
        """The queryable that is named, and what its text is folded by."""
        named, folds = _unfolded(part)
        if not self._is_property(named):
            raise ValueError(f"Came {_short(part)}, expected the name of a property.")
        found = self.queryables.get(named["property"]) if isinstance(named["property"], str) else None
        if found is None:
            known = ", ".join(self.queryables)
            raise ValueError(f"Unknown property {_short(named)}. Known properties: {known}.")
        if found.kind not in (kinds or (Kind.TEXT, Kind.NUMBER, Kind.INSTANT)) or (
            folds and found.kind != Kind.TEXT
        ):
            raise ValueError(
                f"{found.name} is of the kind “{found.kind}” and cannot be compared in this way."
            )
        return found, folds

    def _value(self, queryable: Queryable, part: Any, folds: tuple[str, ...]) -> Combinable:
        """A literal as its kind has it; what folds the property or the text folds the text."""
        plain, own_folds = _unfolded(part)
        read = {Kind.TEXT: literals.text, Kind.NUMBER: literals.number, Kind.INSTANT: literals.instant}
        try:
            if own_folds and queryable.kind != Kind.TEXT:
                raise ValueError("CASEI and ACCENTI are for texts.")
            value: Value = read[queryable.kind](plain)
        except ValueError as error:
            raise ValueError(f"{queryable.name}: {error} " + f"Came {_short(part)}.") from error
        return _folded(value, own_folds)


def _call(tree: Any) -> tuple[str, list]:
    """Operator and arguments of a part of a tree."""
    if isinstance(tree, dict) and isinstance(tree.get("op"), str) and isinstance(tree.get("args"), list):
        return tree["op"], tree["args"]
    raise ValueError(f"Came {_short(tree)}, expected a condition.")


def _exactly(args: list, number: int) -> list:
    if len(args) != number:
        raise ValueError(f"Came {_short(args)}, expected {number} arguments.")
    return args


def _unfolded(part: Any) -> tuple[Any, tuple[str, ...]]:
    """What stands inside CASEI and ACCENTI, and which of them stand around it, the innermost first."""
    folds: tuple[str, ...] = ()
    while isinstance(part, dict) and part.get("op") in FOLDS:
        args = part.get("args")
        if not isinstance(args, list) or len(args) != 1:
            raise ValueError("CASEI and ACCENTI take one text.")
        folds, part = (part["op"], *folds), args[0]
    return part, tuple(dict.fromkeys(folds))


def _folded(value: Combinable, folds: tuple[str, ...]) -> Combinable:
    for name in folds:
        value = FOLDS[name](value)
    return value


def _short(part: Any) -> str:
    if isinstance(part, dict) and isinstance(part.get("property"), str):
        part = part["property"]
    if isinstance(part, dict) and isinstance(part.get("op"), str):
        return part["op"][:60].upper()
    return repr(part)[:60] if part.__class__ in (str, int, float, bool, list, dict) else "null"
