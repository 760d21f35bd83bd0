"""Reading: the list, one of them, all of one's own."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vocabulary.exchange import Kind

from ...models import Exchange
from .. import describing, expiry, showing
from ..filtering import Counts, FilterForm, Pages
from ..matching import showing as matching
from ..talking import showing as talking

MINE_A_PAGE = 20
# Above the list: what fits the newest of one's own.
MATCHED_IN_LIST = 2


# Names stand there by what each reader may know.
@never_cache
@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All that are open, or those that fit; 400 where a filter cannot be used."""
    form = FilterForm(request.GET)
    rows = form.found()
    counts = Counts(rows)
    listed = form.in_order(counts.by_key(rows)).for_lists()
    page = Pages(listed, counts).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "kinds": list(Kind),
        "kind": form.data.get("kind", ""),
        "counts": counts,
        "page": page,
        "cards": showing.cards(page.object_list, request.user),
        "is_filtered": form.is_filtered,
        "town": form.town,
        "all": matching.mine(request.user, MATCHED_IN_LIST) if request.user.is_authenticated else [],
    }
    return render(request, "initiatives/exchange/list.html", context, status=400 if form.errors else 200)


@never_cache
@login_not_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is open; what has ended is there for its people alone."""
    return page_of(request, exchange_of(request, pk))


def exchange_of(request: HttpRequest, pk: int) -> Exchange:
    """One that the reader may see."""
    rows = Exchange.objects.select_related("theme__parent", "initiative", "collective", "author")
    rows = rows.defer(*showing.HEAVY)
    if found := rows.shown().filter(pk=pk).first():
        return found
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm("initiatives.run_exchange", found):
        raise Http404("It has ended.")
    return found


def page_of(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """The page of one."""
    now = timezone.now()
    context = {
        "exchange": exchange,
        "holder": showing.holder(exchange, request.user),
        "facts": showing.facts(exchange),
        "photos": exchange.photos.all(),
        "may": showing.may(request.user, exchange),
        "own_end": expiry.own_end(exchange),
        "can_be_renewed": exchange.is_renewable and expiry.can_be_longer(exchange, now),
        "is_date_over": expiry.is_date_over(exchange, now),
        "permalink": f"{settings.SITE_URL}{request.path}",
        **talking.shown_with(exchange, request.user),
        **matching.shown_with(exchange, request.user),
        **describing.shown_with(exchange),
    }
    return render(request, "initiatives/exchange/one.html", context)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All that the member answers for, open and ended, those that end first before the others."""
    rows = Exchange.objects.run_by(request.user).for_lists().by_state()
    page = Paginator(rows, MINE_A_PAGE).get_page(request.GET.get("page"))
    cards = showing.cards(page.object_list, request.user)
    return render(request, "initiatives/exchange/mine.html", {"page": page, "cards": cards})
