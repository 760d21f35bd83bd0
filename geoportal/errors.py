"""Pages for what went wrong, and problems where a program asked."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.views import defaults

from .problems import is_machine, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that Django refuses before any view: a foreign host, too many parameters."""
    if is_machine(request):
        return problem(400, "The request cannot be read: its host, size or form is not as expected.")
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address, or nothing public."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """An error on our side; the page asks nothing of a session or the database."""
    if is_machine(request):
        return problem(500, "An error on our side; it is in the log.")
    return HttpResponseServerError(loader.render_to_string("500.html"))
