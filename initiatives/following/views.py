"""Pages of following: what would be followed, what one follows, and the way out by the link of a letter."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.collectives.forms import add_errors
from geo.errors import InvalidParameterError

from ..enums import HowOften
from ..models import Follow, Initiative
from ..selection import parse_page
from . import actions, links, words
from .forms import FollowForm

BOTH = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY = 429


def _page(request: HttpRequest, what: dict, context: dict) -> HttpResponse:
    """The page that follows a selection or an initiative: shown, or what its form sent done."""
    own = request.user.follows.filter(**{"initiative": None, "query": "", **what}).first()
    initial = {"frequency": own.frequency} if own else None
    form = FollowForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if form.is_bound:
        status = _sent(request, form, what)
        if status == 200:
            messages.success(request, _("You follow it. News come by mail."))
            return redirect("account_following")
    context = {**context, "form": form, "own": own}
    return render(request, "initiatives/following/follow.html", context, status=status)


def _sent(request: HttpRequest, form: FollowForm, what: dict) -> int:
    """200 where it is followed now; else the form says why not."""
    if not form.is_valid():
        return 400
    if not ratelimit.consume(request, action="follow", user=request.user):
        form.add_error(None, _("That was a lot in a short time. Please try again in an hour."))
        return TOO_MANY
    try:
        actions.follow(by=request.user, frequency=form.cleaned_data["frequency"], **what)
    except ValidationError as error:
        add_errors(form, error)
        return 400
    except InvalidParameterError as error:
        # What it names was taken away at this moment.
        form.add_error(None, error.detail)
        return 400
    return 200


@never_cache
@BOTH
def follow_selection(request: HttpRequest) -> HttpResponse:
    """Follow what the address selects; 400 with the filters that cannot be used."""
    selection, errors, unknown = parse_page(request.GET)
    back, query = reverse("initiatives"), selection.query
    try:
        query = actions.normal(query)
    except InvalidParameterError as error:
        errors = {error.parameter: error.detail, **errors}
    except ValidationError as error:
        errors = {"query": " ".join(error.messages), **errors}
    if errors:
        context = {"errors": errors, "back": back}
        return render(request, "initiatives/following/follow.html", context, status=400)
    context = {
        "words": words.of_query(query),
        "matched": selection.counts()["matched"],
        "unknown_parameters": unknown,
        "back": f"{back}?{query}" if query else back,
    }
    return _page(request, {"query": query}, context)


@never_cache
@BOTH
def follow_initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow one initiative."""
    rows = Initiative.objects.published().defer("search", "search_name", "position")
    shown = get_object_or_404(rows, slug=slug)
    context = {"words": shown.name, "initiative": shown, "back": shown.get_absolute_url()}
    return _page(request, {"initiative": shown}, context)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that a member follows; there is an end to it, so all on one page."""
    follows = request.user.follows.select_related("initiative")
    follows = follows.defer("initiative__search", "initiative__position", "initiative__description")
    return render(request, "initiatives/following/mine.html", {"follows": words.of_follows(follows)})


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another rhythm, or no more of it."""
    follow = get_object_or_404(request.user.follows, pk=pk)
    if not ratelimit.consume(request, action="follow", user=request.user):
        messages.error(request, _("That was a lot in a short time. Please try again in an hour."))
    elif "unfollow" in request.POST:
        actions.unfollow(follow, by=request.user)
        messages.success(request, _("You do not follow it any more."))
    else:
        try:
            actions.set_frequency(follow, by=request.user, frequency=request.POST.get("frequency", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            often = HowOften(follow.frequency).label
            messages.success(request, _("News of it come %(often)s.") % {"often": often})
    return redirect("account_following")


# Mail programs press the button with neither cookie nor token of ours; the signature proves that they may (RFC 8058).
@csrf_exempt
@never_cache
@login_not_required
@BOTH
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """End what a letter is about; reading changes nothing, as programs that read mails follow links."""
    follow: Follow | None = links.follow_of(token)
    if request.method == "POST":
        if follow:
            actions.unfollow(follow, by=None)
        # A mail program must not be led on.
        if request.POST.get("List-Unsubscribe") != "One-Click":
            return redirect("follow_letters", token)
        follow = None
    told = words.of_follows([follow])[0][1] if follow else ""
    return render(request, "initiatives/following/letters.html", {"follow": follow, "words": told})
