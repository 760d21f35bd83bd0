"""Reading: the topics of a group, one of them, a file, the feed."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import feedgenerator
from django.utils.html import linebreaks
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo.responses import fresh

from .. import links, names, naming, showing
from ..enums import MEDIA_TYPES, FileKind
from ..forms import ReplyForm
from ..models import Attachment, Post, PostReport, Topic
from ..querysets import LONGEST_QUERY
from .shared import check, group_of, topic_of

TOPICS_A_PAGE = 30
MOST_IN_FEED = 50
# What XML 1.0 cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@never_cache
@login_not_required
@require_safe
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """All topics of a group, or those with some words."""
    group = group_of(request, slug)
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    rows = group.topics.for_lists().in_order()
    if words:
        rows = rows.matching(words)
    page = Paginator(rows, TOPICS_A_PAGE).get_page(request.GET.get("page"))
    rights = showing.Rights.of(request.user, group)
    context = {
        "group": group,
        "words": words,
        "page": page,
        "topics": showing.topics(page.object_list, request.user),
        "rights": rights,
        "reports": PostReport.objects.open().filter(post__topic__group=group).count() if rights.tends else 0,
    }
    return render(request, "community/topics/list.html", context)


@never_cache
@login_not_required
@require_safe
def topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A topic, and the form below it for who may reply."""
    return page_of(request, topic_of(request, slug, pk), ReplyForm())


def page_of(request: HttpRequest, topic: Topic, form: ReplyForm, status: int = 200) -> HttpResponse:
    """The page of a topic with a form that may have come back; then the last posts stand above it."""
    rows = topic.posts.in_order().select_related("author").prefetch_related("attachments").defer("search")
    number = "last" if form.is_bound else request.GET.get("page")
    paginator = Paginator(rows, links.POSTS_A_PAGE)
    page = paginator.get_page(paginator.num_pages if number == "last" else number)
    rights = showing.Rights.of(request.user, topic.group)
    context = {
        "group": topic.group,
        "topic": topic,
        "name": names.name_of(topic.author, request.user),
        "page": page,
        "posts": showing.posts(page.object_list, request.user, rights, topic),
        "rights": rights,
        "may_change": rights.may_change(topic, request.user),
        "form": form,
    }
    return render(request, "community/topics/topic.html", context, status=status)


@never_cache
@require_safe
def proposed_names(request: HttpRequest, slug: str) -> JsonResponse:
    """Whom one may mean who writes in a group and types `@`; for nobody else, as it tells who is in it."""
    group = group_of(request, slug)
    # Those who look after all groups announce in them, too.
    if not request.user.has_perm("community.run_group", group):
        check(request, "write_in_group", group)
    return JsonResponse({"names": naming.proposed(group, request.GET.get("q", ""), request.user)})


@never_cache
@login_not_required
@require_safe
def attachment(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A file, for whoever may read its post; it is kept, never opened in the page."""
    group = group_of(request, slug)
    rows = Attachment.objects.select_related("post").defer("post__search", "post__text")
    found = get_object_or_404(rows, pk=pk, post__topic__group=group)
    if found.post.hidden_at and not (
        found.post.author_id == request.user.pk or request.user.has_perm("community.archive_group", group)
    ):
        raise Http404("This post is hidden.")
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file is gone.") from error
    answer = FileResponse(
        file, as_attachment=True, filename=found.name, content_type=MEDIA_TYPES[FileKind(found.kind)]
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_not_required
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest posts of a group that everyone reads, as Atom; a private group has none."""
    group = group_of(request, slug)
    if group.is_private:
        raise Http404("A private group has no feed.")
    here = f"{settings.SITE_URL}{request.path}"
    made = feedgenerator.Atom1Feed(
        title=CONTROL.sub("", group.name),
        link=settings.SITE_URL + links.topics_path(group),
        description=CONTROL.sub("", group.purpose),
        feed_url=here,
        feed_guid=here,
        language=group.language,
    )
    posts = Post.objects.readable().filter(topic__group=group).select_related("topic", "author")
    for post in (
        posts.numbered().defer("search", "topic__search").order_by("-created_at", "-pk")[:MOST_IN_FEED]
    ):
        post.topic.group = group
        address = settings.SITE_URL + links.path_at(post, post.before)
        made.add_item(
            title=CONTROL.sub("", post.topic.title),
            link=address,
            description=linebreaks(CONTROL.sub("", post.text), autoescape=True),
            # A topic may go to another group; what was read stays known.
            unique_id=f"tag:{links.host()},2026:post/{post.pk}",
            # Feeds are for everyone, whoever asks.
            author_name=names.shown_to_all(post.author),
            pubdate=post.created_at,
            updateddate=post.edited_at or post.created_at,
        )
    return fresh(
        request, HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    )
