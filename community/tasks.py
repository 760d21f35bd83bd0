"""Work of the background worker that concerns people."""

from procrastinate.contrib.django import app

from .collectives import actions, letters
from .groups import actions as groups
from .groups import letters as group_letters
from .letters.sending import RETRY


@app.task(name=letters.TASK, retry=5)
def tell_of_collective(kind: str, pk: int, to: int | None = None) -> None:
    """Send one mail about a collective."""
    letters.tell(kind, pk, to)


@app.task(name=group_letters.TASK, retry=RETRY)
def tell_of_group(kind: str, pk: int, to: int | None = None, reason: str = "") -> None:
    """Send one mail about a group."""
    group_letters.tell(kind, pk, to, reason)


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_invitations", pass_context=False)
def forget_invitations(timestamp: int) -> None:
    """Delete invitations and proofs whose time is over, and their addresses, once a night."""
    actions.forget_expired()
    groups.forget_expired()
