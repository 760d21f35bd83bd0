"""What these pages share: finding things as the reader may, and sending a form to an action."""

from collections.abc import Callable

import rules
from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ....forms import add_errors
from ....models import Conversation, Exchange
from .. import actions

TOO_MANY = 429
CLOSED = 409


def exchanges() -> QuerySet[Exchange]:
    """Offers and needs with what names whose they are."""
    rows = Exchange.objects.select_related("initiative", "collective", "author")
    return rows.defer("initiative__search", "initiative__search_name", "collective__perimeter")


def exchange_of(request: HttpRequest, pk: int, right: str) -> Exchange:
    """An offer or need on which one has a right; to others there is no such page."""
    found = get_object_or_404(exchanges(), pk=pk)
    if not rules.has_perm(f"initiatives.{right}", request.user, found):
        raise Http404("There is nothing to do here with this one.")
    return found


def conversation_of(request: HttpRequest, pk: int, number: int) -> Conversation:
    """A conversation of which the reader is one side; for nobody else it is there, whoever they are."""
    exchange = get_object_or_404(exchanges(), pk=pk)
    found = get_object_or_404(exchange.conversations.select_related("member"), pk=number)
    found.exchange = exchange
    if not rules.has_perm("initiatives.read_conversation", request.user, found):
        raise Http404("This conversation is between others.")
    return found


def is_done(
    request: HttpRequest, form: forms.Form, action: Callable[[], object], limit: str = ""
) -> tuple[object | None, int]:
    """What an action gave, or None with the status of the page that shows the form again."""
    if not form.is_valid():
        return None, 400 if form.is_bound else 200
    if limit and not ratelimit.consume(request, action=limit, user=request.user):
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
    except actions.TooOftenError:
        form.add_error(None, _("You have written a lot today. Please go on tomorrow."))
        return None, TOO_MANY
