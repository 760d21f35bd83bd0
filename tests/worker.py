"""The background worker, in the time of the test."""

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def waiting(name: str):
    """Tasks of that name that wait."""
    return ProcrastinateJob.objects.filter(task_name=name, status="todo").order_by("pk")


def work(*names: str) -> list[str]:
    """Do what is due by now, the oldest first; the names of the tasks. Some alone, if they are named."""
    done = []
    while job := _next(names):
        _mark(job, "doing")
        app.tasks[job.task_name](**job.args)
        _mark(job, "succeeded")
        done.append(job.task_name)
    return done


def _next(names: tuple[str, ...]):
    due = ProcrastinateJob.objects.filter(status="todo")
    if names:
        due = due.filter(task_name__in=names)
    return due.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())).order_by("pk").first()


def _mark(job, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job.pk])
