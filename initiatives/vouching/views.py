"""Pages of neighbours: what waits within their reach, one of them as it would be public, and their word on it."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..enums import VouchKind
from ..forms import add_errors
from ..models import Initiative, Vouch
from ..models.vouch import LONGEST_OBJECTION
from ..reviews.actions import ChangedError
from ..reviews.forms import version
from ..views.public import presentation
from . import actions, reading
from .forms import BACK, WordForm

PAGE_SIZE = 30


def while_on(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Not there while nobody validates by vouching; no answer is kept by a browser."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not reading.is_on():
            raise Http404("Vouching is off.")
        return view(request, *args, **kwargs)

    return guarded


@while_on
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What waits within reach, the oldest first."""
    vouchable = reading.vouchable_by(request.user)
    rows = reading.with_words(vouchable.for_lists(), request.user)
    page = Paginator(rows.order_by("since", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    left = reading.left_behind(request.user, vouchable).only("uuid", "name")
    context = {"page": page, "needed": settings.VOUCHES_NEEDED, "left": left}
    return render(request, "initiatives/vouching/list.html", context)


def _found(request: HttpRequest, uuid: UUID) -> Initiative | None:
    """One that the member may vouch for, with what they may see of it."""
    rows = reading.vouchable_by(request.user).for_page()
    rows = rows.defer("search", "search_name", "position", "territory__boundary", "collective__perimeter")
    return reading.with_words(rows, request.user).filter(uuid=uuid).first()


def _elsewhere(uuid: UUID) -> HttpResponse:
    """To its page if it is published by now; to others than its neighbours what waits is not there."""
    published = Initiative.objects.published().filter(uuid=uuid).first()
    if published is None:
        raise Http404("Nothing here waits for this member.")
    return redirect(published)


@while_on
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An initiative as everyone would see it, and what the member says of it."""
    shown = _found(request, uuid)
    if shown is None:
        return _left(request, uuid)
    if request.method != "POST":
        return _page(request, shown)
    form = WordForm(request.POST, uuid=uuid)
    if not form.is_valid():
        return _page(request, shown, form, 400)
    try:
        told = _say(request, shown, form.cleaned_data)
    except PermissionDenied:
        return _elsewhere(uuid)
    except ChangedError:
        form.add_error(None, _("It changed since you opened the page. Read it again."))
        fresh = _found(request, uuid)
        return _page(request, fresh, form, 409) if fresh else _elsewhere(uuid)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, shown, form, 400)
    messages.success(request, told % {"name": shown.name})
    return redirect("vouching")


def _left(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who is no neighbour any more may still take back an objection, by the button of the list."""
    if request.method == "POST" and request.POST.get("word") == BACK:
        objected = reading.left_behind(request.user).filter(uuid=uuid).first()
        if objected is not None:
            try:
                told = _say(request, objected, {"word": BACK})
            except PermissionDenied:
                return _elsewhere(uuid)
            messages.success(request, told % {"name": objected.name})
            return redirect("vouching")
    return _elsewhere(uuid)


def _say(request: HttpRequest, shown: Initiative, sent: dict) -> str:
    """Do what was sent; what to tell then."""
    if sent["word"] == BACK:
        actions.take_back(shown, by=request.user)
        return _("You have taken back what you said of “%(name)s”.")
    if sent["word"] == VouchKind.VOUCH:
        actions.vouch(shown, by=request.user, seen=sent["seen"])
        return _("Thank you: you vouch for “%(name)s”.")
    actions.object_to(shown, by=request.user, seen=sent["seen"], reason=sent["reason"])
    return _("Thank you: the moderators read why you object to “%(name)s”.")


def _page(
    request: HttpRequest, shown: Initiative, form: WordForm | None = None, status: int = 200
) -> HttpResponse:
    earliest = shown.since + timedelta(days=settings.VOUCH_DAYS)
    word = Vouch.objects.filter(initiative=shown, member=request.user).first()
    context = {
        # What everyone would see, whatever else this member might.
        **presentation(shown, AnonymousUser()),
        "word": word,
        "is_over": word is not None and not (shown.has_vouched or shown.has_objected),
        "needed": settings.VOUCHES_NEEDED,
        "earliest": earliest,
        "is_early": timezone.now() < earliest,
        "version": version(shown),
        "form": form,
        "objects": form is not None and form.data.get("word") == VouchKind.OBJECTION,
        "reason": form.data.get("reason", "") if form else "",
        "longest": LONGEST_OBJECTION,
    }
    return render(request, "initiatives/vouching/one.html", context, status=status)
