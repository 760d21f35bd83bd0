"""The members of a group or space, for whoever may know of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .people import MEMBERS_A_PAGE, People


def members_page(
    request: HttpRequest, people: People, holder: Any, *, template: str, sees_all: bool
) -> HttpResponse:
    """All of them by right, else those who show their name to everyone, and how many do not."""
    rows = people.memberships(holder)
    number = rows.count()
    page = Paginator(rows if sees_all else rows.named(), MEMBERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        people.kind: holder,
        "holder": holder,
        "runs": people.runs,
        "page": page,
        "number": number,
        "unnamed": number - page.paginator.count,
        "sees_all": sees_all,
    }
    return render(request, template, context)
