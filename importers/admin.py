"""Reports of imports; nothing is changed here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from vocabulary.links import ASSUME_HTTPS

from .models import (
    AwaitedPicture,
    BoundaryChange,
    BoundaryIssue,
    BoundaryRun,
    ImportIssue,
    ImportRun,
    ImportSource,
)


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
    exclude = ["file", "shown", "columns"]


@admin.register(ImportSource)
class ImportSourceAdmin(admin.ModelAdmin):
    """Addresses that are read again and again."""

    list_display = ["network", "address", "format", "schedule", "read_at"]
    list_filter = ["schedule", "network"]
    list_select_related = ["network"]
    search_fields = ["address", "network__name"]
    autocomplete_fields = ["network", "people"]
    readonly_fields = ["etag", "modified", "read_at", "created_at"]
    formfield_overrides = ASSUME_HTTPS


@admin.register(ImportIssue)
class ImportIssueAdmin(ReadOnly):
    """Rows and values that could not be taken as they came."""

    list_display = ["run", "level", "row", "field", "value", "message"]
    list_filter = ["level", "run__network"]
    list_select_related = ["run__network"]
    search_fields = ["value", "message"]


@admin.register(AwaitedPicture)
class AwaitedPictureAdmin(ReadOnly):
    """Pictures that runs bring, and what became of them."""

    list_display = ["run", "row", "address", "state", "tries", "due_at", "reason"]
    list_filter = ["state", "run__network"]
    list_select_related = ["run__network"]
    search_fields = ["address", "reason"]
    raw_id_fields = ["initiative"]


@admin.register(BoundaryRun)
class BoundaryRunAdmin(ReadOnly):
    """Runs of imports of boundaries."""

    list_display = ["started_at", "scheme", "source", "status", "summary"]
    list_filter = ["status", "scheme"]
    search_fields = ["source"]
    date_hierarchy = "started_at"
    exclude = ["file", "shown"]


@admin.register(BoundaryIssue)
class BoundaryIssueAdmin(ReadOnly):
    """Rows of files of boundaries that could not be used."""

    list_display = ["run", "level", "row", "field", "value", "message"]
    list_filter = ["level", "run__scheme"]
    list_select_related = ["run"]
    search_fields = ["value", "message"]


@admin.register(BoundaryChange)
class BoundaryChangeAdmin(ReadOnly):
    """What runs did to territories."""

    list_display = ["code", "state", "fields", "run"]
    list_filter = ["state", "run__scheme"]
    list_select_related = ["run"]
    search_fields = ["code"]
    exclude = ["boundary"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BoundaryChange]:
        """Outlines stay in the database."""
        return super().get_queryset(request).defer("boundary")
