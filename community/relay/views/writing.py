"""Writing to a member, and answering by the link of a mail."""

import uuid
from collections.abc import Callable

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...collectives.forms import add_errors
from .. import actions, links
from ..forms import MessageForm
from .shared import TOO_MANY, name_for, other_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, member_uuid: uuid.UUID) -> HttpResponse:
    """A message to a member of the directory; the answer is the same whether it arrives or not."""
    other = other_of(request, member_uuid, "write_to_member")
    form = MessageForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="write_to_member", user=request.user):
            form.add_error(None, _("That was a lot for one day. Please try again tomorrow."))
            status = TOO_MANY
        else:
            status = _tried(form, lambda said: actions.write(other, by=request.user, **said))
            if status == 302:
                messages.success(request, _("Your message is on its way."))
                return redirect(other)
    shown = {"member": other, "name": name_for(request, other), "form": form, "writer": request.user}
    return render(request, "community/relay/write.html", shown, status=status)


def _tried(form: MessageForm, say: Callable[[dict], object]) -> int:
    """The status of the answer, 302 where it was said."""
    try:
        say(form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return 400
    except actions.TooOftenError:
        form.add_error(None, _("You have written to them several times today. Wait for an answer."))
        return TOO_MANY
    return 302


# The link came to the mailbox of who was written to, and proves that it is theirs.
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a message; neither learns the address of the other unless they share it."""
    found = links.message_of(token)
    if found is None:
        return render(request, "community/relay/reply.html", {"message": None}, status=404)
    form = MessageForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        if not ratelimit.consume(request, action="answer_member"):
            form.add_error(None, _("That was a lot in a short time. Please try again in an hour."))
            status = TOO_MANY
        else:
            status = _tried(form, lambda said: actions.answer(found, **said))
            if status == 302:
                messages.success(request, _("Your answer is on its way."))
                return redirect("member_reply", token)
    shown = {"message": found, "form": form, "writer": found.receiver}
    return render(request, "community/relay/reply.html", shown, status=status)
