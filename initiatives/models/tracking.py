"""What triggers at statement level do: history keeps the former row, and the version of the map moves."""

from collections.abc import Callable

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from geo.freshness import notes_rows


class HistoryContext(Func):
    """The context of the history that is open now, NULL outside of one."""

    template = "(NULLIF(current_setting('pghistory.context_id', true), '')::uuid)"
    output_field = models.UUIDField()


def added_in() -> models.UUIDField:
    """A column that tells in which context a row was added: an insert leaves no event behind."""
    return models.UUIDField(
        _("context of the history"), null=True, editable=False, db_default=HistoryContext()
    )


def tracked(*exclude: str) -> Callable[[type], type]:
    """Keep every former version of a model's rows; `exclude` names columns that the database computes."""
    return pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        pghistory.DeleteEvent(row=pghistory.Old, level=pgtrigger.Statement),
        exclude=list(exclude) or None,
        obj_field=pghistory.ObjForeignKey(related_name="versions", related_query_name="versions"),
    )


def notes_initiatives() -> list[pgtrigger.Trigger]:
    """Triggers of a table that belongs to initiatives: what is published is noted as changed."""
    return notes_rows(
        "SELECT initiative_id AS id FROM {rows} AS belonging "
        "JOIN initiatives_initiative ON initiatives_initiative.id = initiative_id WHERE status = 'published'"
    )
