"""What the page of a run says of its pictures."""

from typing import Any

from django.db.models import Count

from ..models import ImportRun
from .enums import State


def told(run: ImportRun) -> list[tuple[str, Any, int]]:
    """(state, words, number) of each state, nothing where the run brings no pictures."""
    numbers = dict(run.pictures.order_by().values_list("state").annotate(number=Count("pk")))
    return [(state.value, state.label, numbers.get(state, 0)) for state in State] if numbers else []
