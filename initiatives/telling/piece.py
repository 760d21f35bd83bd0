"""What a letter tells of one initiative."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..models import Proposal, Submission


@dataclass(frozen=True)
class Piece:
    """News of one submission or proposal, up to an instant."""

    row: Submission | Proposal
    upto: datetime
    # In the language that is active then: the subject where it stands alone, and what the template shows.
    worded: Callable[[], tuple[str, dict[str, Any]]]

    @property
    def is_made_up(self) -> bool:
        """Whether it is about the demo."""
        return self.row.initiative.is_demo
