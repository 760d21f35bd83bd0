"""What the whole stack costs around a query that costs nothing."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from initiatives.exchange.matching import showing
from initiatives.models import Exchange


def one(request: HttpRequest) -> HttpResponse:
    """`select 1` as JSON."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return JsonResponse({"one": cursor.fetchone()[0]})


def matches(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page of an offer or need shows its people of what fits."""
    exchange = Exchange.objects.get(pk=pk)
    context = {"exchange": exchange, "matches": showing.best_of(exchange, request.user)}
    return render(request, "initiatives/exchange/_matches.html", context)


@require_POST
def row(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in writes one row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_row (member_id, at) VALUES (%s, now()) RETURNING id", [request.user.pk]
        )
        return JsonResponse({"row": cursor.fetchone()[0]})
