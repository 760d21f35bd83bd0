"""Whether the process answers (/healthz), and whether it can do its work (/readyz)."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

# A worker says that it lives every 10 s.
SILENT_FOR = timedelta(seconds=60)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT postgis_lib_version()")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} waiting" if waiting else "ok"


def _worker() -> str:
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - SILENT_FOR).exists()
    return "ok" if alive else "no sign of life for a minute"


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and worker; 503 when one of them is not ready."""
    answer = {}
    for name, check in (("database", _database), ("migrations", _migrations), ("worker", _worker)):
        try:
            answer[name] = check()
        except DatabaseError as error:
            answer[name] = type(error).__name__
    ready = all(state == "ok" for state in answer.values())
    return JsonResponse(answer, status=200 if ready else 503)
