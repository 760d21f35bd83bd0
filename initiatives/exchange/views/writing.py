"""Writing: publishing, changing, renewing, withdrawing."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.collectives.forms import add_errors
from community.members.enums import CollectiveRole
from territories.models import Collective, Place
from vocabulary.exchange import CATEGORIES, Category, Kind

from ...models import Exchange, Initiative
from ...models.exchange import LONGEST_TEXT, LONGEST_TITLE
from .. import actions, expiry, links, showing
from ..forms import ExchangeForm

BOTH = require_http_methods(["GET", "HEAD", "POST"])
TOO_MANY, CLOSED = 429, 409
MORE = "more"


def _given(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")


def _holder(request: HttpRequest) -> dict[str, Any]:
    """For whom: an initiative or a collective by its address, else oneself; the member may publish for it."""
    found: dict[str, Any] = {}
    if slug := _given(request, "initiative"):
        rows = Initiative.objects.published().select_related("primary_theme")
        found["initiative"] = get_object_or_404(rows.defer("search", "search_name"), slug=slug)
    elif slug := _given(request, "collective"):
        rows = Collective.objects.published().defer("perimeter")
        found["collective"] = get_object_or_404(rows, slug=slug)
    on = next(iter(found.values()), None)
    if not request.user.has_perm("initiatives.publish_exchange", on):
        raise PermissionDenied("Publishing for this is not for this member.")
    return found


def _sent(
    request: HttpRequest, form: ExchangeForm, limit: str, action: Callable[[], Exchange]
) -> tuple[Exchange | None, int]:
    """What the action gave, or None with the status of the page that shows the form again."""
    if not form.is_valid():
        return None, 400
    if not ratelimit.consume(request, action=limit, user=request.user):
        form.add_error(None, _("That was a lot in a short time. Please try again later."))
        return None, TOO_MANY
    try:
        return action(), 200
    except ValidationError as error:
        add_errors(form, error)
        return None, 400
    except actions.ClosedError as error:
        form.add_error(None, str(error))
        return None, CLOSED


def _until(exchange: Exchange) -> str:
    return date_format(timezone.localtime(exchange.expires_at), "DATE_FORMAT")


# ── Publishing ──────────────────────────────────────────────────────────────────────────────────


@never_cache
@BOTH
def publish(request: HttpRequest) -> HttpResponse:
    """First what it is, then the form of that."""
    holder = _holder(request)
    category, kind = CATEGORIES.get(_given(request, "category")), _given(request, "kind")
    if category is None or kind not in Kind.values:
        return _choose(request, holder)
    kind = Kind(kind)
    fixed = {"category": category, "kind": kind, "proposed": _nearest_town(holder.get("initiative"))}
    context = {"category": category, "kind": kind, "heading": category.heading(kind), **holder}
    if request.method != "POST":
        form = ExchangeForm(initial=_proposed(request, holder), **fixed)
        return _form_page(request, form, context)
    if MORE in request.POST:
        return _form_page(request, ExchangeForm(**fixed).retyped(request.POST), context)
    form = ExchangeForm(request.POST, request.FILES, **fixed)
    made, status = _sent(
        request,
        form,
        "publish_exchange",
        lambda: actions.publish(
            by=request.user,
            kind=kind,
            category=category.slug,
            values=form.values(),
            **holder,
            **form.rest(),
        ),
    )
    if made:
        messages.success(request, _("It is published. It stands until %(day)s.") % {"day": _until(made)})
        return redirect(made)
    return _form_page(request, form, context, status)


def _form_page(request: HttpRequest, form: ExchangeForm, context: dict, status: int = 200) -> HttpResponse:
    return render(request, "initiatives/exchange/form.html", {**context, "form": form}, status=status)


def _proposed(request: HttpRequest, holder: dict[str, Any]) -> dict[str, Any]:
    """What stands in a new form already: the theme of the initiative, and words that a page led here with."""
    found: dict[str, Any] = {}
    if initiative := holder.get("initiative"):
        found["theme"] = initiative.primary_theme_id
    for name, longest in (("title", LONGEST_TITLE), ("text", LONGEST_TEXT)):
        if words := _given(request, name).strip():
            found[name] = words[:longest]
    return found


def _nearest_town(initiative: Initiative | None) -> Place | None:
    """By the public position, which is all that a town may tell."""
    if initiative is None or initiative.public_position is None:
        return None
    return Place.objects.nearest_to(initiative.public_position)


def _choose(request: HttpRequest, holder: dict[str, Any]) -> HttpResponse:
    """The eight categories, and for whom it may be."""
    run = request.user.collective_memberships.current().filter(role=CollectiveRole.FACILITATOR)
    collectives = Collective.objects.published().filter(pk__in=run.values("collective"))
    kept = request.GET.copy()
    for name in ("kind", "category"):
        kept.pop(name, None)
    wanted = _given(request, "kind")
    context = {
        "choices": [_headings(category) for category in CATEGORIES.values()],
        "kinds": [Kind(wanted)] if wanted in Kind.values else list(Kind),
        "collectives": collectives.defer("perimeter").order_by("name", "pk")[: actions.MOST_OPEN],
        "kept": kept.urlencode(),
        **holder,
    }
    return render(request, "initiatives/exchange/choose.html", context)


def _headings(category: Category) -> dict[str, Any]:
    return {"category": category, "headings": [(kind, category.heading(kind)) for kind in Kind]}


# ── What is there ───────────────────────────────────────────────────────────────────────────────


def _own(request: HttpRequest, pk: int) -> Exchange:
    """One that the member answers for; to others what has ended is not there."""
    rows = Exchange.objects.select_related("theme", "initiative", "collective", "author")
    exchange = get_object_or_404(rows.defer(*showing.HEAVY), pk=pk)
    if not request.user.has_perm("initiatives.run_exchange", exchange):
        if not Exchange.objects.shown().filter(pk=pk).exists():
            raise Http404("It has ended.")
        raise PermissionDenied("It is not for this member.")
    return exchange


@never_cache
@BOTH
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it otherwise."""
    exchange = _own(request, pk)
    if not exchange.is_renewable:
        messages.error(request, _("It has ended for good. Publish it anew if it is still right."))
        return redirect(exchange)
    kind = Kind(exchange.kind)
    fixed = {"category": exchange.its_category, "kind": kind, "exchange": exchange}
    context = {"exchange": exchange, "heading": exchange.its_category.heading(kind), "kind": kind}
    if request.method != "POST":
        return _form_page(request, ExchangeForm(**fixed), context)
    if MORE in request.POST:
        return _form_page(request, ExchangeForm(**fixed).retyped(request.POST), context)
    form = ExchangeForm(request.POST, request.FILES, **fixed)
    made, status = _sent(
        request,
        form,
        "change_exchange",
        lambda: actions.revise(exchange, by=request.user, values=form.values(), **form.rest()),
    )
    if made:
        messages.success(request, _("It is changed. It stands until %(day)s.") % {"day": _until(made)})
        return redirect(made)
    return _form_page(request, form, context, status)


