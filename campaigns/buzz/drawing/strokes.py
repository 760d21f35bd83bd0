"""The icons of the ten themes as lines through points, in their own square of 24 by 24."""

import math
import re
from collections.abc import Iterator
from functools import cache

from defusedxml import ElementTree
from django.conf import settings

SIZE = 24
SVG = "{http://www.w3.org/2000/svg}"
WORD = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
# How many numbers each command takes.
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
# Points of a curve, and of a full turn.
FINE, TURN = 14, 48
Point = tuple[float, float]
Line = list[Point]


@cache
def icon(name: str) -> tuple[Line, ...]:
    """Lines of an icon; those that close end where they begin. LookupError for one that is none."""
    sheet = ElementTree.parse(settings.BASE_DIR / "static/img/icons.svg").getroot()
    found = next((symbol for symbol in sheet.iter(f"{SVG}symbol") if symbol.get("id") == name), None)
    if found is None:
        raise LookupError(f"There is no icon {name}.")
    return tuple(line for shape in found for line in _lines(shape))


def _lines(shape) -> list[Line]:
    kind = shape.tag.removeprefix(SVG)
    if kind == "path":
        return _path(shape.get("d"))
    number = {name: float(text) for name, text in shape.items() if re.fullmatch(r"[\d.]+", text)}
    if kind == "circle":
        around = [_on(number["cx"], number["cy"], number["r"], 2 * math.pi * n / TURN) for n in range(TURN)]
        return [[*around, around[0]]]
    x, y, wide, high = (number[name] for name in ("x", "y", "width", "height"))
    return [_rounded(x, y, x + wide, y + high, number.get("rx", 0))]


def _on(x: float, y: float, radius: float, angle: float) -> Point:
    return (x + radius * math.cos(angle), y + radius * math.sin(angle))


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Line:
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    found = [
        _on(x, y, radius, math.radians(begin + 90 * part / 6)) for x, y, begin in corners for part in range(7)
    ]
    return [*found, found[0]]


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    words, command = WORD.findall(text), ""
    while words:
        if words[0].isalpha():
            command = words.pop(0)
        number = TAKES[command.upper()]
        yield command, [float(words.pop(0)) for _place in range(number)]
        # What follows a move without a word of its own is a line.
        command = {"M": "L", "m": "l"}.get(command, command)


def _path(text: str) -> list[Line]:
    lines: list[Line] = []
    here: Point = (0.0, 0.0)
    for command, numbers in _commands(text):
        kind, (x, y) = command.upper(), here if command.islower() else (0.0, 0.0)
        if kind == "Z":
            lines[-1].append(lines[-1][0])
            here = lines[-1][0]
            continue
        if kind == "H":
            points = [(x + numbers[0], here[1])]
        elif kind == "V":
            points = [(here[0], y + numbers[0])]
        elif kind == "C":
            pairs = [(x + numbers[n], y + numbers[n + 1]) for n in (0, 2, 4)]
            points = _curve(here, *pairs)
        elif kind == "A":
            points = _arc(here, numbers, (x + numbers[5], y + numbers[6]))
        else:
            points = [(x + numbers[0], y + numbers[1])]
        if kind == "M":
            lines.append([])
        lines[-1] += points
        here = points[-1]
    return lines


def _curve(begin: Point, first: Point, second: Point, end: Point) -> Line:
    found = []
    for number in range(1, FINE + 1):
        t = number / FINE
        share = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        parts = list(zip(share, (begin, first, second, end), strict=True))
        found.append((sum(s * p[0] for s, p in parts), sum(s * p[1] for s, p in parts)))
    return found


def _arc(begin: Point, numbers: list[float], end: Point) -> Line:
    """Along a circle: the icons have no ellipse."""
    radius, is_large, is_clockwise = numbers[0], bool(numbers[3]), bool(numbers[4])
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    chord = math.hypot(dx, dy)
    # A circle that is too small for its ends grows.
    radius = max(radius, chord / 2)
    away = math.sqrt(max(radius**2 - chord**2 / 4, 0.0)) * (1 if is_large != is_clockwise else -1)
    x, y = (begin[0] + end[0]) / 2 - away * dy / chord, (begin[1] + end[1]) / 2 + away * dx / chord
    angle = math.atan2(begin[1] - y, begin[0] - x)
    turn = (math.atan2(end[1] - y, end[0] - x) - angle) % (2 * math.pi)
    turn = turn if is_clockwise else turn - 2 * math.pi
    steps = max(2, round(abs(turn) / (2 * math.pi) * TURN))
    return [*(_on(x, y, radius, angle + turn * n / steps) for n in range(1, steps)), end]
