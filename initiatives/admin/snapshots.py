"""Snapshots, to look at."""

from django.contrib import admin

from ..models import Snapshot
from .read_only import ReadOnlyAdmin


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """Made by the worker."""

    list_display = ["date", "made_at", "size", "status"]
    date_hierarchy = "date"
