"""What groups hold of a member's words: given to them, and what becomes of them when the account goes."""

from typing import Any

from django.utils.translation import ngettext

from ..members.models import Member
from .models import Mention, Post, PostReport, Topic


def given(member: Member) -> dict[str, Any]:
    """Their posts with group and date, the files of these, and what they reported."""
    posts = Post.objects.filter(author=member)
    return {
        "posts": list(
            posts.in_order().values(
                "topic__group__slug",
                "topic__title",
                "text",
                "created_at",
                "edited_at",
                "taken_back_at",
                "is_announcement",
            )
        ),
        "attachments": list(posts.exclude(attachments=None).values("attachments__name", "attachments__size")),
        "post_reports": list(PostReport.objects.filter(by=member).values("reason", "made_at", "closed_at")),
    }


def forget(member: Member) -> None:
    """Posts stay as those of a former member: who wants them gone takes them back before."""
    Post.objects.filter(author=member).update(author=None)
    Topic.objects.filter(author=member).update(author=None)
    Mention.objects.filter(member=member).delete()
    PostReport.objects.filter(by=member).delete()


def warnings(member: Member) -> list[str]:
    """Posts that stay."""
    number = Post.objects.filter(author=member, taken_back_at=None).count()
    if not number:
        return []
    told = ngettext(
        "You wrote %(n)s post in groups. It stays without your name; the page “Your posts” removes it.",
        "You wrote %(n)s posts in groups. They stay without your name; the page “Your posts” removes them.",
        number,
    )
    return [told % {"n": number}]
