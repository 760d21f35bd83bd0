"""Doors of those who bring in a network's data."""

from django.urls import path

from . import views
from .boundaries import views as boundaries

pages = [
    path("imports/", views.listing, name="imports"),
    path("imports/new/", views.new, name="import_new"),
    path("imports/sources/new/", views.source, name="import_source_new"),
    path("imports/sources/<int:pk>/", views.source, name="import_source"),
    path("imports/sources/<int:pk>/now/", views.source_now, name="import_source_now"),
    path("imports/sources/<int:pk>/remove/", views.source_gone, name="import_source_gone"),
    path("imports/territories/", boundaries.listing, name="boundary_imports"),
    path("imports/territories/new/", boundaries.new, name="boundary_new"),
    path("imports/territories/<int:pk>/", boundaries.one, name="boundary_run"),
    path("imports/territories/<int:pk>/progress/", boundaries.progress, name="boundary_progress"),
    path("imports/territories/<int:pk>/decide/", boundaries.decide, name="boundary_decide"),
    path("imports/territories/<int:pk>/issues.csv", boundaries.issues, name="boundary_issues"),
    path("imports/<int:pk>/", views.one, name="import_run"),
    path("imports/<int:pk>/progress/", views.progress, name="import_progress"),
    path("imports/<int:pk>/decide/", views.decide, name="import_decide"),
    path("imports/<int:pk>/issues.csv", views.issues, name="import_issues"),
    path("imports/<int:pk>/mapping.toml", views.mapping, name="import_mapping"),
]
