"""Addresses in mails of groups: pages, names of messages, and the way out of a group's mail."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ..groups.models import Group, GroupMembership
from .models import Post

_SIGNER = signing.Signer(sep=".", salt="community.topics.way_out")
POSTS_A_PAGE = 50


def host() -> str:
    """Where the site lives, for names that mail programs compare."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def list_id(group: Group) -> str:
    """The name by which mail programs sort (RFC 2919); it stays when the group is named anew."""
    return f"<{group.slug}.groups.{host()}>"


def message_id(post: int) -> str:
    """The same for everyone who gets a post, so that replies thread."""
    return f"<post.{post}@{host()}>"


def topics_path(group: Group) -> str:
    """The list of a group's topics."""
    return reverse("topics", args=[group.slug])


def post_path(post: Post) -> str:
    """Where a post stands on the pages of its topic."""
    before = Post.objects.numbered().values_list("before", flat=True).get(pk=post.pk)
    return path_at(post, before)


def path_at(post: Post, before: int) -> str:
    """The same where the number of posts before it is known."""
    page = before // POSTS_A_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{post.topic.get_absolute_url()}{query}#post-{post.pk}"


def way_out(membership: GroupMembership) -> str:
    """The whole address of the page that ends the mail of a group, in the active language."""
    token = _SIGNER.sign(f"{membership.group_id}-{membership.member_id}")
    return settings.SITE_URL + reverse("group_letters", args=[token])


def membership_of(token: str) -> GroupMembership | None:
    """Whose mail of which group a token ends; None for a forged one, and for who belongs to it no more."""
    try:
        group, _dash, member = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    rows = GroupMembership.objects.select_related("group", "member").filter(member__is_active=True)
    return rows.filter(group=int(group), member=int(member)).first()
