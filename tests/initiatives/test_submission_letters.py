"""Whoever hands in an initiative is told what becomes of it."""

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from initiatives import actions
from initiatives.models import Initiative, Submission
from initiatives.submitting import letters

from .handing_in import confirm, fields, send

pytestmark = pytest.mark.django_db


def waiting() -> int:
    """Tasks of the worker that will tell someone."""
    return ProcrastinateJob.objects.filter(task_name=letters.TASK, status="todo").count()


def test_every_step_is_told_and_many_within_an_hour_at_once(client, handed_in):
    confirm(client, handed_in)
    assert waiting() == 1
    assert letters.tell(handed_in.pk) == 1
    initiative = Initiative.objects.get()
    actions.ask_changes(initiative, by=None, reason="Which day?")
    actions.reject(initiative, by=None, reason="No answer.")
    assert letters.tell(handed_in.pk) == 2
    told = mail.outbox[-1]
    assert "Which day?" in told.body
    assert "No answer." in told.body
    assert letters.tell(handed_in.pk) == 0
    assert len(mail.outbox) == 3


def test_the_next_letter_waits_for_the_hour(client, handed_in):
    confirm(client, handed_in)
    letters.tell(handed_in.pk)
    # The worker has done the first.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [letters.TASK])
    initiative = Initiative.objects.get()
    actions.ask_changes(initiative, by=None, reason="Which day?")
    actions.reject(initiative, by=None, reason="No answer.")
    (job,) = ProcrastinateJob.objects.filter(task_name=letters.TASK)
    told_at = Submission.objects.get().told_at
    assert job.scheduled_at == told_at + letters.FLOOD
    assert job.args == {"submission": handed_in.pk}


def test_letters_are_in_the_language_of_the_form(client, rhone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("submit").replace("/fr/", "/de/"), fields())
    submission = Submission.objects.get()
    assert submission.language == "de"
    assert "/de/initiatives/status/" in mail.outbox[0].body
    confirm(client, submission)
    actions.publish(Initiative.objects.get(), by=None)
    letters.tell(submission.pk)
    assert "/de/initiatives/" in mail.outbox[-1].body


def test_nobody_is_told_who_has_not_confirmed(handed_in):
    actions.reject(actions.submit(handed_in.initiative, by=None), by=None, reason="Spam.")
    assert waiting() == 0
    assert letters.tell(handed_in.pk) == 0


def test_line_breaks_in_a_name_stay_out_of_the_subject(client, rhone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client)
    Initiative.objects.update(name="A\nBcc: b@demo.example")
    letters.ask_to_confirm(Submission.objects.select_related("initiative").get())
    assert "\n" not in mail.outbox[-1].subject


def test_a_member_is_told_through_whichever_door(cast):
    made = actions.create(by=cast["visitor"], values={"name": "Verger commun"})
    actions.submit(made, by=cast["visitor"])
    assert waiting() == 1
    assert letters.tell(made.submission.pk) == 1
    assert mail.outbox[-1].to == [cast["visitor"].email]
    # Who sends it on for others is not told in their place.
    actions.ask_changes(made, by=None, reason="Where?")
    actions.submit(made, by=cast["moderator"])
    assert Submission.objects.get().email == cast["visitor"].email
