"""Numbers of views, to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import PageHit, PageViews


class CountedAdmin(admin.ModelAdmin):
    """Counted by the site, so nothing can be changed here."""

    list_filter = ["kind"]
    search_fields = ["=object"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not by hand."""
        return False


@admin.register(PageHit)
class PageHitAdmin(CountedAdmin):
    """What the worker counts next."""

    list_display = ["day", "kind", "object"]


@admin.register(PageViews)
class PageViewsAdmin(CountedAdmin):
    """Views by day."""

    list_display = ["day", "kind", "object", "n"]
    date_hierarchy = "day"
