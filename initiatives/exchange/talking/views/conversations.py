"""Answering an offer or need, one conversation, and all that one has."""

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ....models import Conversation
from .. import actions, showing
from ..forms import MessageForm
from .shared import conversation_of, exchanges, is_done

CONVERSATIONS_A_PAGE = 20
MESSAGES_A_PAGE = 50
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All conversations of which the member is a side, the last written on first."""
    rows = Conversation.objects.readable_by(request.user).heard_by(request.user).for_lists()
    page = Paginator(rows, CONVERSATIONS_A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "conversations": showing.listed(page.object_list, request.user)}
    return render(request, "initiatives/exchange/talking/mine.html", shown)


@never_cache
@BOTH
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the people of an offer or need; who did so before, or is one of them, is led where that goes on."""
    exchange = get_object_or_404(exchanges(), pk=pk)
    if own := exchange.conversations.filter(member=request.user).first():
        # What is wrong with a second message stands on the page of the first.
        is_written = request.method == "POST"
        return talk(request, pk, own.pk) if is_written else redirect("exchange:talk", pk, own.pk)
    if rules.has_perm("initiatives.run_exchange", request.user, exchange):
        return redirect("exchange:one", pk)
    if not rules.has_perm("initiatives.answer_exchange", request.user, exchange):
        raise Http404("This one takes no answers.")
    form = MessageForm(request.POST if request.method == "POST" else None)
    made, status = is_done(
        request,
        form,
        lambda: actions.answer(exchange, by=request.user, text=form.cleaned_data["text"]),
        "write_on_exchange",
    )
    if made:
        messages.success(request, _("Your message is on its way. What you write to each other stands here."))
        return redirect("exchange:talk", pk, made.conversation_id)
    people = showing.of_people(exchange, request.user)
    shown = {"exchange": exchange, "people": people, "form": form}
    return render(request, "initiatives/exchange/talking/answer.html", shown, status=status)


@never_cache
@BOTH
def talk(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What both sides wrote, the newest page of it, and the form below."""
    conversation = conversation_of(request, pk, number)
    form = MessageForm(request.POST if request.method == "POST" else None)
    made, status = is_done(
        request,
        form,
        lambda: actions.reply(conversation, by=request.user, text=form.cleaned_data["text"]),
        "write_on_exchange",
    )
    if made:
        messages.success(request, _("Your message is on its way."))
        return redirect("exchange:talk", pk, conversation.pk)
    return _page(request, conversation, form, status)


def _page(request: HttpRequest, conversation: Conversation, form: MessageForm, status: int) -> HttpResponse:
    exchange, reader = conversation.exchange, request.user
    paginator = Paginator(conversation.messages.select_related("by"), MESSAGES_A_PAGE)
    page = paginator.get_page(request.GET.get("page", paginator.num_pages))
    runs = reader.pk != conversation.member_id
    shown = {
        "exchange": exchange,
        "conversation": conversation,
        "other": showing.other_side(conversation, reader),
        "page": page,
        "messages_shown": showing.messages(page.object_list, exchange, reader),
        "runs": runs,
        "may_write": showing.may_write(conversation),
        "may_settle": runs and exchange.is_open,
        "form": form,
        "person": showing.person(conversation, reader),
    }
    return render(request, "initiatives/exchange/talking/talk.html", shown, status=status)
