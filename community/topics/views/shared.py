"""What these pages share: finding things as the reader may, and sending a form to an action."""

from collections.abc import Callable

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ...collectives.forms import add_errors
from ...groups.models import Group
from .. import actions
from ..models import Post, Topic

TOO_MANY = 429
CLOSED = 409


def group_of(request: HttpRequest, slug: str) -> Group:
    """The group of an address; a private one is not there for those who do not belong to it."""
    rows = Group.objects.visible_to(request.user)
    return get_object_or_404(rows if request.method == "POST" else rows.read_by(request.user), slug=slug)


def topic_of(request: HttpRequest, slug: str, pk: int) -> Topic:
    """A topic of a group that the reader may know of."""
    group = group_of(request, slug)
    topic = get_object_or_404(group.topics.select_related("author").defer("search"), pk=pk)
    topic.group = group
    return topic


def post_of(request: HttpRequest, slug: str, topic_pk: int, pk: int) -> Post:
    """A post of a topic that the reader may know of."""
    topic = topic_of(request, slug, topic_pk)
    post = get_object_or_404(topic.posts.select_related("author").defer("search"), pk=pk)
    post.topic = topic
    return post


def check(request: HttpRequest, right: str, on: Group | Topic | Post) -> None:
    """Refuse with PermissionDenied before a form is shown that the action would refuse."""
    if not request.user.has_perm(f"community.{right}", on):
        raise PermissionDenied(f"{right} is not for this member.")


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


def press(request: HttpRequest, action: Callable[[], object], done: str) -> None:
    """A button: a word on what came of it."""
    try:
        action()
    except (ValidationError, actions.ClosedError) as error:
        told = error.messages if isinstance(error, ValidationError) else [str(error)]
        messages.error(request, " ".join(told))
    else:
        messages.success(request, done)
