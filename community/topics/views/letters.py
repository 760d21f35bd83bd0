"""The way out of a group's mail, by the link of one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ...groups.enums import Frequency
from .. import actions, links


# Mail programs press the button with neither cookie nor token of ours; the signature proves that they may (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a member gets mail of a group; reading changes nothing, as programs that read mails follow links."""
    membership = links.membership_of(token)
    if membership is None:
        raise Http404("No letter has this link.")
    if request.method == "POST":
        actions.end_mail(membership)
        # A mail program must not be led on.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect("group_letters", token)
        membership.refresh_from_db()
    context = {"group": membership.group, "is_silent": membership.frequency == Frequency.NONE}
    return render(request, "community/topics/letters.html", context)
