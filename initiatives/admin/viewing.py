"""Numbers of views, to look at."""

from django.contrib import admin

from ..models import PageHit, PageViews
from .read_only import ReadOnlyAdmin


class CountedAdmin(ReadOnlyAdmin):
    """Counted by the site."""

    list_filter = ["kind"]
    search_fields = ["=object"]


@admin.register(PageHit)
class PageHitAdmin(CountedAdmin):
    """What the worker counts next."""

    list_display = ["day", "kind", "object"]


@admin.register(PageViews)
class PageViewsAdmin(CountedAdmin):
    """Views by day."""

    list_display = ["day", "kind", "object", "n"]
    date_hierarchy = "day"
