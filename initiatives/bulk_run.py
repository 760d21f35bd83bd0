"""The statements of one import over the staged and compared rows, in their order."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model

from community.models import Member

from . import bulk_changes, placement, workflow
from . import bulk_sql as sql
from .actions import PEOPLE
from .changes_sql import NOTED
from .enums import Status, Verb, Visibility
from .models import Identity, Network
from .slugs import base_slug, lock_slugs, numbered

# Why an import archives; it restores only what it archived for this reason itself.
NO_LONGER_THERE = "No longer in the source."
# Why a new record waits: it may be this one.
PERHAPS = "Perhaps the same as %s (%s)."
# From so many new rows on, and such a share of those that are there, the statistics of the tables are renewed at once.
MANY, SHARE = 500, 0.25
FILLED = ("initiatives_initiative", "initiatives_identity", "initiatives_initiativetheme")
# What GIN indexes may put off until it is sorted in at once: the words of about a hundred thousand rows. Whoever
# searches meanwhile reads through it.
PUT_OFF = "64MB"
SORT_IN = """
SELECT gin_clean_pending_list(c.oid)
FROM pg_class c JOIN pg_am a ON a.oid = c.relam JOIN pg_index i ON i.indexrelid = c.oid
WHERE a.amname = 'gin' AND i.indrelid = 'initiatives_initiative'::regclass
"""


@dataclass(frozen=True)
class Outcome:
    """What an import did: ids touched, and (row, name, status) of records whose initiative was left alone."""

    added: list[int]
    changed: list[int]
    archived: list[int]
    left_alone: list[tuple[int, str, str]]


def _versions_of(model: type[Model]) -> str:
    """The trigger that keeps former versions of changed rows, by its name."""
    (trigger,) = (one for one in model._meta.triggers if one.name == "update_update")
    return trigger.get_pgid(model)


def open_statuses() -> list[str]:
    """Of initiatives that a source may change."""
    return [str(status) for status in Status if Verb.IMPORT in workflow.allowed_verbs(status)]


class Run:
    """The statements of one import, with what they share."""

    def __init__(self, network: Network | None, by: Member | None, reason: str, now: datetime) -> None:
        self.open = open_statuses()
        self.shared: dict[str, Any] = {
            "network": network and network.pk,
            "by": by and by.pk,
            "now": now,
            "reason": reason,
            "everyone": Visibility.EVERYONE,
            "open": self.open,
        }

    def rows(self, statement: str, **more: Any) -> list[tuple]:
        """Run a statement and fetch what it returns, if it returns rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement, {**self.shared, **more})
            return cursor.fetchall() if cursor.description else []

    def apply(self, *, keep_missing: bool, review: bool) -> Outcome:
        """What is new, joined, back, changed and gone, in this order; then the territories of what changed."""
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL gin_pending_list_limit = '{PUT_OFF}'")
        lock_slugs()
        added = self.add(review=review)
        self.join()
        self.bring_back()
        left_alone = self.rows(sql.LEFT_ALONE)
        changed = bulk_changes.change(self.rows, self.record, self.open)
        archived = [] if keep_missing else self.let_go()
        placement.place(initiatives=changed)
        if len(added) + len(changed) >= MANY:
            self.rows(SORT_IN)
        return Outcome(added, changed, archived, sorted(left_alone))

    def add(self, *, review: bool) -> list[int]:
        """Insert what is new in its territories, published or waiting as the workflow says."""
        status = workflow.target(None, Verb.IMPORT)
        waiting = workflow.target(Status.DRAFT, Verb.SUBMIT)
        states = {"review": review, "status": status, "waiting": waiting}
        new = self.rows(sql.NEW)
        if not new:
            return []
        ids = [pk for pk, _name in new]
        with ThreadPoolExecutor(1) as thread:
            # Python makes them while the database locates.
            bases = thread.submit(lambda: [base_slug(name) for _pk, name in new])
            self.locate()
        slugs = numbered(bases.result())
        self.rows(
            sql.ADD.replace("{smallest}", placement.SMALLEST),
            ids=ids,
            slugs=slugs,
            **states,
            **placement.PARAMETERS,
        )
        self.rows(f"SET LOCAL {NOTED} = 'on'")
        for statement in sql.ADD_PARTS:
            self.rows(statement, **states, verb=Verb.IMPORT, submit=Verb.SUBMIT, perhaps=PERHAPS)
        placement.link_staged()
        self.rows(f"SET LOCAL {NOTED} = 'off'")
        # The planner must not take the tables for as small as they were a moment ago; soon all of it is looked at.
        self.rows(placement.FEW_PAGES)
        for table in FILLED:
            if self.is_large(table, len(ids)):
                self.rows(f"ANALYZE {table}")
        self.rows(placement.AS_USUAL)
        return ids

    def join(self) -> None:
        """Give records to the initiatives that they are of."""
        if not self.rows("SELECT 1 FROM staged_record WHERE state = 'joined' LIMIT 1"):
            return
        # Whose they were for a moment is no version of them.
        self.rows(f"SET LOCAL pgtrigger.ignore = '{{{_versions_of(Identity)}}}'")
        self.rows(sql.SETTLE)
        self.rows("SET LOCAL pgtrigger.ignore = '{}'")
        for statement in sql.JOIN:
            self.rows(statement)

    def locate(self) -> None:
        """Find the territories of what is new."""
        self.rows("DROP TABLE IF EXISTS pg_temp.staged_point")
        self.rows(sql.POINTS)
        for statement in (placement.FEW_PAGES, "ANALYZE staged_point", placement.AS_USUAL):
            self.rows(statement)
        placement.locate_staged("staged_point")

    def is_large(self, table: str, number: int) -> bool:
        """Whether so many new rows are many beside those that statistics know of."""
        known = self.rows("SELECT reltuples FROM pg_class WHERE oid = %(table)s::regclass", table=table)
        return number >= MANY and number > SHARE * known[0][0]

    def bring_back(self) -> None:
        """Restore what an import archived because it was gone, and which is back."""
        back = self.rows(sql.RETURNED, archive=Verb.ARCHIVE, gone=NO_LONGER_THERE)
        self.step(back, Verb.RESTORE, "Back in the source.")

    def let_go(self) -> list[int]:
        """Mark records that are no longer in the source; archive where the time of grace is over."""
        self.rows(sql.GO)
        return self.archive_gone()

    def archive_gone(self) -> list[int]:
        """Archive what no source has had for the days of grace, nobody edited, and nobody vouched for since."""
        before = self.shared["now"] - timedelta(days=settings.IMPORT_GRACE_DAYS)
        from_status = [str(status) for status in Status if Verb.ARCHIVE in workflow.allowed_verbs(status)]
        going = self.rows(sql.ENDED, before=before, people=PEOPLE, archivable=from_status, verb=Verb.IMPORT)
        self.step(going, Verb.ARCHIVE, NO_LONGER_THERE)
        return [pk for pk, _status in going]

    def step(self, rows: Sequence[tuple[int, str]], verb: Verb, reason: str) -> None:
        """Take (id, status) rows along the workflow and record it."""
        for status in sorted({status for _pk, status in rows}):
            ids = [pk for pk, before in rows if before == status]
            after = workflow.target(Status(status), verb)
            self.rows(sql.STEP, ids=ids, to=after)
            self.rows(sql.RECORD, ids=ids, to=after, verb=verb, reason=reason, **{"from": status})

    def record(self, rows: Sequence[tuple[int, str]]) -> None:
        """Record that rows (id, status) were changed by an import."""
        for status in sorted({status for _pk, status in rows}):
            ids = [pk for pk, before in rows if before == status]
            after = workflow.target(Status(status), Verb.IMPORT)
            self.rows(sql.RECORD, ids=ids, to=after, verb=Verb.IMPORT, **{"from": status})
