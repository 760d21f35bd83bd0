"""Reports of imports; nothing is changed here."""

from django.contrib import admin

from .models import ImportIssue, ImportRun


class ReadOnly(admin.ModelAdmin):
    """Written by runs alone."""

    def has_add_permission(self, request) -> bool:
        """Runs are made by the importer."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """A report is not edited."""
        return False


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly):
    """Runs of the importer."""

    list_display = ["started_at", "network", "source", "format", "status", "summary"]
    list_filter = ["status", "network"]
    list_select_related = ["network"]
    search_fields = ["source", "network__name"]
    date_hierarchy = "started_at"


@admin.register(ImportIssue)
class ImportIssueAdmin(ReadOnly):
    """Rows and values that could not be taken as they came."""

    list_display = ["run", "level", "row", "field", "value", "message"]
    list_filter = ["level", "run__network"]
    list_select_related = ["run__network"]
    search_fields = ["value", "message"]
