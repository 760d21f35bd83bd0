"""Keeping order: buttons of animators, changing, moving, reports."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...groups.enums import GroupKind, GroupRole
from ...groups.models import Group
from .. import links, names
from ..forms import ChangeForm, MoveForm, ReportForm
from ..models import PostReport, Topic
from ..order import actions
from .shared import check, group_of, is_done, post_of, press, topic_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])
TOPIC_VERBS = {
    "pin": (actions.pin, gettext_lazy("The topic is pinned: it comes first.")),
    "unpin": (actions.unpin, gettext_lazy("The topic is no longer pinned.")),
    "close": (actions.close, gettext_lazy("The topic is closed.")),
    "reopen": (actions.reopen, gettext_lazy("The topic is open again.")),
}
POST_VERBS = {
    "hide": (actions.hide, gettext_lazy("The post is hidden.")),
    "show": (actions.show, gettext_lazy("The post is shown again.")),
}
MOST_REPORTS = 100


@require_POST
def keep(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Pin, close, and back."""
    topic = topic_of(request, slug, pk)
    if (verb := request.POST.get("verb")) not in TOPIC_VERBS:
        raise Http404("There is no such verb.")
    action, done = TOPIC_VERBS[verb]
    press(request, lambda: action(topic, by=request.user), done)
    return redirect(topic)


@require_POST
def post_keep(request: HttpRequest, slug: str, topic_pk: int, pk: int) -> HttpResponse:
    """Hide, and show again."""
    post = post_of(request, slug, topic_pk, pk)
    if (verb := request.POST.get("verb")) not in POST_VERBS:
        raise Http404("There is no such verb.")
    action, done = POST_VERBS[verb]
    press(request, lambda: action(post, by=request.user), done)
    return redirect(links.post_path(post))


@never_cache
@BOTH
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another title, another date."""
    topic = topic_of(request, slug, pk)
    check(request, "change_topic", topic)
    initial = {"title": topic.title, **asdict(topic.meeting)}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    made, status = is_done(
        request, form, lambda: actions.change(topic, by=request.user, **form.values()), "write_post"
    )
    if made:
        messages.success(request, _("The topic is changed."))
        return redirect(made)
    context = {"group": topic.group, "topic": topic, "form": form}
    return render(request, "community/topics/change.html", context, status=status)


def _goals(request: HttpRequest, topic: Topic):
    """Groups that the member animates, without those that more people read than may."""
    rows = Group.objects.active().filter(
        memberships__member=request.user, memberships__role=GroupRole.ANIMATOR
    )
    if topic.group.is_private:
        rows = rows.filter(kind=GroupKind.PRIVATE)
    return rows.exclude(pk=topic.group_id).distinct()


@never_cache
@BOTH
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """To another group that one animates."""
    topic = topic_of(request, slug, pk)
    check(request, "run_group", topic.group)
    form = MoveForm(request.POST if request.method == "POST" else None, among=_goals(request, topic))
    made, status = is_done(
        request, form, lambda: actions.move(topic, by=request.user, to=form.cleaned_data["to"])
    )
    if made:
        messages.success(request, _("The topic is in %(name)s now.") % {"name": made.group.name})
        return redirect(made)
    context = {"group": topic.group, "topic": topic, "form": form}
    return render(request, "community/topics/move.html", context, status=status)


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────


@never_cache
@BOTH
def report(request: HttpRequest, slug: str, topic_pk: int, pk: int) -> HttpResponse:
    """Say what is wrong with a post."""
    post = post_of(request, slug, topic_pk, pk)
    check(request, "report_post", post)
    form = ReportForm(request.POST if request.method == "POST" else None)
    made, status = is_done(
        request,
        form,
        lambda: actions.report(post, by=request.user, reason=form.cleaned_data["reason"]),
        "report_post",
    )
    if made:
        messages.success(request, _("Thank you. Those who keep order in the group look at it."))
        return redirect(links.post_path(post))
    context = {"group": post.topic.group, "topic": post.topic, "post": post, "form": form}
    return render(request, "community/topics/report.html", context, status=status)


@never_cache
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What was reported in a group and waits, the oldest first."""
    group = group_of(request, slug)
    check(request, "archive_group", group)
    rows = PostReport.objects.open().filter(post__topic__group=group)
    found = list(rows.select_related("post__topic__group", "post__author", "by")[:MOST_REPORTS])
    animating = set(group.memberships.animating().values_list("member", flat=True))
    oversees = request.user.has_perm("community.oversee_groups")
    shown = [
        {
            "report": one,
            "name": names.name_of(one.post.author, request.user),
            "may_close": one.post.author_id != request.user.pk
            and (oversees or one.post.author_id not in animating),
        }
        for one in found
    ]
    context = {"group": group, "reports": shown}
    return render(request, "community/topics/reports.html", context)


@require_POST
def close_report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It was looked at."""
    group = group_of(request, slug)
    rows = PostReport.objects.filter(post__topic__group=group)
    found = get_object_or_404(rows, pk=pk)
    press(request, lambda: actions.close_report(found, by=request.user), _("The report is closed."))
    return redirect("topic_reports", slug)
