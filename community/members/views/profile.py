"""What a member tells about themselves: their form, and the page that others see."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...ledger.reading import described
from ...letters import boxes
from ...letters.enums import Kind
from .. import actions, rules
from ..enums import Visibility
from ..forms import ProfileForm
from ..models import Member
from ..profile import told

OUTLINES = ("blocked__territory__boundary", "blocked__territory__search_names")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_profile(request: HttpRequest) -> HttpResponse:
    """The member's profile, with who sees each part of it."""
    # A copy, as the form writes what was typed into it: the header goes on calling the member by their name.
    own = Member.objects.with_territory().get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        actions.revise_profile(request.user, by=request.user, values=form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("account_profile")
    status = 400 if form.errors else 200
    known = [request.user.email]
    shown = {
        "form": form,
        "is_silent": bool(boxes.silent_among(known)),
        "is_desk_silent": bool(boxes.silent_among(known, Kind.DESK)),
        "blocks": [
            (one.blocked, told(one.blocked, request.user).get("public_name"))
            for one in request.user.blocks.select_related("blocked__territory").defer(*OUTLINES)
        ],
    }
    return render(request, "community/profile.html", shown, status=status)


# What somebody took back must not come out of a cache.
@never_cache
@login_not_required
@require_safe
def member(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """What a member shows to whoever looks; for strangers there is no page where it shows them nothing."""
    shown = get_object_or_404(Member.objects.with_territory(), uuid=member_uuid, is_active=True)
    fields, levels = told(shown, request.user), rules.levels(request.user, shown)
    if not fields and not request.user.is_authenticated:
        raise Http404("This member shows nothing to everyone.")
    name_for_all = shown.public_name and shown.public_name_seen_by == Visibility.EVERYONE
    context = {
        "member": shown,
        "told": fields,
        "is_self": request.user == shown,
        "summed": described(shown.contributions.all()) if shown.ledger_seen_by in levels else [],
        "ledger_seen_by": Visibility(shown.ledger_seen_by),
        "may_write": request.user.has_perm("community.write_to_member", shown),
        "is_for_search": shown.is_listed and name_for_all,
    }
    return render(request, "community/member.html", context)
