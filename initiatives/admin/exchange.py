"""Offers and needs, and what is said on them: looked at here, changed by the people and moderators on the pages."""

from django.contrib import admin
from django.http import HttpRequest

from ..models import (
    Conversation,
    ConversationMessage,
    Exchange,
    ExchangeMatch,
    ExchangePhoto,
    ExchangeReport,
)
from .read_only import ReadOnlyAdmin


@admin.register(Exchange)
class ExchangeAdmin(ReadOnlyAdmin):
    """What is offered and needed; a moderator removes one where it is reported, so that its people are told."""

    list_display = ["title", "kind", "category", "status", "author", "initiative", "collective", "expires_at"]
    list_filter = ["kind", "category", "status"]
    list_select_related = ["author", "initiative", "collective"]
    search_fields = ["title", "initiative__name", "collective__name"]

    def get_queryset(self, request: HttpRequest):
        """Without the outlines of places, and the words for search."""
        rows = super().get_queryset(request)
        return rows.defer("initiative__search", "initiative__search_name", "collective__perimeter")


@admin.register(ExchangePhoto)
class ExchangePhotoAdmin(ReadOnlyAdmin):
    """Pictures of them."""

    list_display = ["alt", "exchange", "order"]
    list_select_related = ["exchange"]
    search_fields = ["alt", "exchange__title"]


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """That somebody answered, and what came of it."""

    list_display = ["exchange", "member", "begun_at", "written_at", "settled_at"]
    list_select_related = ["exchange", "member"]
    search_fields = ["exchange__title", "member__public_name"]


@admin.register(ConversationMessage)
class ConversationMessageAdmin(ReadOnlyAdmin):
    """That something was written; the words are for both sides alone."""

    list_display = ["conversation", "by", "from_people", "at"]
    list_select_related = ["conversation__exchange", "by"]
    exclude = ["text"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter on the words would tell them by trying."""
        return lookup.split("__")[0] != "text" and super().lookup_allowed(lookup, value, request)


@admin.register(ExchangeMatch)
class ExchangeMatchAdmin(ReadOnlyAdmin):
    """What fits what, as far as its people were told of it or put it aside."""

    list_display = ["exchange", "other", "told_at", "dismissed_at"]
    list_select_related = ["exchange", "other"]
    search_fields = ["exchange__title", "other__title"]


@admin.register(ExchangeReport)
class ExchangeReportAdmin(ReadOnlyAdmin):
    """What readers report: closed in the moderation."""

    list_display = ["exchange", "by", "made_at", "closed_at", "closed_by"]
    list_select_related = ["exchange", "by", "closed_by"]
    search_fields = ["exchange__title", "reason"]
