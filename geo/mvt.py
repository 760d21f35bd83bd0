"""Points of a tile as a Mapbox vector tile 2.1: https://github.com/mapbox/vector-tile-spec/tree/master/2.1.

Written by hand because every tile passes here: a general library needs milliseconds for what takes microseconds, and
`ST_AsMVT` a question to the database.
"""

from collections.abc import Iterable, Mapping
from math import asinh, pi, radians, tan

EXTENT = 4096
# Field numbers of the specification, as protocol buffers write them: number << 3 | kind of value.
NAME, FEATURE, KEY, VALUE, SIZE, VERSION = 0x0A, 0x12, 0x1A, 0x22, 0x28, 0x78
LAYER = 0x1A
TAGS, KIND, GEOMETRY = 0x12, 0x18, 0x22
TEXT, WHOLE, TRUTH = 0x0A, 0x28, 0x38
POINT = bytes([KIND, 1])
# "Move to", once.
MOVE_TO = 9

Properties = Mapping[str, str | int | bool]


def _varint(number: int) -> bytes:
    """A whole number, 0 or more, seven bits a byte, the lowest first."""
    if number < 128:
        return bytes((number,))
    parts = bytearray()
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)


def _field(tag: int, content: bytes) -> bytes:
    """A field that tells its length."""
    return bytes((tag,)) + _varint(len(content)) + content


def _value(value: str | int | bool) -> bytes:
    if isinstance(value, bool):
        return bytes((TRUTH, value))
    if isinstance(value, int):
        return bytes((WHOLE,)) + _varint(value)
    return _field(TEXT, value.encode())


def within(z: int, x: int, y: int, lon: float, lat: float) -> tuple[int, int]:
    """Where a point, EPSG:4326, lies in a tile, counted from its upper left corner in 4096ths."""
    side = 1 << z
    across = (lon + 180) / 360 * side - x
    down = (1 - asinh(tan(radians(lat))) / pi) / 2 * side - y
    return round(across * EXTENT), round(down * EXTENT)


def layer(name: str, points: Iterable[tuple[int, int, Properties]]) -> bytes:
    """A layer of points (across, down, properties); empty bytes without any. Numbers are whole, 0 or more."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, str | int | bool], int] = {}
    features = []
    for across, down, properties in points:
        tags = b"".join(
            _varint(keys.setdefault(key, len(keys)))
            # True is not 1 here.
            + _varint(values.setdefault((type(value), value), len(values)))
            for key, value in properties.items()
        )
        place = bytes((MOVE_TO,)) + _varint(_zigzag(across)) + _varint(_zigzag(down))
        features.append(_field(FEATURE, _field(TAGS, tags) + POINT + _field(GEOMETRY, place)))
    if not features:
        return b""
    content = [
        bytes((VERSION, 2)),
        _field(NAME, name.encode()),
        *features,
        *(_field(KEY, key.encode()) for key in keys),
        *(_field(VALUE, _value(value)) for _type, value in values),
        bytes((SIZE,)) + _varint(EXTENT),
    ]
    return _field(LAYER, b"".join(content))


def _zigzag(number: int) -> int:
    """Signed as unsigned: 0, -1, 1, -2 … become 0, 1, 2, 3 …"""
    return number << 1 if number >= 0 else (-number << 1) - 1
