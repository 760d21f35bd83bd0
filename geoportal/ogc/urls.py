"""The addresses of OGC API – Features; none has a language."""

from django.urls import path

from . import views
from .doors import door

_ROOM = "ogc/collections/<str:collection>"
urlpatterns = [
    path("ogc/", door(views.landing), name="ogc"),
    path("ogc/api", door(views.api), name="ogc_api"),
    path("ogc/conformance", door(views.conformance), name="ogc_conformance"),
    path("ogc/collections", door(views.collections), name="ogc_collections"),
    path(_ROOM, door(views.collection), name="ogc_collection"),
    path(f"{_ROOM}/items", door(views.items), name="ogc_items"),
    path(f"{_ROOM}/items/<str:feature>", door(views.item), name="ogc_item"),
    path(f"{_ROOM}/queryables", door(views.queryables), name="ogc_queryables"),
    path(f"{_ROOM}/schema", door(views.schema), name="ogc_schema"),
]
