"""Work that the background worker does by the clock."""

from allauth.usersessions.models import UserSession
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from initiatives.searching import lexicon


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear_sessions", pass_context=False)
def clear_sessions(timestamp: int) -> None:
    """Delete expired sessions, and from where they came, once a night."""
    call_command("clearsessions")
    # As a join: a list of all sessions, once it no longer fits into memory, is read again for each row.
    going_on = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(going_on)).delete()


@app.periodic(cron="33 3 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=False)
def forget_jobs(timestamp: int) -> None:
    """Delete what the worker has done, once a night; what failed can be looked at for longer."""
    delete = async_to_sync(app.job_manager.delete_old_jobs)
    delete(nb_hours=7 * 24)
    delete(nb_hours=90 * 24, include_failed=True, include_cancelled=True, include_aborted=True)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="refresh_lexicon", pass_context=False)
def refresh_lexicon(timestamp: int) -> None:
    """Count the words of published initiatives anew, if any initiative was written since the last time."""
    lexicon.rebuild_if_changed()
