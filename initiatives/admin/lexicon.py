"""The lexicon, to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ..models import Word


@admin.register(Word)
class WordAdmin(admin.ModelAdmin):
    """Words with how many use them; counted by the worker, so nothing can be changed here."""

    list_display = ["word", "uses"]
    search_fields = ["word__startswith"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Words come from initiatives."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The next count would undo it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The next count would undo it."""
        return False
