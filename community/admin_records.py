"""What members did, agreed to and said of each other, in the administration: read, and never changed there."""

from django.contrib import admin

from .models import Activity, Block, ConsentChange, Contribution, MemberReport, RelayedMessage, RetentionRun


class RecordAdmin(admin.ModelAdmin):
    """Rows that come from what somebody did, and go when their time is over."""

    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        """They are written by what they tell of."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """What was, was."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """The nightly task does."""
        return False


@admin.register(Contribution)
class ContributionAdmin(RecordAdmin):
    """The ledger."""

    list_display = ["at", "kind", "member", "room", "key", "weight", "collective"]
    list_filter = ["kind"]
    list_select_related = ["member", "collective"]
    search_fields = ["key", "member__public_name"]

    def get_queryset(self, request):
        """Without the outlines of places."""
        return super().get_queryset(request).defer("collective__perimeter")


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    """The stream of what happens."""

    list_display = ["at", "kind", "room", "key", "group", "collective", "by"]
    list_filter = ["kind"]
    list_select_related = ["group", "collective", "by"]
    search_fields = ["key"]

    def get_queryset(self, request):
        """Without the outlines of places."""
        return super().get_queryset(request).defer("collective__perimeter")


@admin.register(ConsentChange)
class ConsentChangeAdmin(RecordAdmin):
    """What members agreed to."""

    list_display = ["at", "member", "what", "before", "after"]
    list_filter = ["what"]
    list_select_related = ["member"]
    search_fields = ["member__public_name", "member__email"]


@admin.register(RetentionRun)
class RetentionRunAdmin(RecordAdmin):
    """What each night deleted."""

    list_display = ["at", "what", "deleted"]
    list_filter = ["what"]


@admin.register(RelayedMessage)
class RelayedMessageAdmin(RecordAdmin):
    """Who wrote to whom; the text is for nobody."""

    list_display = ["at", "sender", "receiver", "is_reply", "done_at"]
    list_select_related = ["sender", "receiver"]
    search_fields = ["sender__email", "receiver__email"]


@admin.register(Block)
class BlockAdmin(RecordAdmin):
    """Who wants to hear nothing of whom."""

    list_display = ["at", "by", "blocked"]
    list_select_related = ["by", "blocked"]


@admin.register(MemberReport)
class MemberReportAdmin(RecordAdmin):
    """What was said of members: closed in the moderation."""

    list_display = ["made_at", "about", "by", "closed_at", "closed_by"]
    list_select_related = ["about", "by", "closed_by"]
    search_fields = ["about__public_name", "about__email"]
