"""The lexicon, to look at."""

from django.contrib import admin

from ..models import Word
from .read_only import ReadOnlyAdmin


@admin.register(Word)
class WordAdmin(ReadOnlyAdmin):
    """Words with how many use them; counted by the worker, whose next count would undo any change."""

    list_display = ["word", "uses"]
    search_fields = ["word__startswith"]
