"""The workflow as a table of (status, verb) → status, and two pure functions on it."""

from .enums import Status, Verb

TRANSITIONS: dict[tuple[Status | None, Verb], Status] = {
    (None, Verb.CREATE): Status.DRAFT,
    (None, Verb.IMPORT): Status.PUBLISHED,
    (Status.DRAFT, Verb.SUBMIT): Status.PENDING,
    (Status.CHANGES_ASKED, Verb.SUBMIT): Status.PENDING,
    (Status.DRAFT, Verb.PUBLISH): Status.PUBLISHED,
    (Status.PENDING, Verb.PUBLISH): Status.PUBLISHED,
    (Status.PENDING, Verb.ASK_CHANGES): Status.CHANGES_ASKED,
    (Status.PENDING, Verb.REJECT): Status.REJECTED,
    (Status.CHANGES_ASKED, Verb.REJECT): Status.REJECTED,
    (Status.REJECTED, Verb.RESTORE): Status.PENDING,
    (Status.PUBLISHED, Verb.ARCHIVE): Status.ARCHIVED,
    (Status.ARCHIVED, Verb.RESTORE): Status.PUBLISHED,
    (Status.PUBLISHED, Verb.CLOSE): Status.CLOSED,
    (Status.ARCHIVED, Verb.CLOSE): Status.CLOSED,
    (Status.CLOSED, Verb.RESTORE): Status.PUBLISHED,
    (Status.PUBLISHED, Verb.CONFIRM): Status.PUBLISHED,
    (Status.PUBLISHED, Verb.IMPORT): Status.PUBLISHED,
    (Status.PENDING, Verb.IMPORT): Status.PENDING,
    (Status.PENDING, Verb.MERGE): Status.ARCHIVED,
    (Status.CHANGES_ASKED, Verb.MERGE): Status.ARCHIVED,
    (Status.PUBLISHED, Verb.MERGE): Status.ARCHIVED,
    **{(status, Verb.REVISE): status for status in Status},
}
# A verb that takes back another gives the status that the other ended, which its record remembers.
TAKES_BACK = {Verb.SPLIT: Verb.MERGE}


class TransitionRefusedError(Exception):
    """The workflow has no such step."""

    def __init__(self, status: Status | None, verb: Verb) -> None:
        possible = ", ".join(allowed_verbs(status)) or "none"
        super().__init__(f"{verb} is not possible from {status or 'nothing'}; possible: {possible}")
        self.status = status
        self.verb = verb


def target(status: Status | None, verb: Verb) -> Status:
    """The status after a verb; TransitionRefusedError where the table has no such step."""
    try:
        return TRANSITIONS[status, verb]
    except KeyError:
        raise TransitionRefusedError(status, verb) from None


def target_back(status: Status | None, verb: Verb, former: Status) -> Status:
    """The status after a verb that takes back another, which began at `former`; TransitionRefusedError."""
    if TRANSITIONS.get((former, TAKES_BACK[verb])) != status:
        raise TransitionRefusedError(status, verb)
    return former


def allowed_verbs(status: Status | None) -> list[Verb]:
    """Verbs possible from a status, in the order of the table."""
    return [verb for (start, verb) in TRANSITIONS if start == status]
