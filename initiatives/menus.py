"""Menus among the filters that higher rooms add to the parameters they registered, when their app is ready."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

# Values and words of what can be chosen, by keys of what is chosen already.
Rows = Callable[[Collection[int]], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Menu:
    """A select: its parameter and label, the words of no choice, and how a choice is called outside of it (`text`)."""

    name: str
    label: str | Promise
    every: str | Promise
    called: str | Promise
    rows: Rows


_menus: dict[str, Menu] = {}


def register(menu: Menu) -> None:
    """Add a menu behind the others; it is shown where something can be chosen."""
    _menus[menu.name] = menu


def all_menus() -> Iterable[Menu]:
    """All of them, in the order of their rooms."""
    return _menus.values()


def called(name: str, text: str) -> str:
    """How a choice of a parameter is called where no label stands beside it."""
    menu = _menus.get(name)
    return str(menu.called) % {"text": text} if menu else text
