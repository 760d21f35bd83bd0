"""Rows that are looked at in the administration and changed elsewhere."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """Written by actions or by the site itself, so nothing can be changed here."""

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
