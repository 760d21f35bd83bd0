"""Territories, towns and collectives, with their outlines on a map."""

from django.contrib import admin
from leaflet.admin import LeafletGeoAdmin

from .models import Collective, Place, Territory


@admin.register(Territory)
class TerritoryAdmin(LeafletGeoAdmin):
    """Boundaries come from imports; names can be mended here."""

    list_display = ["code", "name", "scheme", "country", "population", "source", "year"]
    list_filter = ["scheme", "source", "country"]
    search_fields = ["code", "names"]
    autocomplete_fields = ["parent"]

    def get_queryset(self, request):
        """Lists leave the outlines in the database."""
        return super().get_queryset(request).defer("boundary")


@admin.register(Place)
class PlaceAdmin(LeafletGeoAdmin):
    """Towns of the gazetteer."""

    list_display = ["name", "admin1", "country", "population"]
    list_filter = ["country"]
    search_fields = ["name", "search_names"]
    show_full_result_count = False


@admin.register(Collective)
class CollectiveAdmin(LeafletGeoAdmin):
    """Territorial collectives."""

    list_display = ["name", "territory", "status", "created_at"]
    list_filter = ["status"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["territory"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        """Lists leave the outlines in the database."""
        return (
            super()
            .get_queryset(request)
            .select_related("territory")
            .defer("perimeter", "territory__boundary")
        )
