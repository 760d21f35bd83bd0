"""What offers and needs are compared by, to look at."""

from django.contrib import admin

from ..models import ExchangeKey, ExchangeWords
from .read_only import ReadOnlyAdmin


@admin.register(ExchangeWords)
class ExchangeWordsAdmin(ReadOnlyAdmin):
    """Words of open ones; read anew at every change."""

    list_display = ["exchange", "read_with"]
    list_select_related = ["exchange"]


@admin.register(ExchangeKey)
class ExchangeKeyAdmin(ReadOnlyAdmin):
    """Words with how many use them; counted by the worker every night."""

    list_display = ["key", "uses"]
    search_fields = ["key__startswith"]
