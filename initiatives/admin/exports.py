"""Files of large selections, to look at."""

from django.contrib import admin

from ..models import Export
from .read_only import ReadOnlyAdmin


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Made by the worker, deleted by it."""

    list_display = ["asked_at", "format", "query", "status", "rows", "size"]
    list_filter = ["status", "format"]
    search_fields = ["query"]
