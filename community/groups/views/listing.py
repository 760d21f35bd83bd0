"""The list of groups, and the members of one."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ...inviting.views.members import members_page
from .. import rules
from ..forms import FilterForm
from ..models import Group
from .people import PEOPLE
from .shared import group_of

PAGE_SIZE = 24


@never_cache
@login_not_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Groups that the reader may know of, their own first; those put away only for who belongs to them."""
    form = FilterForm(request.GET, reader=request.user)
    rows = form.found().own_first(request.user).select_related("territory", "collective")
    rows = rows.defer("territory__boundary", "collective__perimeter")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    archived = Group.objects.of(request.user).exclude(archived_at=None)
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "archived": archived if page.number == 1 else archived.none(),
    }
    return render(request, "community/groups/list.html", context, status=400 if form.errors else 200)


@never_cache
@login_not_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who belongs to a group: all of them for its members, for others those who show their name to everyone."""
    group = group_of(request, slug)
    sees_all = rules.may(request.user, "see_group_members", group)
    return members_page(request, PEOPLE, group, template="community/groups/members.html", sees_all=sees_all)
