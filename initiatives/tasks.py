"""Work of the background worker that concerns initiatives."""

from procrastinate.contrib.django import app

from .proposals import letters as proposals
from .submitting import actions, letters


@app.task(name=letters.TASK, retry=5)
def tell_submitter(submission: int) -> None:
    """Tell who handed in an initiative what happened to it."""
    letters.tell(submission)


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="forget_unconfirmed", pass_context=False)
def forget_unconfirmed(timestamp: int) -> None:
    """Delete what was handed in with an address that nobody confirmed, once a night."""
    actions.forget_unconfirmed()


@app.task(name=proposals.TASK, retry=5)
def tell_proposer(proposal: int) -> None:
    """Tell who proposed a change what was decided."""
    proposals.tell(proposal)
