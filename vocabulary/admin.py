"""The community manager's view of the vocabulary."""

from django.contrib import admin

from .links import ASSUME_HTTPS
from .models import LegalForm, Licence, Theme


@admin.register(Theme)
class ThemeAdmin(admin.ModelAdmin):
    """Themes and subthemes; slugs are fixed once given."""

    list_display = ["name", "slug", "parent", "order"]
    list_filter = ["parent"]
    list_select_related = ["parent"]
    search_fields = ["slug", "names"]

    def get_readonly_fields(self, request, obj=None):
        """A published slug is in addresses and exports."""
        return ["slug"] if obj else []


@admin.register(LegalForm)
class LegalFormAdmin(admin.ModelAdmin):
    """Generic and national legal forms."""

    list_display = ["name", "slug", "parent", "country", "nature"]
    list_filter = ["nature", "parent", "country"]
    list_select_related = ["parent"]
    search_fields = ["slug", "names", "local_names", "abbreviations"]

    def get_readonly_fields(self, request, obj=None):
        """A published slug is in addresses and exports."""
        return ["slug"] if obj else []


@admin.register(Licence)
class LicenceAdmin(admin.ModelAdmin):
    """Licences of data and pictures."""

    list_display = ["code", "name", "url", "asks_attribution", "shares_alike"]
    formfield_overrides = ASSUME_HTTPS
    search_fields = ["code", "names"]
