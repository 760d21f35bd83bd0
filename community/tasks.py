"""Work of the background worker that concerns people."""

from procrastinate.contrib.django import app

from . import retention
from .collectives import letters
from .groups import letters as group_letters
from .letters.sending import RETRY
from .relay import letters as relay
from .spaces import letters as spaces
from .topics import digests
from .topics import letters as topics


@app.task(name=letters.TASK, retry=5)
def tell_of_collective(kind: str, pk: int, to: int | None = None) -> None:
    """Send one mail about a collective."""
    letters.tell(kind, pk, to)


@app.task(name=group_letters.TASK, retry=RETRY)
def tell_of_group(kind: str, pk: int, to: int | None = None, reason: str = "") -> None:
    """Send one mail about a group."""
    group_letters.tell(kind, pk, to, reason)


@app.task(name=spaces.TASK, retry=RETRY)
def invite_to_space(invitation: int) -> None:
    """Invite somebody into a space."""
    spaces.invite(invitation)


@app.task(name=spaces.PLACE, retry=RETRY)
def tell_of_space(space: int, member: int) -> None:
    """Tell a member what they are in a space."""
    spaces.tell(space, member)


@app.task(name=topics.POST, retry=RETRY)
def tell_of_post(post: int, to: list[int] | None = None) -> None:
    """Have a post mailed to everyone who gets it at once."""
    topics.fan_out(post, to)


@app.task(name=topics.SEND_POST, retry=RETRY)
def send_post(post: int, member: int) -> None:
    """Mail a post to one member of the group."""
    topics.send_post(post, member)


@app.task(name=topics.REPORT, retry=RETRY)
def tell_of_post_report(report: int) -> None:
    """Have those told who decide on a report."""
    topics.fan_out_report(report)


@app.task(name=topics.SEND_REPORT, retry=RETRY)
def send_post_report(report: int, member: int) -> None:
    """Tell one of those who decide on a report."""
    topics.send_report(report, member)


@app.periodic(cron="3 * * * *")
@app.task(queueing_lock="send_group_digests", pass_context=False)
def send_group_digests(timestamp: int) -> None:
    """Have the summaries of groups sent that are due, once an hour."""
    digests.have_sent()


@app.task(name=digests.TASK, retry=RETRY)
def send_group_digest(membership: int) -> None:
    """Send a member the summary of a group."""
    digests.tell(membership)


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="forget_what_is_over", pass_context=False)
def forget_what_is_over(timestamp: int) -> None:
    """Delete all whose time is over, once a night."""
    retention.run()


@app.task(name=relay.TASK, retry=RETRY)
def relay_message(message: int) -> None:
    """Send a message from one member to another."""
    relay.tell(message)
