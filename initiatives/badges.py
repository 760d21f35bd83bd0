"""Badges that higher rooms give initiatives on cards, in lists and on pages, registered when their app is ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Badge:
    """Its words, where it leads, its icon; the strong ones stand out."""

    words: str
    address: str
    icon: str
    is_strong: bool = False


@dataclass(frozen=True)
class _Source:
    value: Callable[[], Combinable]
    made: Callable[[Any], Iterable[Badge]]


_sources: dict[str, _Source] = {}


def register(room: str, value: Callable[[], Combinable], made: Callable[[Any], Iterable[Badge]]) -> None:
    """Have `value` read with each initiative, in the same statement, and badges made of what it gave."""
    _sources[f"badges_of_{room}"] = _Source(value, made)


def with_badges(initiatives: QuerySet) -> QuerySet:
    """Initiatives with what their badges are made of."""
    return initiatives.annotate(**{name: source.value() for name, source in _sources.items()})


def of(initiative) -> list[Badge]:
    """Those of an initiative that was read with them."""
    return [
        badge for name, source in _sources.items() for badge in source.made(getattr(initiative, name, None))
    ]
