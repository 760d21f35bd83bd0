"""A figure of the table: what ours did, what its reference did, and whether the ratio reaches its target."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Found = TypeVar("Found")
REACHED, MISSED, NOT_JUDGED = "reached", "MISSED", "n/a"
RUNS = 3
# `select 1` per second on the machine that the absolute figures were written down for.
REFERENCE_RATE = 87_968


@dataclass(frozen=True)
class Figure:
    """One line; `verdict` is reached, MISSED or n/a, and `why` says why it is n/a or MISSED without a number."""

    name: str
    ours: str = ""
    reference: str = ""
    ratio: str = ""
    target: str = ""
    verdict: str = NOT_JUDGED
    why: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As the columns of the table."""
        verdict = f"{self.verdict}: {self.why}" if self.why and self.verdict != REACHED else self.verdict
        return (self.name, self.ours, self.reference, self.ratio, self.target, verdict)


def judged(good: bool) -> str:
    """The word for it."""
    return REACHED if good else MISSED


def number(value: float) -> str:
    """Three digits that count, thousands parted."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def at_least(name: str, ours: float, reference: float, target: float, unit: str, against: str) -> Figure:
    """Rates, more is better: ours is to be at least `target` times the reference."""
    ratio = ours / reference
    return Figure(
        name,
        f"{number(ours)} {unit}",
        f"{number(reference)} {unit} ({against})",
        f"{number(ratio)} ×",
        f"≥ {target:g} ×",
        judged(ratio >= target),
    )


def at_most(name: str, ours: float, reference: float, target: float, unit: str, against: str) -> Figure:
    """Times, less is better: ours is to be at most `target` times the reference."""
    ratio = ours / reference
    return Figure(
        name,
        f"{number(ours)} {unit}",
        f"{number(reference)} {unit} ({against})",
        f"{number(ratio)} ×",
        f"≤ {target:g} ×",
        judged(ratio <= target),
    )


def quick_enough(
    name: str, milliseconds: float, most: float, speed: float, *, beside: tuple[str, float] = ("", 1)
) -> Figure:
    """A time scaled to the reference machine; `speed` is this machine's share of it, `beside` a reference time."""
    scaled = milliseconds * speed
    words, reference = beside
    return Figure(
        name,
        f"{number(milliseconds)} ms, scaled {number(scaled)} ms",
        f"{number(reference)} ms ({words})" if words else "",
        f"{number(milliseconds / reference)} ×" if words else "",
        f"< {most:g} ms scaled",
        judged(scaled < most),
    )


def fast_enough(name: str, rate: float, least: float, speed: float, unit: str) -> Figure:
    """A rate scaled to the reference machine."""
    scaled = rate / speed
    return Figure(
        name,
        f"{number(rate)} {unit}, scaled {number(scaled)}",
        target=f"≥ {least:,.0f} {unit} scaled",
        verdict=judged(scaled >= least),
    )


def in_turn(measures: dict[str, Callable[[], Found]], *, runs: int = RUNS) -> dict[str, list[Found]]:
    """What each found in runs A B A B A B; each measure warms itself up before it counts."""
    found: dict[str, list[Found]] = {name: [] for name in measures}
    for _run in range(runs):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def interleaved(measures: dict[str, Callable[[], float]], *, runs: int = RUNS) -> dict[str, float]:
    """The median of each over such runs."""
    return {name: median(values) for name, values in in_turn(measures, runs=runs).items()}
