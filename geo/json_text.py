"""JSON that PostgreSQL writes: objects as joined text, quicker than by its own functions for objects."""

import json
from collections.abc import Mapping, Sequence

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import F, Func, JSONField, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

# PostgreSQL gives a function at most a hundred arguments.
MOST = 90


class OrderedJSON(JSONField):
    """PostgreSQL's json, which keeps the order of keys; the driver decodes it already."""

    def from_db_value(self, value, expression, connection):
        """The value as it came, unless it is text."""
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value


class JSONText(Cast):
    """Text that is JSON already, taken as it is."""

    def __init__(self, text: Combinable) -> None:
        super().__init__(text, OrderedJSON())
        self.text = text

    def as_sql(self, compiler, connection, **extra):
        """As json, which keeps the text, not jsonb, which would write it anew."""
        return super().as_sql(compiler, connection, template="(%(expressions)s)::json", **extra)

    as_postgresql = as_sql


class Filled(NullIf):
    """A text of a row, null where it is empty."""

    def __init__(self, path: str) -> None:
        self.path = F(path)
        super().__init__(self.path, Value("", TextField()), output_field=TextField())


class _Behind(Func):
    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


class Joined(Func):
    """Texts one after another; none may be null."""

    function = "concat"
    output_field = TextField()

    def __init__(self, *texts: Combinable | str) -> None:
        parts: list[Combinable] = []
        fixed = ""
        for text in texts:
            if isinstance(text, str):
                fixed += text
                continue
            # A fixed text costs concat() as much as one that was worked out; in front of one it costs nothing.
            parts.append(_Behind(Value(fixed, TextField()), text) if fixed else text)
            fixed = ""
        if fixed or not parts:
            parts.append(Value(fixed, TextField()))
        super().__init__(*_few(parts))


def _few(parts: Sequence[Combinable]) -> Sequence[Combinable]:
    while len(parts) > MOST:
        parts = [Joined(*parts[start : start + MOST]) for start in range(0, len(parts), MOST)]
    return parts


class _ToJSON(Func):
    template = "to_json(%(expressions)s)::text"
    output_field = TextField()


class Instant(Func):
    """A timestamp as ISO 8601 in UTC, to the second."""

    function = "to_char"
    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    output_field = TextField()


def as_text(value: Combinable) -> Combinable:
    """A value as JSON text, `null` for null."""
    text = value.text if isinstance(value, JSONText) else _ToJSON(value)
    return text if isinstance(text, Joined) else Coalesce(text, Value("null", TextField()))


def named(members: Mapping[str, Combinable]) -> list[Combinable | str]:
    """The parts of an object between its braces, in the order of its keys, to be joined."""
    parts = []
    for name, value in members.items():
        parts += [f"{',' if parts else ''}{json.dumps(name)}:", as_text(value)]
    return parts


class JSONObject(JSONText):
    """A JSON object in the order of its keys."""

    def __init__(self, members: Mapping[str, Combinable]) -> None:
        super().__init__(Joined("{", *named(members), "}"))
        self.members = members


def geojson(path: str) -> JSONText:
    """Geometry as GeoJSON, 7 decimals; null where there is none."""
    return JSONText(AsGeoJSON(path, precision=7))
