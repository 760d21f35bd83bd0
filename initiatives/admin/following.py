"""What members follow: looked at here, changed by themselves."""

from django.contrib import admin

from ..models import Follow
from .read_only import ReadOnlyAdmin


@admin.register(Follow)
class FollowAdmin(ReadOnlyAdmin):
    """Who hears of what, and how often."""

    list_display = ["member", "initiative", "query", "frequency", "made_at", "told_until"]
    list_filter = ["frequency"]
    list_select_related = ["member", "initiative"]
    search_fields = ["initiative__name", "member__email"]
