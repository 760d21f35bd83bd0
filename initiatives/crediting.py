"""Steps with an initiative that the ledger counts; called by the step, in its transaction."""

from community.ledger.actions import record
from community.ledger.kinds import Kind
from community.models import Member

from .enums import Status, Verb
from .models import Initiative, StatusChange

ROOM = "initiatives"
DECISIONS = (Verb.PUBLISH, Verb.ASK_CHANGES, Verb.REJECT)


def credit(change: StatusChange) -> None:
    """Count a step: for who handed it in, who decided, or who says that it is still right."""
    initiative, verb = change.initiative, change.verb
    if verb == Verb.CONFIRM:
        # Once a year, however often the button is pressed.
        credit_member(Kind.CONFIRMED, change.by, initiative, f"{initiative.uuid}:{change.at.year}")
    if verb not in DECISIONS:
        return
    submitter = _submitter(initiative)
    if verb == Verb.PUBLISH:
        credit_member(Kind.PUBLISHED, submitter, initiative)
    if change.from_status == Status.PENDING and change.by != submitter:
        credit_member(Kind.REVIEWED, change.by, initiative)


def credit_member(kind: Kind, member: Member | None, initiative: Initiative, key: str = "") -> None:
    """A line for a member, at the collective and the territory of an initiative."""
    record(
        kind,
        by=member,
        room=ROOM,
        key=key or initiative.uuid,
        collective=initiative.collective_id,
        territory=initiative.territory_id,
    )


def _submitter(initiative: Initiative) -> Member | None:
    """Who brought it, if that was a member."""
    steps = StatusChange.objects.filter(initiative=initiative, verb__in=(Verb.CREATE, Verb.SUBMIT))
    first = steps.exclude(by=None).select_related("by").order_by("at", "pk").first()
    return first.by if first else None
