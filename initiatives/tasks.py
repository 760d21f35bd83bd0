"""Work of the background worker that concerns initiatives."""

from procrastinate.contrib.django import app

from community.letters.sending import RETRY

from . import bulk, changes
from .exchange import actions as exchange
from .exchange import letters as exchange_letters
from .exchange.matching import letters as matches
from .exchange.talking import letters as talking
from .exporting import jobs
from .following import digests as following
from .proposals import letters as proposals
from .reports import letters as reports
from .snapshots import MAKE
from .snapshots import actions as snapshots
from .submitting import letters as submissions
from .telling import desk, digest, posting
from .upkeep import asking, fading, looking
from .viewing import counting
from .vouching import actions as vouching


@app.task(name=submissions.CONFIRM, retry=RETRY)
def ask_to_confirm(submission: int) -> None:
    """Send whoever handed in an initiative the link that confirms their address."""
    submissions.ask_to_confirm(submission)


@app.task(name=proposals.CONFIRM, retry=RETRY)
def ask_for_answers(proposal: int) -> None:
    """Send whoever proposed a change the link that confirms their address."""
    proposals.ask_for_answers(proposal)


@app.task(name=posting.TASK, retry=RETRY)
def tell_person(letterbox: int) -> None:
    """Tell somebody all that happened to what they handed in or proposed."""
    digest.tell(letterbox)


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="tell_what_was_lost", pass_context=False)
def tell_what_was_lost(timestamp: int) -> None:
    """Have people told whose task was lost, once an hour."""
    digest.catch_up()


@app.task(name=reports.TASK, retry=RETRY)
def tell_reporter(report: int) -> None:
    """Tell who reported an initiative what came of it."""
    reports.tell(report)


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


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="fade_unconfirmed", pass_context=False)
def fade_unconfirmed(timestamp: int) -> None:
    """Have the map draw fainter what nobody has confirmed for long, once a night."""
    fading.fade()


@app.task(name=asking.TASK, retry=RETRY)
def send_upkeep(requests: list[int]) -> None:
    """Ask one person whether their initiatives are still right."""
    asking.send(requests)


@app.periodic(cron="7 6 * * *")
@app.task(queueing_lock="tell_reviewers", pass_context=False)
def tell_reviewers(timestamp: int) -> None:
    """Have moderators and stewards told what waits for them, once a day."""
    desk.have_told()


@app.task(name=desk.TASK, retry=RETRY)
def tell_reviewer(member: int) -> None:
    """Tell one of them."""
    desk.tell(member)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="count_views", pass_context=False)
def count_views(timestamp: int) -> None:
    """Add up what was seen of public pages."""
    counting.count()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="publish_validated", pass_context=False)
def publish_validated(timestamp: int) -> None:
    """Publish what enough neighbours vouch for, once an hour."""
    vouching.publish_validated()


@app.task(name=jobs.TASK)
def make_export(export: str) -> None:
    """Write a file that somebody asked for."""
    jobs.make(export)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="forget_exports", pass_context=False)
def forget_exports(timestamp: int) -> None:
    """Delete files whose time is over, and give up those whose worker died."""
    jobs.forget()


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="archive_gone", pass_context=False)
def archive_gone(timestamp: int) -> None:
    """Archive what sources no longer have, once a night."""
    bulk.archive_gone()


@app.periodic(cron="53 3 * * *")
@app.task(queueing_lock="forget_changes", pass_context=False)
def forget_changes(timestamp: int) -> None:
    """Drop notes of changes that later ones make needless, once a night."""
    changes.forget()


@app.periodic(cron="27 1 1 * *")
@app.task(queueing_lock=MAKE, name=MAKE, pass_context=False)
def make_snapshot(timestamp: int | None = None) -> None:
    """Freeze all that is public, once a month or when somebody asks; what is there already stays."""
    snapshots.make_unless_there()


@app.periodic(cron="13 * * * *")
@app.task(queueing_lock="send_news", pass_context=False)
def send_news(timestamp: int) -> None:
    """Have news sent of what members follow, once an hour."""
    following.have_sent()


@app.task(name=following.TASK, retry=RETRY)
def send_news_of(follow: int) -> None:
    """Send a member the news of one thing that they follow."""
    following.tell(follow)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="end_exchanges", pass_context=False)
def end_exchanges(timestamp: int) -> None:
    """End offers and needs whose time is over, and have people told of those that end soon, once an hour."""
    exchange.expire_due()
    exchange.remind_due()


@app.task(name=exchange_letters.TASK, retry=RETRY)
def tell_exchange_ends(exchange: int, member: int) -> None:
    """Tell one of the people of an offer or need that it ends soon."""
    exchange_letters.tell_end(exchange, member)


@app.task(name=talking.MESSAGE, retry=RETRY)
def tell_of_exchange_message(message: int) -> None:
    """Have a message on an offer or need mailed to the other side."""
    talking.fan_out(message)


@app.task(name=talking.SEND_MESSAGE, retry=RETRY)
def send_exchange_message(message: int, member: int) -> None:
    """Mail a message on an offer or need to one of them."""
    talking.send_message(message, member)


@app.task(name=talking.REMOVAL, retry=RETRY)
def tell_of_exchange_removal(report: int) -> None:
    """Have the people of an offer or need told that a moderator removed it."""
    talking.fan_out_removal(report)


@app.task(name=talking.SEND_REMOVAL, retry=RETRY)
def send_exchange_removal(report: int, member: int) -> None:
    """Tell one of them."""
    talking.send_removal(report, member)


@app.periodic(cron="37 5 * * *")
@app.task(queueing_lock="tell_matches", pass_context=False)
def tell_matches(timestamp: int) -> None:
    """Count the words of offers and needs anew, and have their people told what fits, once a day."""
    matches.have_told()


@app.task(name=matches.TASK, retry=RETRY)
def tell_matches_of(member: int) -> None:
    """Tell a member what newly fits their offers and needs."""
    matches.tell(member)
