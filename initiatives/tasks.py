"""Work of the background worker that concerns initiatives."""

from procrastinate.contrib.django import app

from .proposals import letters as proposals
from .reports import actions as reporting
from .reports import letters as reports
from .submitting import actions, letters
from .upkeep import asking, looking


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


@app.task(name=reports.TASK, retry=5)
def tell_reporter(report: int) -> None:
    """Tell who reported an initiative what came of it."""
    reports.tell(report)


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_reporters", pass_context=False)
def forget_reporters(timestamp: int) -> None:
    """Delete the addresses of those who were answered long ago, once a night."""
    reporting.forget_addresses()


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="look_at_websites", pass_context=False)
def look_at_websites(timestamp: int) -> None:
    """Look whether websites answer, some each night."""
    looking.look()


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="ask_still_right", pass_context=False)
def ask_still_right(timestamp: int) -> None:
    """Have people asked whether what is published is still right, some each night."""
    asking.ask()


@app.task(name=asking.TASK, retry=5)
def send_upkeep(requests: list[int]) -> None:
    """Ask one person whether their initiatives are still right."""
    asking.send(requests)
