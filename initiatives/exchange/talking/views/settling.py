"""Settling an offer or need, and reporting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ....models import Conversation, Exchange
from .. import actions, showing
from ..forms import ELSEWHERE, ReportForm, SettlingForm
from .shared import exchange_of, is_done

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@BOTH
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was found or given, and thanks to whom; the page asks, as it cannot be taken back."""
    exchange = exchange_of(request, pk, "run_exchange")
    rows = exchange.conversations.heard_by(request.user).for_lists()[: showing.MOST_LISTED]
    answered = {row.conversation.pk: row.other.name for row in showing.listed(rows, request.user)}
    if request.method == "POST":
        form = SettlingForm(request.POST, answered=answered.items())
    else:
        form = SettlingForm(answered=answered.items(), initial={"conversation": _wanted(request, answered)})
    done, status = is_done(request, form, lambda: _settled(request, exchange, form.chosen))
    if done:
        messages.success(request, _("It is settled. Thank you."))
        return (
            redirect("exchange:talk", pk, form.chosen) if form.chosen else redirect("exchange:conversations")
        )
    shown = {"exchange": exchange, "form": form}
    return render(request, "initiatives/exchange/talking/settle.html", shown, status=status)


def _wanted(request: HttpRequest, answered: dict[int, str]) -> str:
    """The conversation from which somebody comes here; where nobody answered, elsewhere is all there is."""
    wanted = request.GET.get("conversation", "")
    if wanted in map(str, answered):
        return wanted
    return "" if answered else ELSEWHERE


def _settled(request: HttpRequest, exchange: Exchange, number: int | None) -> Exchange:
    thanked = None if number is None else Conversation(pk=number, exchange=exchange)
    return actions.settle(exchange, by=request.user, conversation=thanked)


@never_cache
@BOTH
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the moderators what is wrong with it."""
    exchange = exchange_of(request, pk, "report_exchange")
    form = ReportForm(request.POST if request.method == "POST" else None)
    made, status = is_done(
        request,
        form,
        lambda: actions.report(exchange, by=request.user, reason=form.cleaned_data["reason"]),
        "report_exchange",
    )
    if made:
        messages.success(request, _("Thank you. A moderator looks into it."))
        return redirect("exchange:one", pk)
    shown = {"exchange": exchange, "form": form}
    return render(request, "initiatives/exchange/talking/report.html", shown, status=status)
