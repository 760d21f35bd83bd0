"""The page of a group, and the groups of an initiative for those who edit it."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.groups import showing as people
from community.models import Group, Space
from community.topics import showing as topics
from territories.enums import CollectiveStatus

from ..enums import Verb
from ..models import Initiative
from . import actions, showing
from .forms import NameForm

TOO_MANY = 429


@login_not_required
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group and its initiatives; a private one is not there for others than its members."""
    rows = Group.objects.visible_to(request.user).read_by(request.user)
    rows = rows.select_related("territory", "collective")
    rows = rows.defer("territory__boundary", "territory__search_names", "collective__perimeter")
    shown = get_object_or_404(rows, slug=slug)
    collective = shown.collective
    context = {
        "group": shown,
        "space": Space.objects.visible_to(request.user).filter(pk=shown.space_id).first()
        if shown.space_id
        else None,
        "kind": showing.IN_WORDS[shown.kind],
        "collective": collective if collective and collective.status == CollectiveStatus.PUBLISHED else None,
        "aside": people.aside(shown, request.user),
        "latest": topics.latest(shown, request.user),
        "minimap": showing.small_map(shown),
        "minimap_label": _("Map: the initiatives of %(name)s") % {"name": shown.name},
        "json_ld_script": showing.json_ld(shown),
        **showing.held(request, shown),
    }
    answer = render(request, "initiatives/group.html", context)
    if shown.is_private:
        add_never_cache_headers(answer)
    return answer


def _edited(request: HttpRequest, slug: str) -> Initiative:
    """One that the member may edit; to others what is not published is not there."""
    initiative = get_object_or_404(Initiative.objects.defer("search", "search_name"), slug=slug)
    if not request.user.has_perm(f"initiatives.{Verb.REVISE}", initiative):
        if not initiative.is_published:
            raise Http404("No published initiative has this address.")
        raise PermissionDenied("Editing this initiative is not for this member.")
    return initiative


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups that an initiative belongs to, as far as the member may know of them; naming and unnaming them."""
    initiative = _edited(request, slug)
    named = showing.groups_of(initiative, Group.objects.visible_to(request.user))
    mine = Group.objects.of(request.user).active().exclude(pk__in=named.values("pk")).order_by("name", "pk")
    context = {"initiative": initiative, "named": named, "choosable": mine}
    if request.method != "POST":
        return _page(request, NameForm(groups=mine), context)
    if not ratelimit.consume(request, action="name_group", user=request.user):
        form = NameForm(groups=mine)
        messages.error(request, _("That was a lot in a short time. Please try again in an hour."))
        return _page(request, form, context, TOO_MANY)
    if "unname" in request.POST:
        leaving = get_object_or_404(named, slug=request.POST["unname"])
        actions.unname_group(initiative, group=leaving, by=request.user)
        messages.success(request, _("It no longer belongs to “%(name)s”.") % {"name": leaving.name})
        return redirect("initiative_groups", slug)
    form = NameForm(request.POST, groups=mine)
    if not form.is_valid():
        return _page(request, form, context, 400)
    joined = form.cleaned_data["group"]
    actions.name_group(initiative, group=joined, by=request.user)
    messages.success(request, _("It belongs to “%(name)s” now.") % {"name": joined.name})
    return redirect("initiative_groups", slug)


def _page(request: HttpRequest, form: NameForm, context: dict, status: int = 200) -> HttpResponse:
    return render(request, "initiatives/groups.html", {**context, "form": form}, status=status)
