"""Initiatives that nobody has looked at for long, and the questions about them."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from initiatives.models import Initiative, StatusChange, Submission, UpkeepRequest
from initiatives.upkeep import asking

LONG_AGO = timedelta(days=400)


def aged(initiative: Initiative, by: timedelta = LONG_AGO) -> Initiative:
    """As if all that has happened to it had happened so much earlier."""
    then = timezone.now() - by
    Initiative.objects.filter(pk=initiative.pk).update(created_at=then, updated_at=then)
    Initiative.objects.filter(pk=initiative.pk).exclude(confirmed_at=None).update(confirmed_at=then)
    StatusChange.objects.filter(initiative=initiative).update(at=then)
    initiative.refresh_from_db()
    return initiative


def handed_in_by(initiative: Initiative, email: str = "ana@demo.example", **values) -> Submission:
    """A submission with a confirmed address."""
    values = {"language": "en", "confirmed_at": timezone.now() - LONG_AGO, **values}
    return Submission.objects.create(initiative=initiative, email=email, **values)


def asked_about(initiative: Initiative, **values) -> UpkeepRequest:
    """A question that was sent; to the submission unless told otherwise."""
    if "member" not in values:
        values["submission"] = initiative.submission
    return UpkeepRequest.objects.create(initiative=initiative, sent_at=timezone.now(), **values)


def sent() -> int:
    """Send all that waits, as the worker would: one mail for each task."""
    jobs = ProcrastinateJob.objects.filter(task_name=asking.TASK, status="todo").order_by("pk")
    return sum(bool(asking.send(job.args["requests"])) for job in jobs)
