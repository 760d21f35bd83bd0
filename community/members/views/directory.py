"""The directory of members."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import directory, rules
from ..models import Member

PAGE_SIZE = 30


# What somebody took back must not come out of a cache.
@never_cache
@login_not_required
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Who is listed and shows their name to the reader, with what else the reader may see."""
    levels = rules.reader_levels(request.user)
    form = directory.DirectoryForm(request.GET)
    rows = Member.objects.listed_to(levels).with_territory().order_by("public_name", "uuid")
    is_right = form.is_valid()
    found = form.filtered(rows, levels) if is_right else rows.none()
    # Once for the number and the page: words are compared with each row.
    page = Paginator(list(found.values_list("pk", flat=True)), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = rows.filter(pk__in=page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": directory.rows_of(shown, levels),
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "unknown_parameters": directory.not_understood(request.GET),
    }
    return render(request, "community/members.html", context, status=200 if is_right else 400)
