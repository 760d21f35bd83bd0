"""Work of the background worker that concerns people."""

from procrastinate.contrib.django import app

from .collectives import actions, letters


@app.task(name=letters.TASK, retry=5)
def tell_of_collective(kind: str, pk: int, to: int | None = None) -> None:
    """Send one mail about a collective."""
    letters.tell(kind, pk, to)


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_invitations", pass_context=False)
def forget_invitations(timestamp: int) -> None:
    """Delete invitations and proofs whose time is over, and their addresses, once a night."""
    actions.forget_expired()
