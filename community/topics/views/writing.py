"""Writing: a topic, a reply, an announcement, other words, taking them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import actions, letters, links
from ..forms import AnnouncementForm, EditForm, ReplyForm, TopicForm
from ..models import Post
from .reading import page_of
from .shared import check, group_of, is_done, post_of, press, topic_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@BOTH
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a topic."""
    group = group_of(request, slug)
    check(request, "write_in_group", group)
    form = TopicForm(request.POST, request.FILES) if request.method == "POST" else TopicForm()
    made, status = is_done(
        request, form, lambda: actions.begin(group, by=request.user, **form.values()), "write_post"
    )
    if made:
        messages.success(request, _("Your topic is there."))
        return redirect(made.topic)
    return render(request, "community/topics/new.html", {"group": group, "form": form}, status=status)


@never_cache
@BOTH
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A post in a topic; what is wrong with it stands on the page of the topic."""
    topic = topic_of(request, slug, pk)
    if request.method != "POST":
        # The pager of a page that came back, or whoever had to sign in first.
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(topic.get_absolute_url() + query)
    form = ReplyForm(request.POST, request.FILES)
    made, status = is_done(
        request, form, lambda: actions.reply(topic, by=request.user, **form.cleaned_data), "write_post"
    )
    if made:
        return redirect(links.post_path(made))
    return page_of(request, topic, form, status)


@never_cache
@BOTH
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic that is mailed to everyone of the group, after the number of people was shown."""
    group = group_of(request, slug)
    check(request, "run_group", group)
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    is_sure = bool(request.POST.get("sure"))
    made, status = None, 200
    if is_sure:
        made, status = is_done(
            request,
            form,
            lambda: actions.announce(group, by=request.user, **form.cleaned_data),
            "announce_to_group",
        )
    elif form.is_bound:
        status = 200 if form.is_valid() else 400
    if made:
        messages.success(request, _("Your announcement is on its way."))
        return redirect(made.topic)
    context = {
        "group": group,
        "form": form,
        "number": letters.reached(group, request.user).count(),
        # Only what was checked is asked about.
        "is_asked": form.is_bound and not form.errors,
    }
    return render(request, "community/topics/announce.html", context, status=status)


@never_cache
@BOTH
def edit(request: HttpRequest, slug: str, topic_pk: int, pk: int) -> HttpResponse:
    """Other words for one's own."""
    post = post_of(request, slug, topic_pk, pk)
    actions.check_own(request.user, "edit_post", post)
    form = EditForm(request.POST) if request.method == "POST" else EditForm(initial={"text": post.text})
    made, status = is_done(
        request,
        form,
        lambda: actions.edit(post, by=request.user, text=form.cleaned_data["text"]),
        "write_post",
    )
    if made:
        messages.success(request, _("Your post is changed."))
        return redirect(links.post_path(made))
    context = {"group": post.topic.group, "topic": post.topic, "post": post, "form": form}
    return render(request, "community/topics/edit.html", context, status=status)


@never_cache
@BOTH
def take_back(request: HttpRequest, slug: str, topic_pk: int, pk: int) -> HttpResponse:
    """One's own words go, after one more question."""
    post = post_of(request, slug, topic_pk, pk)
    actions.check_own(request.user, "take_back_post", post)
    if request.method == "POST":
        press(request, lambda: actions.take_back(post, by=request.user), _("Your post is removed."))
        return redirect(links.post_path(post))
    context = {"group": post.topic.group, "topic": post.topic, "post": post}
    return render(request, "community/topics/take_back.html", context)


@never_cache
@BOTH
def account_posts(request: HttpRequest) -> HttpResponse:
    """How much one wrote in groups, and a button that takes all of it back."""
    if request.method == "POST":
        actions.take_back_all(by=request.user)
        messages.success(request, _("All your posts are removed."))
        return redirect("account_posts")
    number = Post.objects.filter(author=request.user, taken_back_at=None).count()
    return render(request, "community/topics/account.html", {"number": number})
