"""Territories, towns and collectives, with their outlines on a map."""

from django.contrib import admin
from django.contrib.gis.db.models.functions import NumPoints
from django.db.models import Field, ForeignKey, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest
from leaflet.admin import LeafletGeoAdmin

from vocabulary.links import ASSUME_HTTPS

from .models import Collective, Place, Territory

# No page shows the outline of what is only chosen by name.
LIGHT = Territory.objects.defer("boundary")
# A page with more corners would be heavy.
MOST_CORNERS = 2_000


class TerritoryByName(LeafletGeoAdmin):
    """Something with a territory."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs) -> FormField:
        """The territory without its outline."""
        if db_field.related_model is Territory:
            kwargs["queryset"] = LIGHT.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Territory)
class TerritoryAdmin(TerritoryByName):
    """Names can be mended here; territories and their boundaries come from imports alone.

    Which initiatives lie in a territory is computed when it is imported: a boundary changed here would
    leave that as it was.
    """

    modifiable = False

    list_display = ["code", "name", "scheme", "country", "population", "source", "year"]
    list_filter = ["scheme", "source", "country"]
    search_fields = ["code", "names"]
    autocomplete_fields = ["parent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Lists leave the outlines in the database."""
        return super().get_queryset(request).defer("boundary")

    def get_exclude(self, request: HttpRequest, obj: Territory | None = None) -> list[str]:
        """A boundary of many corners stays in the database."""
        return ["boundary"] if obj and _corners(obj) > MOST_CORNERS else []

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs) -> FormField | None:
        """The boundary is drawn and not taken back."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "boundary":
            field.disabled = True
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Territories come from imports."""
        return False


def _corners(territory: Territory) -> int:
    return Territory.objects.values_list(NumPoints("boundary"), flat=True).get(pk=territory.pk)


@admin.register(Place)
class PlaceAdmin(LeafletGeoAdmin):
    """Towns of the gazetteer."""

    list_display = ["name", "admin1", "country", "population"]
    list_filter = ["country"]
    search_fields = ["name", "search_names"]
    show_full_result_count = False


@admin.register(Collective)
class CollectiveAdmin(TerritoryByName):
    """Territorial collectives."""

    list_display = ["name", "territory", "status", "created_at"]
    list_filter = ["status"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["territory"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = ASSUME_HTTPS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Lists leave the outlines in the database."""
        return (
            super()
            .get_queryset(request)
            .select_related("territory")
            .defer("perimeter", "territory__boundary")
        )
