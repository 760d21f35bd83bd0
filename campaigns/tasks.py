"""Work of the background worker that concerns campaigns."""

from procrastinate.contrib.django import app

from community.letters.sending import RETRY

from .fairness import flags, sealing
from .jury import letters as jury
from .nominating import letters as nominations
from .running import moving


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="move_phases", pass_context=False)
def move_phases(timestamp: int) -> None:
    """Open and close phases of campaigns whose dates have come, and publish results that are due, once a minute."""
    moving.move_phases()
    moving.publish_due()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_likes", pass_context=False)
def seal_likes(timestamp: int) -> None:
    """Seal new lines of the logs of likes, once a minute."""
    sealing.seal_new()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="flag_likes", pass_context=False)
def flag_likes(timestamp: int) -> None:
    """Raise what looks odd among likes, once a minute."""
    flags.raise_all()


@app.task(name=nominations.TASK, retry=RETRY)
def tell_of_nomination(nomination: int, member: int) -> None:
    """Ask one of the people of an initiative, or tell who nominated it what they said."""
    nominations.send_one(nomination, member)


@app.task(name=nominations.CHANGE, retry=RETRY)
def tell_of_changed_nomination(nomination: int, member: int) -> None:
    """Tell one of the people of an initiative that somebody else changed what is said of it."""
    nominations.send_change(nomination, member)


@app.task(name=jury.TASK, retry=RETRY)
def tell_juror(juror: int) -> None:
    """Tell somebody that they are in a jury."""
    jury.send_one(juror)
