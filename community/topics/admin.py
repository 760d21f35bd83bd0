"""Topics and what belongs to them in the administration: read there, changed on the pages of the group."""

from django.contrib import admin

from .models import Attachment, Mention, Post, PostReport, Topic


class ReadAdmin(admin.ModelAdmin):
    """What people wrote is theirs: order is kept on the pages, where it is told to them."""

    show_full_result_count = False

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """All but the words for search, which say nothing to people."""
        return [field.name for field in self.model._meta.fields if field.name not in ("id", "search")]

    def get_exclude(self, request, obj=None) -> list[str]:
        """The words for search."""
        return ["search"]

    def has_add_permission(self, request) -> bool:
        """Members write."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Files would stay behind; a post is hidden, or taken back by its author."""
        return False


@admin.register(Topic)
class TopicAdmin(ReadAdmin):
    """What groups talk about."""

    list_display = [
        "title",
        "group",
        "author",
        "created_at",
        "last_post_at",
        "starts_at",
        "pinned_at",
        "closed_at",
    ]
    list_select_related = ["group", "author"]
    search_fields = ["title", "group__name"]


@admin.register(Post)
class PostAdmin(ReadAdmin):
    """What was written."""

    list_display = ["topic", "author", "created_at", "hidden_at", "taken_back_at", "is_announcement"]
    list_filter = ["is_announcement"]
    list_select_related = ["topic", "author"]
    search_fields = ["topic__title", "text"]


@admin.register(Attachment)
class AttachmentAdmin(ReadAdmin):
    """Files by their names; no address leads to them, the page of the group gives them."""

    list_display = ["name", "kind", "size", "post"]
    list_filter = ["kind"]
    list_select_related = ["post__topic"]
    search_fields = ["name"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """All but the file, whose address is none."""
        return [name for name in super().get_readonly_fields(request, obj) if name != "file"]

    def get_exclude(self, request, obj=None) -> list[str]:
        """The file."""
        return ["file"]


@admin.register(Mention)
class MentionAdmin(ReadAdmin):
    """Who is named where."""

    list_display = ["member", "post"]
    list_select_related = ["member", "post__topic"]
    search_fields = ["member__public_name", "post__topic__title"]


@admin.register(PostReport)
class PostReportAdmin(ReadAdmin):
    """What readers report."""

    list_display = ["post", "by", "made_at", "closed_at", "closed_by"]
    list_select_related = ["post__topic", "by", "closed_by"]
    search_fields = ["reason", "post__topic__title"]
