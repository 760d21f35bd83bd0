"""Links between networks, collectives and initiatives: brought by files, corrected here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from ..models import Link
from ..models.link import FROM, TO

# Of each thing, what its name needs; outlines and texts stay in the database.
NAMES = [f"{end}__name" for end in (*FROM, *TO)]


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    """What has to do with what."""

    list_display = ["first", "kind", "second", "since", "until", "source"]
    list_filter = ["kind"]
    list_select_related = [*FROM, *TO]
    search_fields = [*NAMES, "source"]
    autocomplete_fields = [*FROM, *TO]
    fields = [*FROM, "kind", *TO, "since", "until", "source", "created_at"]
    readonly_fields = ["created_at"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Of the ends only what names them."""
        rows = super().get_queryset(request).select_related(*FROM, *TO)
        return rows.only(*NAMES, "kind", "since", "until", "source", "created_at")

    @admin.display(description=pgettext_lazy("first end of a link", "from"))
    def first(self, link: Link) -> str:
        """Whichever thing the first end is."""
        return str(link.first)

    @admin.display(description=pgettext_lazy("second end of a link", "to"))
    def second(self, link: Link) -> str:
        """Whichever thing the second end is."""
        return str(link.second)
