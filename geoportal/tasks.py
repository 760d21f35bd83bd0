"""Work that the background worker does by the clock."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from procrastinate.contrib.django import app

from initiatives.searching import lexicon


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear_sessions", pass_context=False)
def clear_sessions(timestamp: int) -> None:
    """Delete expired sessions, and from where they came, once a night."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="refresh_lexicon", pass_context=False)
def refresh_lexicon(timestamp: int) -> None:
    """Count the words of published initiatives anew, if any initiative was written since the last time."""
    lexicon.rebuild_if_changed()