def _pressed(request: HttpRequest, action: Callable[[], Exchange]) -> Exchange | None:
    """What a button did; None with a word on why not."""
    try:
        return action()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except actions.ClosedError as error:
        messages.error(request, str(error))
    return None


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it stand for the same time again."""
    exchange = _own(request, pk)
    if not ratelimit.consume(request, action="change_exchange", user=request.user):
        messages.error(request, _("That was a lot in a short time. Please try again later."))
    elif made := _pressed(request, lambda: actions.renew(exchange, by=request.user)):
        messages.success(request, _("It stands until %(day)s now.") % {"day": _until(made)})
    return redirect(exchange)


@never_cache
@BOTH
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, after one more question."""
    exchange = _own(request, pk)
    if request.method == "POST":
        if _pressed(request, lambda: actions.withdraw(exchange, by=request.user)):
            messages.success(request, _("It is withdrawn: nobody finds it any more."))
        return redirect("exchange:mine")
    return render(request, "initiatives/exchange/withdraw.html", {"exchange": exchange})


# Who has the link of the mail is one of its people: nobody has to sign in for one click.
@never_cache
@login_not_required
@BOTH
def renewing(request: HttpRequest, token: str) -> HttpResponse:
    """One button; reading changes nothing, as programs that read mails follow links."""
    if (named := links.named(token)) is None:
        raise Http404("No mail has this link.")
    exchange, member = named
    try:
        actions.check_right(member, "run_exchange", exchange)
    except PermissionDenied:
        raise Http404("Its people have changed.") from None
    if request.method == "POST":
        if made := _pressed(request, lambda: actions.renew(exchange, by=member)):
            messages.success(request, _("It stands until %(day)s now.") % {"day": _until(made)})
        return redirect("exchange:renewing", token)
    now = timezone.now()
    context = {
        "exchange": exchange,
        "can_be_renewed": exchange.is_renewable and expiry.can_be_longer(exchange, now),
        "is_date_over": expiry.is_date_over(exchange, now),
    }
    return render(request, "initiatives/exchange/renewing.html", context)
